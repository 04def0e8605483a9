import type { Business } from './business.ts'
import { createFailures } from './failures.ts'
import { perSecond, quantile } from './figures.ts'
import { prepareSubmits, type Reader, readerOf } from './lists.measure.ts'
import { everyday, exportsOf, type Screen, screensOf } from './lists.screens.ts'
import { closedLoop, type Measured, openLoop, phone, prepare } from './load.ts'
import { type Running, startBareHono } from './processes.ts'

const linksPerSecond = 50
const linkSeconds = 15
const thinkMs = 200
const peakSubmits = 1_500
const connections = 32
const steadySeconds = 8

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const inMs = ({ latenciesMs, failed }: Measured) => ({
  p50: quantile(latenciesMs, 0.5),
  p99: quantile(latenciesMs, 0.99),
  failed,
})

/** Runs `work` again and again until the returned function is called, which says how often it failed. */
function repeat(work: () => Promise<unknown>): () => Promise<number> {
  const failures = createFailures()
  let over = false
  const running = (async () => {
    while (!over) await failures.note(work)
  })()
  return async () => {
    over = true
    await running
    return failures.count()
  }
}

/** Somebody in the office clicks through the console, a page every fifth of a second. */
function useConsole(reader: Reader, screens: Screen[]): () => Promise<number> {
  const shown = screens.filter(({ name }) => everyday.includes(name))
  let n = 0
  return repeat(async () => {
    const screen = shown[n % shown.length]
    n += 1
    if (screen) await reader.get(screen)
    await wait(thinkMs)
  })
}

/** Links opened at a constant rate beside a console in use, next to bare Hono with as many bytes at the same rate. */
export async function measureLinks(server: Running, business: Business) {
  const path = `/r/${business.busiest.code}`
  const page = await fetch(`http://127.0.0.1:${server.port}${path}`)
  const bare = await startBareHono((await page.arrayBuffer()).byteLength)
  const requests = Array.from({ length: linksPerSecond * linkSeconds }, () => prepare('GET', path, { headers: phone }))
  const follow = async ({ port }: Running) =>
    inMs(await openLoop(port, requests, { perSecond: linksPerSecond, connections, expect: 200 }))
  const reader = await readerOf(server, business)
  const stop = useConsole(reader, screensOf(business))
  const beside = await follow(server)
  const consoleFailed = await stop()
  reader.close()
  const control = await follow(bare)
  await bare.stop()
  return { beside, bareHono: control, ratio: beside.p99 / control.p99, consoleFailed }
}

/** Submits and conversions at a third of their own peak, while reports and an export run without a pause. */
export async function measureWrites(server: Running, business: Business) {
  const submits = await prepareSubmits(server, business, 'peak', peakSubmits)
  const peak = await closedLoop(server.port, submits.values(), { connections, expect: 201 })
  const third = perSecond(peak) / 3
  const steady = await prepareSubmits(server, business, 'third', Math.floor(third * steadySeconds))
  const open = { perSecond: third, connections, expect: 201 }
  const submit = await whileReporting(server, business, () => openLoop(server.port, steady, open))
  const conversions = await measureConversions(server, business)
  return {
    submits: { peakPerSecond: perSecond(peak), atPerSecond: third, failed: peak.failed, ...spreadOf(submit) },
    conversions,
  }
}

async function measureConversions(server: Running, business: Business) {
  const ids = await pendingReferrals(server, business, 2_000)
  const headers = { authorization: `Bearer ${business.secretKey}` }
  const requests = ids.map((id) =>
    prepare('POST', `/v1/referrals/${id}/convert`, {
      headers: { ...headers, 'idempotency-key': `convert-${id}` },
      body: { jobValue: 125_000, invoice: '1042' },
    }),
  )
  const first = requests.splice(0, Math.ceil(requests.length / 3))
  const peak = await closedLoop(server.port, first.values(), { connections, expect: 200 })
  const third = perSecond(peak) / 3
  const open = { perSecond: third, connections, expect: 200 }
  const some = requests.slice(0, Math.floor(third * steadySeconds))
  const steady = await whileReporting(server, business, () => openLoop(server.port, some, open))
  return { peakPerSecond: perSecond(peak), atPerSecond: third, failed: peak.failed, ...spreadOf(steady) }
}

type Beside = { measured: Measured; besideFailed: number }

const spreadOf = ({ measured, besideFailed }: Beside) => {
  const { p50, p99, failed } = inMs(measured)
  return { count: measured.count, failedSteady: failed, p50, p99, ratio: p99 / p50, besideFailed }
}

/** How often a report or the export failed meanwhile is noted. */
async function whileReporting(server: Running, business: Business, work: () => Promise<Measured>): Promise<Beside> {
  const reader = await readerOf(server, business)
  const reports = screensOf(business).filter(({ kind }) => kind === 'report')
  const [first] = exportsOf(business)
  // A large export is left in the middle once the writes are measured.
  const done = new AbortController()
  const stops = [
    repeat(async () => {
      for (const report of reports) await reader.get(report)
    }),
    repeat(async () => {
      try {
        const address = `http://127.0.0.1:${server.port}${first?.path}`
        const response = await fetch(address, { headers: reader.headers, signal: done.signal })
        await response.body?.pipeTo(new WritableStream())
      } catch (error) {
        if (!done.signal.aborted) throw error
      }
    }),
  ]
  const measured = await work().finally(() => done.abort())
  const failed = await Promise.all(stops.map((stop) => stop()))
  reader.close()
  return { measured, besideFailed: failed.reduce((sum, count) => sum + count, 0) }
}

/** Open referrals whose friend and advocate are known, so that they can be converted. */
async function pendingReferrals({ port }: Running, business: Business, most: number): Promise<string[]> {
  const headers = { authorization: `Bearer ${business.secretKey}` }
  const ids: string[] = []
  let cursor: string | null = ''
  while (cursor !== null && ids.length < most) {
    const query: string = `status=pending&sort=newest&limit=100${cursor ? `&cursor=${cursor}` : ''}`
    const response = await fetch(`http://127.0.0.1:${port}/v1/referrals?${query}`, { headers })
    const page = (await response.json()) as {
      items: { id: string; advocate: object | null; rivals?: number }[]
      nextCursor: string | null
    }
    ids.push(...page.items.flatMap(({ id, advocate, rivals = 0 }) => (advocate && rivals === 0 ? [id] : [])))
    cursor = page.nextCursor
  }
  return ids.slice(0, most)
}
