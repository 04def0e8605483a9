import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoDesk, startDemoDesk } from './desk.ts'
import { hasNoBarriers } from './page.ts'

/** The demo organization: 132 referrals of a year, 84 of which converted and stand. */
describe('the reports of a year', () => {
  let desk: DemoDesk
  let page: Page
  beforeAll(async () => {
    desk = await startDemoDesk()
    page = await desk.at('reports')
  })
  afterAll(() => desk?.stop())

  const tile = (name: string) => page.locator('.kpi', { has: page.getByText(name, { exact: true }) }).locator('.v')

  it('show what came in and what it cost, over the days in the address', async () => {
    await page.getByLabel('Period').selectOption('12m')
    await page.waitForURL(/period=12m/)
    const months = page.getByRole('table', { name: /by month/ }).locator('tbody tr')
    await expect.poll(() => months.count()).toBe(12)
    // Early in a month, twelve months do not reach back to where the year of the demo began.
    const began = new Date(desk.server.services.clock() - 366 * 86_400_000).toISOString().slice(0, 10)
    await page.goto(`${desk.server.url}/console/reports?period=own&from=${began}`)
    await expect.poll(() => tile('Converted').textContent()).toBe('84')
    const converted = await months.locator('td:nth-child(4)').allTextContents()
    expect(converted.map(Number).reduce((sum, n) => sum + n, 0)).toBe(84)
    await hasNoBarriers(page)
  })

  it('are of one campaign when it is chosen, and the browser goes back to all', async () => {
    await page.getByRole('button', { name: /^Campaign/ }).click()
    await page.getByRole('menuitemradio', { name: 'Trade partners' }).click()
    await expect
      .poll(() => page.getByRole('table', { name: 'The funnel by campaign' }).locator('tbody tr').count())
      .toBe(1)
    await page.goBack()
    await expect
      .poll(() => page.getByRole('table', { name: 'The funnel by campaign' }).locator('tbody tr').count())
      .toBe(3)
  })

  it('are kept as a table with the same figures', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ])
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    const converted = lines.filter((line) => line.includes(',All,')).map((line) => Number(line.split(',')[5]))
    expect(converted.reduce((sum, n) => sum + n, 0)).toBe(84)
  })

  it('say what is owed today, and less a long time ago', async () => {
    await page.getByRole('tab', { name: 'Outstanding credit' }).click()
    const total = page.locator('.owed .big b')
    await expect.poll(() => total.textContent()).toMatch(/^\$\d/)
    const today = await total.textContent()
    await hasNoBarriers(page)
    await page.getByLabel('At the end of').fill('2020-01-01')
    await page.getByRole('heading', { name: 'Nobody was owed credit on Jan 1, 2020' }).waitFor()
    await page.goBack()
    await expect.poll(() => total.textContent()).toBe(today)
  })

  it('name who brought the most, and lead to them with the keyboard', async () => {
    await page.getByRole('tab', { name: 'Outstanding credit' }).focus()
    await page.keyboard.press('ArrowRight')
    const first = page
      .getByRole('table', { name: /Top advocates/ })
      .locator('tbody tr')
      .first()
    await first.getByRole('link').waitFor()
    await hasNoBarriers(page)
    await page.setViewportSize({ width: 390, height: 844 })
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(tooWide).toBe(0)
  })
})
