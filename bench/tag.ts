import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../api/test/browser.ts'
import { quantile } from './figures.ts'
import { createInstallation } from './installation.ts'
import { startGoodword } from './processes.ts'
import type { Plan } from './run.ts'

/** How many times slower than this machine a mid-range phone is taken to be. */
const slowdown = 4
const targetMs = 4

type Visit = { scriptMs: number; shift: number }

/**
 * What the tag costs a page of a business: time in its scripts and how far anything moves, beside the same page with a
 * script that does nothing, both in time of the processor, times the slowdown. A landing through a link, so that the visit is told as well.
 */
export async function measureTag({ rounds }: Pick<Plan, 'rounds'>): Promise<void> {
  const installation = await createInstallation(0)
  const [server, browser] = await Promise.all([startGoodword(installation.copy()), launchBrowser()])
  const loader = `http://127.0.0.1:${server.port}/widget/v1/loader.js`
  const snippet = `<script async src="${loader}" data-key="${installation.publishableKey}"></script>`
  const body = `<h1>Good plumbing, on time.</h1>${'<p>Leaks, water heaters and repiping.</p>'.repeat(200)}`
  // The first script of a page pays for the engine; the control has one that does nothing, so that both pay alike.
  const site = await startPages({
    '/with': snippet + body,
    '/without': `<script async src="/nothing.js"></script>${body}`,
  })
  const address = (path: string) => `${site.url}${path}?ref=${installation.codes[0]}`
  const taken: { ours: Visit; control: Visit }[] = []
  try {
    await visit(browser, address('/with'))
    for (let round = 0; round < rounds; round += 1)
      taken.push({ ours: await visit(browser, address('/with')), control: await visit(browser, address('/without')) })
  } finally {
    await browser.close()
    site.stop()
    await server.stop()
    installation.remove()
  }
  const median = (values: number[]) => Number(quantile(values, 0.5).toFixed(2))
  const figures = {
    name: 'tag',
    scriptMs: median(taken.map(({ ours, control }) => ours.scriptMs - control.scriptMs)),
    withTagMs: median(taken.map(({ ours }) => ours.scriptMs)),
    withoutMs: median(taken.map(({ control }) => control.scriptMs)),
    targetMs,
    slowdown,
    layoutShift: Math.max(...taken.map(({ ours }) => ours.shift)),
    rounds,
  }
  console.log(`\ntag: ${figures.scriptMs} ms of script at ${slowdown}× slower (to reach: ${targetMs} ms at most)`)
  console.log(`  with ${figures.withTagMs} ms, without ${figures.withoutMs} ms; layout shift ${figures.layoutShift}`)
  console.log(JSON.stringify(figures))
}

/** A website with these pages; everything else it has is a script that does nothing. */
async function startPages(pages: Record<string, string>): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    const html = pages[new URL(request.url ?? '/', 'http://site').pathname]
    response.writeHead(200, { 'content-type': html ? 'text/html' : 'text/javascript' }).end(html ?? 'void 0')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** One landing in a browser that has never been there. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  // Time of the processor, not of the clock: what else runs on this machine does not count.
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' })
  await session.send('Performance.enable')
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  const { metrics } = await session.send('Performance.getMetrics')
  const script = metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN
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
  return { scriptMs: script * 1_000 * slowdown, shift }
}
