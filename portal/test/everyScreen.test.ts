import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { type DemoDesk, startDemoDesk, wide } from './desk.ts'

const screens = [
  ...['referrals', 'referrals/:waiting', 'referrals/:converted'],
  ...['advocates', 'advocates/invite', 'advocates/:advocate', 'contacts', 'contacts/:contact'],
  ...['campaigns', 'campaigns/new'],
  ...['rewards', 'form', 'words', 'rules', 'referrals', 'history'].map((tab) => `campaigns/:campaign?tab=${tab}`),
  ...['messages', 'messages/words', 'rewards', 'rewards?tab=requests', 'rewards?tab=codes'],
  ...['reports', 'reports?report=outstanding', 'reports?report=advocates', 'install', 'install/events'],
  ...['organization', 'members', 'keys', 'webhooks', 'move', 'audit'].map((part) => `settings/${part}`),
]

/** Every screen of the console, in a business with a year behind it. */
describe('every screen of the console', () => {
  let desk: DemoDesk
  /** What stands for a name in the address of a screen. */
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    desk = await startDemoDesk({ reducedMotion: 'reduce' })
    for (const [name, list] of [
      ['waiting', 'referrals?status=pending'],
      ['converted', 'referrals?status=converted'],
      ['advocate', 'advocates'],
      ['contact', 'contacts'],
      ['campaign', 'campaigns'],
    ] as const)
      ids[name] = await desk.page.evaluate(async (at) => (await (await fetch(at)).json()).items[0].id, `/v1/${list}`)
  })
  afterAll(() => desk?.stop())

  it.each(screens)(
    '%s fits 320 px, and is walked through with Tab: the focus is always in view, and reaches what the screen is for',
    async (screen) => {
      const { page } = desk
      await page.setViewportSize({ width: 320, height: 700 })
      await page.goto(`${desk.server.url}/console/${screen.replace(/:(\w+)/, (_, name: string) => ids[name] ?? '')}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      expect(await page.evaluate(beyondTheEdge)).toEqual([])
      await page.setViewportSize(wide)
      expect(await tabThrough(page)).toEqual([])
    },
  )

  it.each([
    ['referrals', 'Add referral'],
    ['advocates', 'Invite advocate'],
    ['settings/members', 'Invite member'],
    ['settings/keys', 'Secret key'],
    ['settings/webhooks', 'Add webhook'],
  ])('%s: “%s” opens a dialog that keeps the focus, and gives it back', async (screen, opener) => {
    const page = await desk.at(screen)
    await page.getByRole('button', { name: opener }).first().focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const stops = await dialog.locator('a[href], button, input, select, textarea, summary').count()
    for (let presses = 0; presses <= stops; presses += 1) {
      await page.keyboard.press('Tab')
      const outside = await page.evaluate(() => {
        const at = document.activeElement
        // Past the last stop the browser's own buttons have their turn; nothing of the page behind does.
        return at !== document.body && !at?.closest('dialog') ? (at?.outerHTML ?? '') : ''
      })
      expect(outside, screen).toBe('')
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain(opener)
    await page.context().close()
  })
})

/** Everything Tab does wrong on a screen. */
async function tabThrough(page: Page): Promise<string[]> {
  const { count, primary } = await page.evaluate(tabStops)
  const passed = new Set<number>()
  const troubles: string[] = []
  // More than the stops there were: a day has several, and a screen may add some meanwhile.
  for (let presses = 1; presses <= count + 20; presses += 1) {
    await page.keyboard.press('Tab')
    const { nth, outside, trouble } = await page.evaluate(whereFocusIs)
    if (outside) break
    if (trouble) troubles.push(`after ${presses}: ${trouble}`)
    passed.add(nth)
  }
  if (passed.size < 8) troubles.push(`Tab comes by ${passed.size} places only`)
  if (primary.some((nth) => !passed.has(nth))) troubles.push('Tab does not reach the main action')
  return troubles
}

/** What a page of this width does not show whole: the page itself, or controls outside of whatever scrolls. */
function beyondTheEdge(): string[] {
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`)
  for (const control of document.querySelectorAll<HTMLElement>('main :is(a, button, input, select, textarea)')) {
    if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const { left, right, width } = control.getBoundingClientRect()
    if (width <= 1) continue
    for (let around = control.parentElement; around; around = around.parentElement) {
      const { overflowX } = getComputedStyle(around)
      if (/auto|scroll/.test(overflowX)) break
      const edges = around === root ? { left: 0, right: root.clientWidth } : around.getBoundingClientRect()
      const isEdge = around === root || /hidden|clip/.test(overflowX)
      if (!isEdge || (left >= edges.left - 1 && right <= edges.right + 1)) continue
      found.push(`${control.tagName.toLowerCase()} “${control.ariaLabel ?? control.textContent}” is cut off`)
      break
    }
  }
  return found
}

/** How many places Tab may stop at, and which of them are the main action. */
function tabStops(): { count: number; primary: number[] } {
  const all = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]'),
  ]
  const stops = all.filter((at) => at.tabIndex >= 0 && at.checkVisibility({ visibilityProperty: true }))
  for (const [nth, stop] of stops.entries()) stop.dataset.nth = String(nth)
  const primary = stops.filter((at) => at.matches('main .btn.primary:not(:disabled)'))
  return { count: stops.length, primary: primary.map((at) => Number(at.dataset.nth)) }
}

/** What is wrong with where the focus is; `outside` once it has left the page for the browser. */
function whereFocusIs(): { nth: number; outside: boolean; trouble: string | null } {
  const at = document.activeElement
  if (!(at instanceof HTMLElement) || at === document.body) return { nth: -1, outside: true, trouble: null }
  const name = `${at.tagName.toLowerCase()} “${(at.ariaLabel ?? at.textContent ?? '').trim().slice(0, 40)}”`
  const nth = Number(at.dataset.nth ?? -1)
  const seen = (trouble: string | null) => ({ nth, outside: false, trouble: trouble && `${name} ${trouble}` })
  // A hidden radio or checkbox shows the focus on the label around it.
  const shown = at.closest<HTMLElement>('label:has(:focus-visible)') ?? at
  const box = shown.getBoundingClientRect()
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, innerHeight / 2)]
  if (box.width < 2 || box.height < 2) return seen('has no size')
  if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) return seen('is out of view')
  const top = document.elementFromPoint(x, y)
  if (top && !shown.contains(top) && !top.contains(shown)) return seen(`is covered by ${top.className || top.tagName}`)
  // In a field for a day the browser marks the part that has the focus by itself.
  const isDay = at instanceof HTMLInputElement && at.type === 'date'
  const rings =
    isDay ||
    [at, shown, shown.parentElement].some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one ?? at)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
  return seen(rings ? null : 'shows no focus')
}
