import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoConsole, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

const convertedInDemo = 89
const campaignsInDemo = 4

/** The demo organization: 132 referrals in a year, of which 84 stay converted. */
describe('the reports of a year', () => {
  let demo: DemoConsole
  let page: Page
  beforeAll(async () => {
    demo = await startDemoConsole()
    page = await demo.at('reports')
  })
  afterAll(() => demo?.stop())

  const tile = (name: string) => page.locator('.kpi', { has: page.getByText(name, { exact: true }) }).locator('.v')

  it('show what came in and what it cost, for the days in the URL', async () => {
    await page.getByLabel('Period').selectOption('12m')
    await page.waitForURL(/period=12m/)
    const months = page.getByRole('table', { name: /by month/ }).locator('tbody tr')
    await expect.poll(() => months.count()).toBe(12)
    // Early in a month, twelve months do not reach back to the start of the demo's year.
    const began = new Date(demo.server.services.clock() - 366 * 86_400_000).toISOString().slice(0, 10)
    await page.goto(`${demo.server.url}/console/reports?period=own&from=${began}`)
    await expect.poll(() => tile('Converted').textContent()).toBe(convertedInDemo.toString())
    const converted = await months.locator('td:nth-child(4)').allTextContents()
    expect(converted.map(Number).reduce((sum, n) => sum + n, 0)).toBe(convertedInDemo)
    await expectAccessible(page)
  })

  it('are limited to the chosen campaign, and the Back button shows all again', async () => {
    await page.getByRole('button', { name: /^Campaign/ }).click()
    await page.getByRole('menuitemradio', { name: 'Trade partners' }).click()
    await expect
      .poll(() => page.getByRole('table', { name: 'The funnel by campaign' }).locator('tbody tr').count())
      .toBe(1)
    await page.goBack()
    await expect
      .poll(() => page.getByRole('table', { name: 'The funnel by campaign' }).locator('tbody tr').count())
      .toBe(campaignsInDemo)
  })

  it('are exported as a table with the same figures', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ])
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    const converted = lines.filter((line) => line.includes(',All,')).map((line) => Number(line.split(',')[5]))
    expect(converted.reduce((sum, n) => sum + n, 0)).toBe(convertedInDemo)
  })

  it('show what is owed today, and that it was less a long time ago', async () => {
    await page.getByRole('tab', { name: 'Outstanding credit' }).click()
    const total = page.locator('.owed .big b')
    await expect.poll(() => total.textContent()).toMatch(/^\$\d/)
    const today = await total.textContent()
    await expectAccessible(page)
    await page.getByLabel('At the end of').fill('2020-01-01')
    await page.getByRole('heading', { name: 'Nobody was owed credit on Jan 1, 2020' }).waitFor()
    await page.goBack()
    await expect.poll(() => total.textContent()).toBe(today)
  })

  it('list the advocates with the most referrals, and link to them by keyboard', async () => {
    await page.getByRole('tab', { name: 'Outstanding credit' }).focus()
    await page.keyboard.press('ArrowRight')
    const first = page
      .getByRole('table', { name: /Top advocates/ })
      .locator('tbody tr')
      .first()
    await first.getByRole('link').waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(tooWide).toBe(0)
  })

  it('keep the words of the chart readable on a phone', async () => {
    await page.getByRole('tab', { name: 'Funnel' }).click()
    await page.setViewportSize({ width: 390, height: 844 })
    const words = page.locator('.revenue :is(.scale, .tick, .ticks > span):visible')
    await words.first().waitFor()
    const heights = await words.evaluateAll((all) =>
      all.map((one) => {
        const text = document.createRange()
        text.selectNodeContents(one)
        return text.getBoundingClientRect().height
      }),
    )
    expect(heights.length).toBeGreaterThan(2)
    // A line of 12 px text.
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(12)
  })
})
