import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright'
import { launchBrowser } from '../api/test/browser.ts'
import type { Plan } from './figures.ts'
import { quantile } from './figures.ts'
import { createInstallation } from './installation.ts'
import { startGoodword } from './processes.ts'
import { readCost } from './trace.ts'

/** A mid-range phone is assumed to be this many times slower than this machine. */
const slowdown = 4
const targetMs = 4

type Visit = { scriptMs: number; longestMs: number; shift: number }
type Pair = { ours: Visit; control: Visit }

/**
 * What scripts on nearly every page use before ours: an element, storage, an event. The first use pays the
 * engine's startup cost.
 */
const ordinary = `<script>document.querySelector('h1'); localStorage.getItem('theme'); addEventListener('scroll', () => {})
  document.dispatchEvent(new Event('menu')); location.search.match(/^.theme/)</script>`
/** The minimum of a tracker: its own tag, one read from storage, and no request. */
const tracker = `document.querySelector('script[data-key]').getAttribute('data-key'); localStorage.getItem('visitor')`
const body = `<h1>Good plumbing, on time.</h1>${'<p>Leaks, water heaters and repiping.</p>'.repeat(200)}`
const form = '<goodword-form style="display: flow-root; min-block-size: 720px"></goodword-form>'

/**
 * The cost of the tag on a page, next to the same page with an empty script: CPU time of scripts on the main
 * thread, times the slowdown, so that other load on this machine hardly matters.
 */
export async function measureTag({ rounds }: Pick<Plan, 'rounds'>): Promise<void> {
  const site = await startSite()
  const installation = await createInstallation(0, site.url)
  const [server, browser] = await Promise.all([startGoodword(installation.copy()), launchBrowser()])
  const tag = `<script async src="http://127.0.0.1:${server.port}/widget/v1/loader.js" data-key="${installation.publishableKey}"></script>`
  const nothing = '<script async src="/nothing.js"></script>'
  const least = '<script async src="/tracker.js" data-key="1"></script>'
  const landing = `?ref=${installation.codes[0]}`
  const cases = {
    'a page with scripts of its own': { page: ordinary + body, ours: tag, query: '' },
    'a page without any script': { page: body, ours: tag, query: '' },
    'the least tracker on such a page': { page: body, ours: least, query: '' },
    'a landing through a link': { page: ordinary + body, ours: tag, query: landing },
    'the form shown': { page: ordinary + form + body, ours: tag, query: landing },
  }
  const taken = new Map<string, Pair[]>(Object.keys(cases).map((name) => [name, []]))
  try {
    for (let round = -1; round < rounds; round += 1)
      for (const [name, { page, ours, query }] of Object.entries(cases)) {
        const pair = {
          ours: await visit(browser, site.put(ours + page) + query),
          control: await visit(browser, site.put(nothing + page) + query),
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
  console.log(
    `\ntag: ms of script it adds, ${slowdown}× slower (to reach on the first page: ${targetMs} at most, no task of 50)`,
  )
  const figures = [...taken].map(([name, pairs]) => ({ name, ...summary(pairs) }))
  for (const { name, addedMs, withMs, withoutMs, longestMs, layoutShift } of figures)
    console.log(
      `  ${name.padEnd(34)}${String(addedMs).padStart(6)}  (${withMs} with, ${withoutMs} without; longest ${longestMs}; layout shift ${layoutShift})`,
    )
  console.log(JSON.stringify({ name: 'tag', targetMs, slowdown, rounds, figures }))
}

function summary(pairs: Pair[]) {
  const median = (of: (pair: Pair) => number) => Number(quantile(pairs.map(of), 0.5).toFixed(1))
  return {
    addedMs: median(({ ours, control }) => ours.scriptMs - control.scriptMs),
    withMs: median(({ ours }) => ours.scriptMs),
    withoutMs: median(({ control }) => control.scriptMs),
    longestMs: median(({ ours }) => ours.longestMs),
    layoutShift: Math.max(...pairs.map(({ ours }) => ours.shift)),
  }
}

/** A website. `put` replaces its only page and returns the URL. */
async function startSite(): Promise<{ url: string; put(html: string): string; stop(): void }> {
  let page = ''
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname
    const html = path === '/'
    response.writeHead(200, { 'content-type': html ? 'text/html' : 'text/javascript' })
    response.end(html ? `<!doctype html><html lang="en">${page}` : path === '/tracker.js' ? tracker : 'void 0')
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

/** One visit with a fresh browser profile. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  const { script, longest } = readCost(await browser.stopTracing())
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 100)
      }),
  )
  await context.close()
  return { scriptMs: script * slowdown, longestMs: longest * slowdown, shift }
}
