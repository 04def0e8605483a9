import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoDesk, startDemoDesk } from './desk.ts'
import { hasNoBarriers } from './page.ts'

/** The demo organization; no mail server, so that every message is kept. */
describe('what messages say', () => {
  let desk: DemoDesk
  let page: Page

  beforeAll(async () => {
    desk = await startDemoDesk()
    page = desk.page
    await page.getByRole('link', { name: /^Messages/ }).click()
    await page.getByRole('link', { name: 'What messages say' }).click()
    await page.getByRole('link', { name: /^Reward earned/ }).click()
    await page.getByRole('heading', { name: 'Reward earned' }).waitFor()
  })
  afterAll(() => desk?.stop())

  const mail = () => page.getByRole('textbox', { name: 'Mail', exact: true })
  const preview = () => page.getByRole('article', { name: 'Preview' })

  it('can be read as its reader would, while it is written', async () => {
    await hasNoBarriers(page)
    await mail().fill('Well done, {{advocateFirstName}}.\n\nLook here:\n{{link}}')
    await expect.poll(() => preview().textContent()).toContain('Well done, Anna.')
    await expect.poll(() => preview().locator('.as-button').textContent()).toBe('Look here')
  })

  it('names a token there is not, and keeps what was typed', async () => {
    await mail().fill('Call {{friendPhone}}')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('There is no {{friendPhone}} in this message. Use those that are listed.').first().waitFor()
    expect(await mail().inputValue()).toBe('Call {{friendPhone}}')
    await hasNoBarriers(page)
  })

  it('asks before unsaved words are left', async () => {
    page.once('dialog', (dialog) => void dialog.dismiss())
    await page.getByRole('link', { name: /^Invitation/ }).click()
    expect(await page.getByRole('heading', { level: 2, name: 'Reward earned' }).count()).toBe(1)
  })

  it('is saved with the keyboard, goes to oneself as a test, and stands among the messages', async () => {
    await mail().fill('Well done, {{advocateFirstName}}.')
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Your words').waitFor()
    await page.getByRole('button', { name: 'Send me a test' }).click()
    await page.getByText('The test stands under Messages.').waitFor()
    await page.goto(`${desk.server.url}/console/messages`)
    await page
      .getByRole('button', { name: /^Test: You earned/ })
      .first()
      .click()
    await page.getByRole('region', { name: 'What it says' }).getByText('Well done, Anna.').waitFor()
    await hasNoBarriers(page)
    await page.keyboard.press('Escape')
  })

  it('fits a phone, text messages too', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${desk.server.url}/console/messages/words?message=reward_earned&channel=sms`)
    await preview().waitFor()
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(tooWide).toBe(0)
    await hasNoBarriers(page)
  })
})
