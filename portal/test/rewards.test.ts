import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DemoConsole, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** The demo organization: rewards in every state, some to approve, and a request by Anna to use $20.00. */
describe('rewards in the console', () => {
  let demo: DemoConsole
  beforeAll(async () => {
    demo = await startDemoConsole()
  })
  afterEach(() => demo.browser.closePages())
  afterAll(() => demo?.stop())

  const tabOf = (page: Page, name: string) => page.getByRole('tab', { name })
  const countOf = async (page: Page, tab: string) =>
    Number(/\d+/.exec((await tabOf(page, tab).filter({ hasText: /\d/ }).innerText()).replace(',', ''))?.[0])

  it('show pending ones with their day, and keep tab, campaign and name in the URL', async () => {
    const page = await demo.at('rewards')
    await page
      .getByText(/^Until \w{3} \d+(, \d{4})?$/)
      .first()
      .waitFor()
    await page.getByRole('tab', { name: /^On hold/ }).focus()
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/tab=to_approve/)
    await page.getByRole('tab', { name: /^Issued/ }).click()
    await page.getByRole('searchbox').fill('anna')
    await page.waitForURL(/tab=issued&q=anna/)
    await page.getByRole('link', { name: 'Anna Kowalski' }).first().waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Anna Kowalski' }).first().waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('anna')
    await expect.poll(() => page.getByRole('row').filter({ hasNotText: 'Anna' }).count()).toBe(1)
  })

  it('are approved in bulk and rejected with a reason, which updates the counts', async () => {
    const page = await demo.at('rewards?tab=to_approve')
    const before = await countOf(page, 'To approve')
    await page.getByRole('row').nth(1).getByRole('checkbox').check()
    await page.getByRole('row').nth(2).getByRole('checkbox').check()
    await page.getByRole('region', { name: 'Selected rewards' }).getByRole('button', { name: 'Approve' }).click()
    await page.getByText('2 rewards approved.').waitFor()
    await page
      .getByRole('button', { name: /^Reject…/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: /^Reject/ })
    await dialog.getByRole('button', { name: 'Reject' }).click()
    await dialog.getByText('Say why, in a few words.').waitFor()
    await dialog.getByLabel('Why').fill('Paid in cash already')
    await dialog.getByRole('button', { name: 'Reject' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('1 reward rejected.').waitFor()
    await expect.poll(() => countOf(page, 'To approve')).toBe(before - 3)
    await page.getByRole('tab', { name: /^Voided/ }).click()
    await page.getByText('Paid in cash already').waitFor()
    await page.getByText('Rejected by Maya Ortiz').waitFor()
  })

  it("complete a request, which records a redemption on the advocate's ledger", async () => {
    const page = await demo.at('rewards?tab=requests')
    await page.getByRole('button', { name: /^Mark as done… the request of Anna/ }).click()
    const dialog = page.getByRole('dialog', { name: '$20.00 for Anna Kowalski' })
    await dialog.getByLabel('What it was used for').fill('Applied to invoice 1042')
    await dialog.getByRole('button', { name: /^Record \$20\.00 of \$/ }).click()
    await page.getByText('Recorded. Anna will be told.').waitFor()
    await page.getByText('No open requests').waitFor()
    await page.getByText('Done', { exact: true }).click()
    await page.waitForURL(/state=done/)
    await page.getByRole('link', { name: 'Anna Kowalski' }).click()
    await page.getByRole('heading', { name: 'Credit', level: 2 }).waitFor()
    await page.getByText('Applied to invoice 1042').first().waitFor()
  })

  it('let an admin adjust credit and record part of it as used, with the result shown before', async () => {
    const page = await demo.at('rewards?tab=issued&q=anna')
    await page.getByRole('link', { name: 'Anna Kowalski' }).first().click()
    await page.getByRole('button', { name: 'Adjust' }).click()
    const adjust = page.getByRole('dialog', { name: 'Adjust credit' })
    await adjust.getByLabel('Amount').fill('12.50')
    await adjust.getByLabel('Why').fill('For the long wait')
    await expectAccessible(page)
    await adjust.getByRole('button', { name: 'Add $12.50' }).click()
    await page.getByText('For the long wait').waitFor()
    await page.getByRole('button', { name: 'Record redemption' }).click()
    const redeem = page.getByRole('dialog', { name: 'Record a redemption' })
    await redeem.getByLabel('Amount').fill('5')
    await redeem.getByRole('button', { name: /^Record \$5\.00 of \$/ }).click()
    await redeem.getByText('Say what it is for.').waitFor()
    await redeem.getByLabel('What it was used for').fill('Applied to invoice 2001')
    await redeem.getByRole('button', { name: /^Record \$5\.00 of \$/ }).click()
    await page.getByRole('row').filter({ hasText: 'Applied to invoice 2001' }).getByText('−$5.00').waitFor()
  })

  it('give codes from a pool that staff fill by pasting, and report duplicates', async () => {
    const page = await demo.at('rewards?tab=codes')
    await page.evaluate(async () => {
      const side = { kind: 'discount_code', discount: { type: 'percent', basisPoints: 2_000 }, source: 'pool' }
      const body = JSON.stringify({ name: 'Spring codes', terms: { advocate: side, friend: { kind: 'none' } } })
      await fetch('/v1/campaigns', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    })
    await page.reload()
    await page.getByRole('button', { name: 'Add codes Spring codes' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add discount codes' })
    await dialog.getByLabel('Codes', { exact: true }).fill('code\nSPRING-1\nSPRING-2\nSPRING-1')
    await dialog.getByText('1 code is twice in this list: SPRING-1 (from line 4).').waitFor()
    await dialog.getByRole('button', { name: 'Add 2 codes' }).click()
    await page.getByText('2 codes added.').waitFor()
    await page.getByRole('button', { name: 'Add codes Spring codes' }).click()
    const list = { name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from('code,for\nSPRING-3,spring\n') }
    await dialog.getByLabel('Spreadsheet file').setInputFiles(list)
    await dialog.getByText('spring.csv').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Add 1 code' }).click()
    await page.getByText('1 code added.').waitFor()
    await page.getByRole('button', { name: 'Show codes Spring codes' }).click()
    await page.getByText('SPRING-2').waitFor()
    await expectAccessible(page)
  })

  it.each([
    [1440, 'light'],
    [390, 'dark'],
  ] as const)('are accessible at %d px, %s, on every tab', async (width, colorScheme) => {
    const page = await demo.at('rewards', { viewport: { width, height: 844 }, colorScheme })
    for (const tab of ['On hold', 'To approve', 'Redeemed', 'Voided', 'Requests', 'Codes']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.locator('[role=tab][aria-selected=true]').getByText(tab).waitFor()
      await expectAccessible(page)
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(tooWide, `${tab} needs no sideways scrolling`).toBeLessThanOrEqual(0)
    }
  })
})
