import { type Business, createBusiness } from './business.ts'
import type { Plan } from './figures.ts'
import { quantile } from './figures.ts'
import { exportsOf, type Screen, screensOf } from './lists.screens.ts'
import { closedLoop, type Prepared, prepare } from './load.ts'
import { type Running, startGoodword } from './processes.ts'

/** Each screen is requested this many times per round, or as often as fits in this time. */
const perRound = 20
const secondsMost = 1
const pingEveryMs = 5

type Asked = Screen & { request: Prepared }
type Line = { name: string; p50: number; p99: number; ofControl: number; othersWait: number }

/** The console of a large business: each list and report, next to fetching one referral by id. */
export async function measureLists({ rounds, referrals }: Plan): Promise<void> {
  const business = await createBusiness(referrals)
  try {
    const file = business.copy()
    const first = await startGoodword(file)
    await first.kill()
    const server = await startGoodword(file)
    const start = { 'ready after ms': first.readyMs, 'after kill -9': server.readyMs, 'idle MB': server.memoryMb() }
    try {
      const lines = await measureScreens(server, business, rounds)
      const exports = await measureExports(server, business)
      show(referrals, lines, exports, { ...start, 'MB after the load': server.memoryMb() })
    } finally {
      await server.stop()
    }
  } finally {
    business.remove()
  }
}

async function measureScreens(server: Running, business: Business, rounds: number): Promise<Line[]> {
  const headers = { authorization: `Bearer ${business.secretKey}` }
  const cookie = await signIn(server, business.busiest.portalToken)
  const asked = screensOf(business).map((screen) => ({
    ...screen,
    request: prepare('GET', screen.path, { headers: screen.portal ? { cookie } : headers }),
  }))
  const control = prepare('GET', `/v1/referrals/${business.referralId}`, { headers })
  const lines = []
  for (const screen of asked) lines.push(await measureScreen(server, screen, control, rounds))
  return lines.sort((one, other) => other.p99 - one.p99)
}

/** Both sides alternate. The first response of each reads the file and is not counted. */
async function measureScreen(server: Running, screen: Asked, control: Prepared, rounds: number): Promise<Line> {
  const ours: number[] = []
  const controls: number[] = []
  await timesOf(server, screen.request, 1)
  for (let round = 0; round < rounds; round += 1) {
    ours.push(...(await timesOf(server, screen.request, perRound)))
    controls.push(...(await timesOf(server, control, perRound)))
  }
  const othersWait = await longestWait(server, () => timesOf(server, screen.request, 3))
  const p50 = quantile(ours, 0.5)
  return { name: screen.name, p50, p99: quantile(ours, 0.99), ofControl: p50 / quantile(controls, 0.5), othersWait }
}

async function timesOf({ port }: Running, request: Prepared, count: number): Promise<number[]> {
  const requests = Array.from({ length: count }, () => request).values()
  const measured = await closedLoop(port, requests, { connections: 1, expect: 200, seconds: secondsMost })
  if (measured.failed > 0) throw new Error(`Refused: ${request.toString().split('\r\n')[0]}`)
  return measured.latenciesMs
}

/** The longest another request waits while `work` runs. */
async function longestWait({ port }: Running, work: () => Promise<unknown>): Promise<number> {
  let over = false
  const waits: number[] = []
  const others = (async () => {
    const ping = prepare('GET', '/healthz')
    while (!over) {
      const { latenciesMs } = await closedLoop(port, [ping].values(), { connections: 1, expect: 200 })
      waits.push(...latenciesMs)
      await new Promise((resolve) => setTimeout(resolve, pingEveryMs))
    }
  })()
  await work()
  over = true
  await others
  return Math.max(...waits)
}

type Export = { name: string; ms: number; othersWait: number }

async function measureExports(server: Running, business: Business): Promise<Export[]> {
  const headers = { authorization: `Bearer ${business.secretKey}` }
  const measured = []
  for (const { name, path } of exportsOf(business)) {
    let ms = 0
    const othersWait = await longestWait(server, async () => {
      const started = performance.now()
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })
      await response.body?.getReader().read()
      ms = performance.now() - started
    })
    measured.push({ name, ms, othersWait })
  }
  return measured
}

async function signIn({ port }: Running, token: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/portal/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (!response.ok) throw new Error(`The portal answered ${response.status}: ${await response.text()}`)
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

function show(referrals: number, lines: Line[], exports: Export[], figures: Record<string, number>): void {
  const number = (value: number) => value.toFixed(1).padStart(9)
  console.log(
    `\nlists and reports at ${referrals.toLocaleString('en-US')} referrals (to reach: p99 20 ms), slowest first`,
  )
  console.log(`${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}${'× control'.padStart(10)}${'others ms'.padStart(10)}`)
  for (const { name, p50, p99, ofControl, othersWait } of lines) {
    console.log(`${number(p50)}${number(p99)}${number(ofControl)} ${number(othersWait)}  ${name}`)
  }
  console.log(`control: GET /v1/referrals/:id. "others": how long /healthz waits at most meanwhile.`)
  for (const { name, ms, othersWait } of exports) {
    console.log(`${number(ms)} ms to the first byte of ${name}; others wait ${othersWait.toFixed(1)} ms`)
  }
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name}: ${value.toFixed(0)}`)
  console.log(JSON.stringify({ name: 'lists', referrals, lines, exports, ...figures }))
}
