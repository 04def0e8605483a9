import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { type DemoConsole, startDemoConsole, wide } from './demoConsole.ts'

const screens = [
  ...['referrals', 'referrals/:waiting', 'referrals/:converted'],
  ...['advocates', 'advocates/invite', 'advocates/:advocate', 'contacts', 'contacts/:contact'],
  ...['campaigns', 'campaigns/new'],
  ...['rewards', 'form', 'words', 'rules', 'referrals', 'history'].map((tab) => `campaigns/:campaign?tab=${tab}`),
  ...['messages', 'messages/words', 'rewards', 'rewards?tab=requests', 'rewards?tab=codes'],
  ...[
    'reports',
    'reports?report=outstanding',
    'reports?report=advocates',
    'install',
    'install/events',
    'install/forms',
  ],
  ...['organization', 'members', 'features', 'keys', 'webhooks', 'move', 'audit'].map((part) => `settings/${part}`),
  ...['jobs', 'jobs/ask', 'jobs/connect', 'jobs/import', 'jobs/connect/mapping?connection=:connection'],
]

/** Every screen of the console with a year of data. */
describe('every screen of the console', () => {
  let demo: DemoConsole
  /** The ids that replace the names in the paths of the screens. */
  const ids: Record<string, string> = {}
  const withIds = (screen: string) => screen.replace(/:(\w+)/, (_, name: string) => ids[name] ?? '')
  /** Of each screen when it was opened by its address. */
  const sizes = new Map<string, string[]>()

  beforeAll(async () => {
    demo = await startDemoConsole({ reducedMotion: 'reduce' })
    ids.connection = await demo.page.evaluate(connectJobs)
    for (const [name, list] of [
      ['waiting', 'referrals?status=pending'],
      ['converted', 'referrals?status=converted'],
      ['advocate', 'advocates'],
      ['contact', 'contacts'],
      ['campaign', 'campaigns'],
    ] as const)
      ids[name] = await demo.page.evaluate(async (at) => (await (await fetch(at)).json()).items[0].id, `/v1/${list}`)
  })
  afterAll(() => demo?.stop())

  it.each(screens)('%s fits 320 px, and Tab reaches its main action with the focus always in view', async (screen) => {
    const { page } = demo
    await page.setViewportSize({ width: 320, height: 700 })
    await page.goto(`${demo.server.url}/console/${withIds(screen)}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
    expect(await page.evaluate(overflowing)).toEqual([])
    await page.setViewportSize(wide)
    sizes.set(screen, await page.evaluate(sizesOfBoxes))
    expect(await tabThrough(page)).toEqual([])
  })

  it('looks the same however one came there: no screen changes how another one looks', async () => {
    const { page } = demo
    const changed: string[] = []
    // The second time, the styles of all screens are there.
    for (const again of [false, true])
      for (const [screen, before] of sizes) {
        const path = `/console/${withIds(screen)}`
        await page.evaluate((href) => {
          const link = Object.assign(document.createElement('a'), { href })
          document.querySelector('main')?.append(link)
          link.click()
          link.remove()
        }, path)
        await page.waitForURL(`**${path}`)
        await settled(page)
        const after = again ? await page.evaluate(sizesOfBoxes) : before
        const at = before.findIndex((box, nth) => box !== after[nth])
        if (at >= 0) changed.push(`${screen}: ${before[at]}, then ${after[at]}`)
      }
    expect(changed).toEqual([])
  })

  it.each([
    ['referrals', 'Add referral'],
    ['advocates', 'Invite advocate'],
    ['settings/members', 'Invite member'],
    ['settings/keys', 'Secret key'],
    ['settings/webhooks', 'Add webhook'],
    ['jobs', 'Job finished…'],
  ])('%s: “%s” opens a dialog that keeps the focus, and returns it', async (screen, opener) => {
    const page = await demo.at(screen)
    await page.getByRole('button', { name: opener }).first().focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const stops = await dialog.locator('a[href], button, input, select, textarea, summary').count()
    for (let presses = 0; presses <= stops; presses += 1) {
      await page.keyboard.press('Tab')
      const outside = await page.evaluate(() => {
        const at = document.activeElement
        // After the last stop the focus moves to the browser's own buttons, but never to the page behind.
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

/** Switches Jobs on, with a system that is connected and a job. Returns the connection's id. */
async function connectJobs(): Promise<string> {
  const send = async (method: string, path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(path, { method, headers, body: JSON.stringify(body) })).json()
  }
  await send('PATCH', '/v1/organization', { features: ['jobs'] })
  await send('POST', '/v1/jobs', { customer: { name: 'G. Marsh' }, number: '4455', state: 'completed', score: 5 })
  return (await send('POST', '/v1/connections', { name: 'Zapier', kind: 'token' })).id
}

/** The problems that Tab has on a screen. */
async function tabThrough(page: Page): Promise<string[]> {
  const { count, primary } = await page.evaluate(tabStops)
  const passed = new Set<number>()
  const problems: string[] = []
  // More presses than stops: a date field has several, and a screen may add some meanwhile.
  for (let presses = 1; presses <= count + 20; presses += 1) {
    await page.keyboard.press('Tab')
    const { nth, outside, problem } = await page.evaluate(checkFocus)
    if (outside) break
    if (problem) problems.push(`after ${presses}: ${problem}`)
    passed.add(nth)
  }
  if (passed.size < 8) problems.push(`Tab comes by ${passed.size} places only`)
  if (primary.some((nth) => !passed.has(nth))) problems.push('Tab does not reach the main action')
  return problems
}

/** What doesn't fit at this width: the page itself, or controls outside their scroll area. */
function overflowing(): string[] {
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

/** The width and height of each element. */
function sizesOfBoxes(): string[] {
  return [...document.querySelectorAll<HTMLElement>('#app :not(svg *)')]
    .filter((at) => at.checkVisibility())
    .map((at) => `${at.tagName.toLowerCase()}.${at.className} ${at.offsetWidth} × ${at.offsetHeight}`)
}

/** The number of tab stops, and which of them are the main action. */
function tabStops(): { count: number; primary: number[] } {
  const all = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]'),
  ]
  const stops = all.filter((at) => at.tabIndex >= 0 && at.checkVisibility({ visibilityProperty: true }))
  for (const [nth, stop] of stops.entries()) stop.dataset.nth = String(nth)
  const primary = stops.filter((at) => at.matches('main .btn.primary:not(:disabled)'))
  return { count: stops.length, primary: primary.map((at) => Number(at.dataset.nth)) }
}

/** What is wrong with the focused element; `outside` is true once the focus has left the page for the browser. */
function checkFocus(): { nth: number; outside: boolean; problem: string | null } {
  const at = document.activeElement
  if (!(at instanceof HTMLElement) || at === document.body) return { nth: -1, outside: true, problem: null }
  const name = `${at.tagName.toLowerCase()} “${(at.ariaLabel ?? at.textContent ?? '').trim().slice(0, 40)}”`
  const nth = Number(at.dataset.nth ?? -1)
  const seen = (problem: string | null) => ({ nth, outside: false, problem: problem && `${name} ${problem}` })
  // A hidden radio or checkbox shows the focus on the label around it.
  const shown = at.closest<HTMLElement>('label:has(:focus-visible)') ?? at
  const box = shown.getBoundingClientRect()
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, innerHeight / 2)]
  if (box.width < 2 || box.height < 2) return seen('has no size')
  if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) return seen('is out of view')
  const top = document.elementFromPoint(x, y)
  if (top && !shown.contains(top) && !top.contains(shown)) return seen(`is covered by ${top.className || top.tagName}`)
  // In a field for a day or a time, the browser itself marks the focused part.
  const isDay = at instanceof HTMLInputElement && /^(?:date|time|datetime-local)$/.test(at.type)
  const rings =
    isDay ||
    [at, shown, shown.parentElement].some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one ?? at)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
  return seen(rings ? null : 'shows no focus')
}
