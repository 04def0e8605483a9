import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { leftOutInFirefox, noAxe, noScheme } from '../../api/test/engine.ts'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import { fill, type Visit } from './visit.ts'

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** A light page, and a dark one that only its colors give away. */
const pages = { light: 'color: #1d2b3a; background: #eef4f9', dark: 'color: #dbe7f2; background: #0e2f4e' }
const schemes = ['light', 'dark'] as const

const setup = setupWidgetTest()

type Setting = { css: string; width?: number; code?: string; dir?: 'rtl'; colorScheme?: 'dark' }
async function open({ css, width = 600, code = setup.goodword.code, dir, colorScheme }: Setting): Promise<Visit> {
  const turned = dir ? `<script>document.documentElement.dir = '${dir}'</script>` : ''
  setup.site.put(
    '/',
    `<style>body { font: 17px/1.5 sans-serif } ${css}</style>${turned}<main><h1>Plumbing</h1>${form}</main>${tag(setup.goodword)}`,
  )
  const viewport = { width, height: 900 }
  const opened = await setup.open(`/?ref=${code}`, { viewport, ...(colorScheme && { colorScheme }) })
  await opened.page.locator('goodword-form h2').waitFor()
  return opened
}

declare global {
  interface Window {
    axe: typeof axe
  }
}

async function inspect(page: Page): Promise<axe.AxeResults> {
  await page.evaluate(axeScript)
  return page.evaluate(() => window.axe.run('goodword-form'))
}
const violations = async (page: Page) =>
  leftOutInFirefox('axe on our elements', noAxe)
    ? []
    : (await inspect(page)).violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary}`))
const isDark = ({ page }: Visit) =>
  page.locator('goodword-form .root').evaluate((root) => root.classList.contains('dark'))
const paper = ({ page }: Visit) =>
  page.locator('goodword-form .card').evaluate((card) => getComputedStyle(card).backgroundColor)

describe.each(schemes)('on a %s page, everyone can use', (scheme) => {
  const css = `body { ${pages[scheme]} }`

  it('the form', async () => {
    const friend = await open({ css })
    expect(await isDark(friend)).toBe(scheme === 'dark')
    expect(await violations(friend.page)).toEqual([])
  })

  it('its errors and refusals', async () => {
    const friend = await open({ css })
    await fill(friend, { name: '', phone: '(415) 555-01', email: 'priya@mail' })
    await friend.send()
    await friend.page.getByText('Enter your name.').waitFor()
    expect(await violations(friend.page)).toEqual([])
    await fill(friend, { name: 'Anna', phone: '', email: 'anna@mail.example' })
    await friend.send()
    await friend.page.getByRole('alert').waitFor()
    expect(await violations(friend.page)).toEqual([])
  })

  it('the thank-you', async () => {
    const friend = await open({ css })
    await fill(friend, { name: 'Priya Shah', email: `priya.${scheme}@mail.example` })
    await friend.send()
    await friend.page.getByText('Thanks, Priya').waitFor()
    expect(await violations(friend.page)).toEqual([])
  })

  it("the message that a link doesn't work", async () => {
    const friend = await open({ css, code: 'NOBODY7' })
    expect(await violations(friend.page)).toEqual([])
  })

  const brands = ['#8a2c5e', '#16507c', '#ffb31a', '#1f9d76', '#111111', '#f39ac0']
  it.skipIf(leftOutInFirefox('axe on our elements', noAxe)).each(brands)(
    'the form in the brand color %s: text and figures keep their contrast',
    async (brand) => {
      const friend = await open({ css: `${css} goodword-form { --goodword-accent: ${brand} }` })
      const results = await inspect(friend.page)
      expect(results.violations).toEqual([])
      const judged = results.passes.find(({ id }) => id === 'color-contrast')?.nodes.map(({ html }) => html) ?? []
      expect(judged.some((html) => html.startsWith('<button'))).toBe(true)
      expect(judged.some((html) => html.includes('class="figure"'))).toBe(true)
    },
  )
})

describe('the form follows the page', () => {
  it('when it turns dark and light again', async () => {
    const friend = await open({ css: `body { ${pages.light} } body.night { ${pages.dark} }` })
    const day = await paper(friend)
    await friend.page.evaluate(() => document.body.classList.add('night'))
    await expect.poll(() => isDark(friend)).toBe(true)
    await expect.poll(() => paper(friend)).not.toBe(day)
    await friend.page.evaluate(() => document.body.classList.remove('night'))
    await expect.poll(() => isDark(friend)).toBe(false)
    await expect.poll(() => paper(friend)).toBe(day)
  })

  it.skipIf(leftOutInFirefox("the system's dark mode", noScheme))(
    "into the system's dark mode, if the page does",
    async () => {
      const follows = await open({ css: ':root { color-scheme: light dark }', colorScheme: 'dark' })
      expect(await isDark(follows)).toBe(true)
      const stays = await open({ css: `body { ${pages.light} }`, colorScheme: 'dark' })
      expect(await isDark(stays)).toBe(false)
    },
  )

  it('in font, size and its two custom properties', async () => {
    const css =
      'body { font: 20px/1.5 Georgia, serif } goodword-form { --goodword-radius: 2px; --goodword-accent: #111111 }'
    const friend = await open({ css })
    const style = await friend.page.getByRole('button').evaluate((button) => {
      const { fontFamily, fontSize, borderRadius } = getComputedStyle(button)
      return { fontFamily, fontSize, borderRadius }
    })
    expect(style).toEqual({ fontFamily: 'Georgia, serif', fontSize: '20px', borderRadius: '2px' })
  })
})

describe('the form fits', () => {
  const overflow = ({ page }: Visit) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  it.each([undefined, 'rtl'] as const)('a 320 px phone, with targets of 44 px (direction %s)', async (dir) => {
    const friend = await open({ css: 'body { margin: 8px }', width: 320, ...(dir && { dir }) })
    await friend.send()
    await friend.page.getByText('Enter your name.').waitFor()
    expect(await overflow(friend)).toBe(0)
    const heights = await friend.page
      .locator('goodword-form :is(.input, button)')
      .evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect().height))
    expect(heights).toHaveLength(5)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  })

  it('text at twice the size', async () => {
    const friend = await open({ css: 'body { margin: 8px; font-size: 34px }', width: 390 })
    expect(await overflow(friend)).toBe(0)
  })

  it('name and phone in one row above 420 px, and in two below', async () => {
    const tops = async (width: number) => {
      const friend = await open({ css: `main { inline-size: ${width}px }`, width: 900 })
      return Promise.all(['Your name', 'Phone'].map(async (label) => (await friend.field(label).boundingBox())?.y))
    }
    const [name, phone] = await tops(430)
    expect(name).toBe(phone)
    const [above, below] = await tops(400)
    expect(below).toBeGreaterThan(above ?? Number.POSITIVE_INFINITY)
  })
})
