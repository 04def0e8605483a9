import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright'
import { launchBrowser } from '../api/test/browser.ts'
import type { Plan } from './figures.ts'
import { quantile } from './figures.ts'
import { createInstallation } from './installation.ts'
import { startGoodword } from './processes.ts'

/** A mid-range phone: the browser itself runs the page this many times slower. */
const slowdown = 4
/** How much the tag may add, as a multiple of what the tracker adds in the same run. */
const targetRatio = 1.3
/** What a browser calls a long task, in milliseconds. */
const longTaskMs = 50

/** Milliseconds of one load: of scripts, of all tasks, the longest task, and the layout shift. */
type Visit = { scriptMs: number; taskMs: number; longestMs: number; shift: number }
type Case = { page: string; tag: string; query: string }

/**
 * What scripts on nearly every page use before ours: an element, storage, an event. The first use pays the
 * engine's startup cost.
 */
const ordinary = `<script>document.querySelector('h1'); localStorage.getItem('theme'); addEventListener('scroll', () => {})
  document.dispatchEvent(new Event('menu')); location.search.match(/^.theme/)</script>`
/** A tracker as people write it by hand: its own tag, an id in storage, and one beacon. */
const tracker = `(function () {
  var site = document.currentScript.getAttribute('data-key')
  var visitor = localStorage.getItem('visitor')
  if (!visitor) localStorage.setItem('visitor', visitor = Math.random().toString(36).slice(2))
  navigator.sendBeacon('/collect', JSON.stringify({ site: site, visitor: visitor, page: location.href, from: document.referrer }))
})()`
/** Less than any tracker does: no request. */
const reading = `document.querySelector('script[data-key]').getAttribute('data-key'); localStorage.getItem('visitor')`
const files: Record<string, string> = { '/tracker.js': tracker, '/reading.js': reading }
const body = `<h1>Good plumbing, on time.</h1>${'<p>Leaks, water heaters and repiping.</p>'.repeat(200)}`
const form = '<goodword-form style="display: flow-root; min-block-size: 720px"></goodword-form>'

/**
 * The cost of the tag on a page, next to the same page with an empty script and with a small tracker. All loads of a
 * round follow one another, so that other load on this machine hits them alike.
 */
export async function measureTag({ rounds }: Pick<Plan, 'rounds'>): Promise<void> {
  const site = await startSite()
  const installation = await createInstallation(0, { site: site.url })
  const [server, browser] = await Promise.all([startGoodword(installation.copy()), launchBrowser()])
  const ours = `<script async src="http://127.0.0.1:${server.port}/widget/v1/loader.js" data-key="${installation.publishableKey}"></script>`
  const nothing = '<script async src="/nothing.js"></script>'
  const byHand = '<script async src="/tracker.js" data-key="1"></script>'
  const least = '<script async src="/reading.js" data-key="1"></script>'
  const landing = `?ref=${installation.codes[0]}`
  const scripted = ordinary + body
  const cases: Record<string, Case> = {
    'the tag, on a page with scripts of its own': { page: scripted, tag: ours, query: '' },
    'a tracker by hand, there': { page: scripted, tag: byHand, query: '' },
    'less than a tracker, there': { page: scripted, tag: least, query: '' },
    'the tag, on a page without scripts': { page: body, tag: ours, query: '' },
    'a tracker by hand, on that page': { page: body, tag: byHand, query: '' },
    'the tag, landing through a link': { page: scripted, tag: ours, query: landing },
    'the tag, with the form shown': { page: ordinary + form + body, tag: ours, query: landing },
  }
  const taken = new Map<string, { with: Visit; without: Visit }[]>(Object.keys(cases).map((name) => [name, []]))
  try {
    for (let round = -1; round < rounds; round += 1)
      for (const [name, { page, tag, query }] of Object.entries(cases)) {
        const pair = {
          with: await visit(browser, site.put(tag + page) + query),
          without: await visit(browser, site.put(nothing + page) + query),
        }
        // The first round warms up the browser.
        if (round >= 0) taken.get(name)?.push(pair)
      }
  } finally {
    await browser.close()
    site.stop()
    await server.stop()
    installation.remove()
  }
  const figures = [...taken].map(([name, pairs]) => {
    const median = (of: (pair: (typeof pairs)[number]) => number) => quantile(pairs.map(of), 0.5)
    return {
      name,
      scriptMs: rounded(median((pair) => pair.with.scriptMs - pair.without.scriptMs)),
      taskMs: rounded(median((pair) => pair.with.taskMs - pair.without.taskMs)),
      longestMs: rounded(median((pair) => pair.with.longestMs)),
      longestWithoutMs: rounded(median((pair) => pair.without.longestMs)),
      layoutShift: Math.max(...pairs.map((pair) => pair.with.shift)),
    }
  })
  console.log(
    `\ntag: ms it adds at ${slowdown}× slower (to reach: ${targetRatio}× of a tracker, no task of ${longTaskMs})`,
  )
  for (const { name, scriptMs, taskMs, longestMs, longestWithoutMs, layoutShift } of figures)
    console.log(
      `  ${name.padEnd(44)} script ${scriptMs}, all tasks ${taskMs}; longest ${longestMs} (${longestWithoutMs} without); layout shift ${layoutShift}`,
    )
  const addedBy = (name: string) => figures.find((one) => one.name === name)
  const ratios = [
    ['with scripts', 'the tag, on a page with scripts of its own', 'a tracker by hand, there'],
    ['without scripts', 'the tag, on a page without scripts', 'a tracker by hand, on that page'],
  ].map(([page, tag = '', control = '']) => ({
    page,
    script: rounded((addedBy(tag)?.scriptMs ?? 0) / (addedBy(control)?.scriptMs ?? 0)),
    task: rounded((addedBy(tag)?.taskMs ?? 0) / (addedBy(control)?.taskMs ?? 0)),
  }))
  for (const { page, script, task } of ratios)
    console.log(`  of a tracker by hand, on a page ${page}: script ${script}×, all tasks ${task}×`)
  console.log(JSON.stringify({ name: 'tag', targetRatio, slowdown, rounds, ratios, figures }))
}

const rounded = (value: number) => Number(value.toFixed(2))

/** A website. `put` replaces its only page and returns the URL. */
async function startSite(): Promise<{ url: string; put(html: string): string; stop(): void }> {
  let page = ''
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname
    const html = path === '/'
    response.writeHead(path === '/collect' ? 204 : 200, { 'content-type': html ? 'text/html' : 'text/javascript' })
    response.end(html ? `<!doctype html><html lang="en">${page}` : (files[path] ?? 'void 0'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    url,
    put(html) {
      page = html
      return `${url}/`
    },
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** One visit with a fresh browser profile, slowed down by the browser. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const devTools = await context.newCDPSession(page)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await devTools.send('Performance.getMetrics')
    const ms = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1_000
    return { script: ms('ScriptDuration'), task: ms('TaskDuration') }
  }
  const before = await spent()
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  const after = await spent()
  const { longest, shift } = await page.evaluate(
    () =>
      new Promise<{ longest: number; shift: number }>((resolve) => {
        let [longest, shift] = [0, 0]
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration)
        }).observe({ type: 'longtask', buffered: true })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve({ longest, shift }), 100)
      }),
  )
  await context.close()
  return {
    scriptMs: after.script - before.script,
    taskMs: after.task - before.task,
    longestMs: longest,
    shift,
  }
}
