import type { BrowserContextOptions, Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DemoConsole, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

const wide = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

describe('a campaign in the console', () => {
  let demo: DemoConsole
  beforeAll(async () => {
    demo = await startDemoConsole()
  })
  afterEach(() => demo.browser.closePages())
  afterAll(() => demo?.stop())

  async function openCampaign(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await demo.at('campaigns', options)
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    return page
  }

  const hasFocus = (one: Locator) => expect.poll(() => one.evaluate((at) => at === document.activeElement)).toBe(true)
  const paid = (page: Page) => page.getByRole('complementary', { name: 'Live preview' }).locator('dl')
  const publish = (page: Page) => page.getByRole('button', { name: 'Publish changes' }).click()
  const published = (page: Page) => page.getByText(/^Changes published\./).waitFor()

  it('previews what is typed: a job of $1,200.00 for the 7th friend, with a new tier and a code for the friend', async () => {
    const page = await openCampaign('Trade partners')
    await page.getByRole('button', { name: 'Add a tier' }).click()
    await page.getByLabel('From which friend on').last().fill('7')
    await page.getByRole('textbox', { name: 'Reward from the 7th friend on' }).fill('300')
    await page.getByRole('group', { name: 'Friend reward type' }).getByText('Discount code').click()
    await page.getByRole('radiogroup', { name: 'Friend discount' }).getByText('Percent off').click()
    await page.getByRole('textbox', { name: /^Percent off/ }).fill('20')
    await page.getByLabel('For which friend', { exact: true }).fill('7')
    await page.getByText('a code for 20% off').waitFor()
    await expect.poll(() => paid(page).textContent()).toContain('Reward from the 7th friend on$300.00')
    expect(await paid(page).textContent()).toContain('Costs you 25.0% of the job$300.00')
    await page.getByText('Anna gave you 20% off').waitFor()
    await expectAccessible(page)
    await publish(page)
    await published(page)
    await page.getByRole('tab', { name: 'History' }).click()
    const newest = page.locator('.versions > li').first()
    await newest.getByText('From the 7th friend on: $300.00').waitFor()
    expect(await newest.textContent()).toMatch(/Version \d.*Current.*Maya Ortiz/)
    expect(await newest.textContent()).toContain(
      'Friend: $100.00, as credit after the job, on jobs of $500.00 or more → a code for 20% off, on jobs of $500.00 or more',
    )
    await expectAccessible(page)
  })

  it("shows a tier's error in its row, keeps what was typed, and publishes once it is fixed", async () => {
    const page = await openCampaign('Neighbor Thank-You')
    await page.getByRole('button', { name: 'Add a tier' }).click()
    await publish(page)
    await page
      .getByText(/Enter a percentage such as/)
      .first()
      .waitFor()
    const field = page.getByLabel('Percent from the 2nd friend on')
    await hasFocus(field)
    await field.fill('6')
    await page.getByText('1 change not published').waitFor()
    await page.getByRole('button', { name: 'Remove the reward from the 2nd friend on' }).click()
    const add = page.getByRole('button', { name: 'Add a tier' })
    await hasFocus(add)
    await page.getByText('not published').waitFor({ state: 'detached' })
  })

  it('previews the form while it is edited', async () => {
    const page = await openCampaign('Neighbor Thank-You')
    await page.getByRole('tab', { name: 'Form' }).click()
    await page.getByRole('radiogroup', { name: 'Phone' }).getByText('Required').click()
    await page.getByRole('radiogroup', { name: 'Message' }).getByText('Not asked').click()
    await page.getByRole('checkbox', { name: 'Ask for consent' }).check()
    await page.getByLabel('What they agree to').fill('You may call me about this visit.')
    await page.getByRole('checkbox', { name: 'Ask a question' }).check()
    await page.getByLabel('Question', { exact: true }).fill('What needs fixing?')
    await page.getByRole('radiogroup', { name: 'How they answer' }).getByText('A list of choices').click()
    await publish(page)
    await page.getByText('Add at least two choices, one per line.').waitFor()
    await page.getByRole('textbox', { name: 'Choices' }).fill('Drains\nHeating')
    const look = page.locator('.frame')
    await look.getByText('You may call me about this visit.').waitFor()
    await expect.poll(() => look.locator('.choices').innerText()).toBe('Drains\nHeating')
    await look.getByText('Message').waitFor({ state: 'detached' })
    await expectAccessible(page)
    await publish(page)
    await published(page)
    await page.reload()
    await expect.poll(() => page.getByLabel('Question', { exact: true }).inputValue()).toBe('What needs fixing?')
  })

  it("asks before unsaved changes are left, even with the browser's Back button", async () => {
    const page = await openCampaign('Neighbor Thank-You')
    const asked: string[] = []
    let answer = false
    page.on('dialog', async (dialog) => {
      asked.push(dialog.message())
      await (answer ? dialog.accept() : dialog.dismiss())
    })
    const least = page.getByRole('textbox', { name: 'At least optional', exact: true })
    await least.fill('33.00')
    await page.getByText('1 change not published').waitFor()
    await page.evaluate(() => history.back())
    await expect.poll(() => asked).toEqual(['Leave? 1 change is not published.'])
    await page.waitForURL(/campaigns\/cam_/)
    expect(await least.inputValue()).toBe('33.00')
    await page.getByRole('link', { name: 'Referrals' }).first().click()
    await expect.poll(() => asked.length).toBe(2)
    expect(await least.inputValue()).toBe('33.00')
    answer = true
    await page.evaluate(() => history.back())
    await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor()
    expect(asked).toHaveLength(3)
  })

  it('lists its own referrals by status, searched and paged, all in the URL', async () => {
    const page = await openCampaign('Neighbor Thank-You')
    await page.getByRole('tab', { name: 'Referrals' }).click()
    const heads = page.getByRole('columnheader')
    await heads.first().waitFor()
    expect((await heads.allInnerTexts()).slice(0, 5)).toEqual([
      'Friend',
      'Referred by',
      'Status',
      'Submitted',
      'Converted',
    ])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.waitForURL(/cursor=/)
    await page.getByRole('button', { name: 'Previous' }).and(page.locator(':not([aria-disabled])')).waitFor()
    await page.getByRole('radiogroup', { name: 'Status' }).getByText('Pending').click()
    await page.waitForURL(/tab=referrals&status=pending$/)
    const states = async () => {
      const texts = await page.locator('td.status').allInnerTexts()
      return [...new Set(texts.map((text) => text.trim()))]
    }
    await expect.poll(states).toEqual(['Pending'])
    // The advocate of Beatriz is unknown, so the action asks for them first.
    await page.getByRole('link', { name: /^Choose advocate.*Beatriz Moreno$/ }).waitFor()
    await page
      .getByRole('button', { name: /^Mark as converted/ })
      .first()
      .click()
    await page.getByRole('dialog', { name: /as converted/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').fill('nobody at all')
    await page.getByText('Nothing matches “nobody at all”').waitFor()
    await page.reload()
    await page.getByText('Nothing matches “nobody at all”').waitFor()
    await page.getByRole('button', { name: 'Show all referrals' }).click()
    await page.locator('td.sent').first().click()
    await page.waitForURL(/referrals\/ref_/)
  })

  it('is paused, ended and reopened by moving its last day', async () => {
    const page = await openCampaign('Trade partners')
    await page.getByRole('tab', { name: 'Dates and rules' }).click()
    const status = page.getByLabel('Status', { exact: true })
    for (const [choice, tag] of [
      ['paused', 'Paused'],
      ['ended', /^Ended/],
    ] as const) {
      await status.selectOption(choice)
      await publish(page)
      await page.locator('.page-head .tag').getByText(tag).waitFor()
    }
    const last = page.getByRole('textbox', { name: /^Last day/ })
    await expect.poll(() => last.inputValue()).not.toBe('')
    await last.fill('')
    await expect.poll(() => status.inputValue()).toBe('active')
    await publish(page)
    await page.locator('.page-head .tag').getByText('Live').waitFor()
  })

  it('is duplicated as a draft, which is deleted and restored', async () => {
    const page = await openCampaign('Trade partners')
    await page.getByRole('button', { name: 'More for this campaign' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await page.getByRole('heading', { name: 'Copy of Trade partners', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'More for this campaign' }).click()
    await page.getByRole('menuitem', { name: 'Delete draft' }).click()
    await page.getByText('The draft is deleted.').waitFor()
    await page.getByRole('link', { name: 'Trade partners', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Copy of Trade partners' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { name: 'Copy of Trade partners', level: 1 }).waitFor()
    await page.goto(`${demo.server.url}/console/campaigns`)
    await page.getByRole('tab', { name: 'Draft' }).click()
    await page.waitForURL(/status=draft/)
    await page.getByRole('link', { name: 'Copy of Trade partners', exact: true }).waitFor()
    await expectAccessible(page)
  })

  it.each([
    ['light', wide],
    ['dark', phone],
  ] as const)('is accessible and fits on every tab, %s at %o', async (colorScheme, viewport) => {
    const page = await openCampaign('Neighbor Thank-You', { colorScheme, viewport })
    for (const name of ['Rewards', 'Form', 'Name and wording', 'Dates and rules', 'Referrals', 'History']) {
      await page.getByRole('tab', { name }).click()
      await page.locator('[role=tab][aria-selected=true]').getByText(name).waitFor()
      await expectAccessible(page)
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(tooWide, `${name} needs no sideways scrolling`).toBeLessThanOrEqual(0)
    }
  })
})
