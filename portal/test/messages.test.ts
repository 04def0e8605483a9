import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoConsole, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** The demo organization without a mail server, so that messages are only saved. */
describe('message templates', () => {
  let demo: DemoConsole
  let page: Page

  beforeAll(async () => {
    demo = await startDemoConsole()
    page = demo.page
    await page.getByRole('link', { name: /^Messages/ }).click()
    await page.getByRole('link', { name: 'Message templates' }).click()
    await page.getByRole('link', { name: /^Reward earned/ }).click()
    await page.getByRole('heading', { name: 'Reward earned' }).waitFor()
  })
  afterAll(() => demo?.stop())

  const email = () => page.getByRole('textbox', { name: 'Email', exact: true })
  const preview = () => page.getByRole('article', { name: 'Preview' })

  it('are previewed while they are edited', async () => {
    await expectAccessible(page)
    await email().fill('Well done, {{advocateFirstName}}.\n\nLook here:\n{{link}}')
    await expect.poll(() => preview().textContent()).toContain('Well done, Anna.')
    await expect.poll(() => preview().locator('.as-button').textContent()).toBe('Look here')
  })

  it('report an unknown placeholder and keep what was typed', async () => {
    await email().fill('Call {{friendPhone}}')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('There is no {{friendPhone}} in this message. Use those that are listed.').first().waitFor()
    expect(await email().inputValue()).toBe('Call {{friendPhone}}')
    await expectAccessible(page)
  })

  it('ask before unsaved changes are left', async () => {
    page.once('dialog', (dialog) => void dialog.dismiss())
    await page.getByRole('link', { name: /^Invitation/ }).click()
    expect(await page.getByRole('heading', { level: 2, name: 'Reward earned' }).count()).toBe(1)
  })

  it('are saved by keyboard and sent as a test, which is listed under Messages', async () => {
    await email().fill('Well done, {{advocateFirstName}}.')
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('header').getByText('Customized', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Send me a test' }).click()
    await page.getByText('The test is saved under Messages.').waitFor()
    await page.goto(`${demo.server.url}/console/messages`)
    await page
      .getByRole('button', { name: /^Test: You earned/ })
      .first()
      .click()
    await page.getByRole('region', { name: 'Content' }).getByText('Well done, Anna.').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  it('are shown to friends in their language, and can be customized for one language', async () => {
    await page.goto(`${demo.server.url}/console/messages/words?message=friend_welcome&channel=email`)
    const readers = () => page.getByRole('combobox', { name: 'Recipients' })
    await page.getByText('people get the default in their own language', { exact: false }).waitFor()
    await readers().selectOption({ label: 'Friends who read German' })
    await expect.poll(() => email().inputValue()).toContain('Jetzt haben Sie einen eigenen Link. {{headline}}.')
    await expect.poll(() => preview().textContent()).toContain('Ab heute für Sie nutzbar: 20,00\u00a0$.')
    expect(await preview().getByRole('heading').getAttribute('lang')).toBe('de')
    await expectAccessible(page)

    await email().fill('Schön, dass Sie da sind.')
    page.once('dialog', (dialog) => void dialog.dismiss())
    await readers().selectOption({ label: 'Everyone' })
    expect(await readers().inputValue()).toBe('de')
    expect(await email().inputValue()).toBe('Schön, dass Sie da sind.')
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Only friends who read German get this template.').waitFor()

    await readers().focus()
    await page.keyboard.press('Home')
    await page.getByText('Friends who read German get the template you wrote for them.', { exact: false }).waitFor()
    expect(await email().inputValue()).toContain('Now you have your own link.')
    expect(await readers().evaluate((select) => select === document.activeElement)).toBe(true)
    await readers().selectOption({ label: 'Friends who read German (customized)' })
    await page.getByRole('button', { name: 'Reset to default' }).click()
    await expect.poll(() => email().inputValue()).toContain('Jetzt haben Sie einen eigenen Link.')
    await expectAccessible(page)
  })

  it('fit on a phone, including text messages', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${demo.server.url}/console/messages/words?message=reward_earned&channel=sms`)
    await preview().waitFor()
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(tooWide).toBe(0)
    await expectAccessible(page)
  })
})
