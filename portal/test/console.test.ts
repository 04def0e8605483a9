import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { type DemoConsole, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

const screens = ['referrals', 'advocates', 'campaigns', 'campaigns/new', 'messages', 'install']
const wide = { width: 1440, height: 900 }
/** One size per theme is enough, because colors don't depend on the size. */
const looks = [
  { viewport: wide, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

/** The demo organization: a year of referrals in every status. */
describe('the console with a year of data', () => {
  let demo: DemoConsole
  beforeAll(async () => {
    demo = await startDemoConsole()
  })
  afterEach(() => demo.browser.closePages())
  afterAll(() => demo?.stop())

  describe.each(looks)('at $viewport.width × $viewport.height, $colorScheme', (look) => {
    it('is accessible on every screen', async () => {
      const page = await demo.signedIn(look)
      for (const screen of screens) {
        await page.goto(`${demo.server.url}/console/${screen}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await expectAccessible(page)
        const tooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(tooWide, `${screen} needs no sideways scrolling`).toBeLessThanOrEqual(0)
      }
    })

    it('is accessible on a referral, and in the dialog that converts it', async () => {
      const page = await demo.signedIn(look)
      await page.goto(`${demo.server.url}/console/referrals?status=accepted`)
      await page
        .getByRole('button', { name: /^Mark as converted/ })
        .first()
        .click()
      await page.getByLabel('Job value').fill('1250')
      await page.getByRole('button', { name: /^Convert and hold \$/ }).waitFor()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.locator('main a[href*="/console/referrals/ref_"]').first().click()
      await page.getByRole('heading', { name: 'Timeline' }).waitFor()
      await expectAccessible(page)
    })
  })

  it('works by keyboard only: move down the list, convert, undo', async () => {
    const page = await demo.signedIn({ viewport: wide })
    await page.goto(`${demo.server.url}/console/referrals?status=accepted`)
    await page.getByRole('row').nth(1).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: /as converted/ })
    await dialog.waitFor()
    await dialog.locator('input:focus').and(dialog.getByLabel('Job value')).waitFor()
    await page.keyboard.type('480')
    await dialog.getByRole('button', { name: /^Convert and (hold|credit) \$/ }).waitFor()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page
      .getByText(/taken back|undone|reversed/i)
      .first()
      .waitFor()
  })

  it('keeps search, status and page in the URL, so that a reload or a colleague sees the same', async () => {
    const page = await demo.signedIn({ viewport: wide })
    await page.goto(`${demo.server.url}/console/referrals`)
    await page.getByRole('row').nth(1).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('anna')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=anna/)
    await page.getByRole('tab', { name: /Converted/ }).click()
    await page.waitForURL(/status=converted/)
    await settled(page)
    const shown = await page.getByRole('row').count()
    await page.reload()
    await expect.poll(() => page.getByRole('row').count()).toBe(shown)
    expect(await page.getByRole('searchbox').inputValue()).toBe('anna')
  })

  it("moves from the search to the list's keys, even while results are loading", async () => {
    const page = await demo.signedIn({ viewport: wide })
    await page.goto(`${demo.server.url}/console/referrals`)
    const rows = page.locator('[data-row]')
    await rows.nth(1).waitFor()
    let answer = () => {}
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route(/\/v1\/referrals\?.*q=anna/, async (route) => {
      await answered
      await route.continue()
    })
    await page.keyboard.press('/')
    await page.keyboard.type('anna')
    await page.keyboard.press('Enter')
    await page.keyboard.press('j')
    const before = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row')))
    expect(await page.locator('[data-row]:focus').getAttribute('data-row')).toBe(before[0])
    answer()
    await expect
      .poll(() => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row'))))
      .not.toEqual(before)
    await page.locator('[data-row]:focus').waitFor()
    await page.keyboard.press('x')
    await page.getByRole('row', { selected: true }).waitFor()
  })

  it('stays where the user went while a search was still pending', async () => {
    const page = await demo.signedIn({ viewport: wide })
    await page.goto(`${demo.server.url}/console/referrals`)
    await page.getByRole('row').nth(1).waitFor()
    // The referral's page loads so slowly that the search is due before it arrives.
    const planned = () => page.evaluate(() => new Promise((later) => setTimeout(later, 1_000)))
    await page.route('**/assets/referral.page-*.js', async (route) => {
      await planned()
      await route.continue()
    })
    await page.getByRole('searchbox').pressSequentially('anna')
    await page.locator('main a[href*="/console/referrals/ref_"]').first().click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    await planned()
    await settled(page)
    expect(page.url()).toContain('/console/referrals/ref_')
  })

  it('says what happened and offers to retry if the server does not respond', async () => {
    const page = await demo.signedIn()
    await page.route('**/v1/referrals?*', (route) => route.abort())
    await page.goto(`${demo.server.url}/console/referrals`)
    await page.getByText('Referrals did not load').waitFor()
    await page.unroute('**/v1/referrals?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('row').nth(1).waitFor()
  })
})
