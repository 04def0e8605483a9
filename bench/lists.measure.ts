import type { Facts } from './business.found.ts'
import type { Business } from './business.ts'
import { createFailures } from './failures.ts'
import { quantile } from './figures.ts'
import type { Screen } from './lists.screens.ts'
import { type Line, openLine, openLoop, type Prepared, prepare } from './load.ts'
import type { Running } from './processes.ts'

const samples = 1_000
const together = 10
/** The business changes before every so many turns: then more than one response in a hundred is the first after a change. */
const changeEvery = 4
/** A screen that is slower than this gets fewer samples, and never fewer than two rounds. */
const secondsMost = 4
const submitsPerSecond = 40
const youngestTokenMs = 2_100
/** A screen with more failures than this is skipped. */
const failuresMost = 5

export type ScreenResult = {
  name: string
  kind: Screen['kind']
  samples: number
  /** Of a response: a page costs what it shows. */
  bytes: number
  p50: number
  p99: number
  controlP50: number
  controlP99: number
  /** p99 as a multiple of the control's. */
  ofControl: number
  /** The slowest of another organization's submits meanwhile, from when it was due. */
  submitMs: number
  /** The longest time the event loop was held meanwhile. */
  loopMs: number
  /** Requests of the screen and of its control that failed, and why the first of them did. The times are without them. */
  failed: number
  failure: string | null
}

let changes = 0

export type Reader = {
  get(screen: Pick<Screen, 'paths' | 'portal'>): Promise<void>
  /** Adds a referral of the busiest advocate: what was kept until something changes is read anew. */
  change(): Promise<void>
  bytesOf(screen: Pick<Screen, 'paths' | 'portal'>): Promise<number>
  headers: Record<string, string>
  close(): void
}

/** Sends requests over kept connections, as the owner of this business or as its busiest advocate. */
export async function readerOf(server: Running, facts: Facts): Promise<Reader> {
  const headers = { authorization: `Bearer ${facts.secretKey}` }
  const cookie = await signIn(`http://127.0.0.1:${server.port}`, facts.busiest.portalToken)
  const lines: Line[] = []
  const prepared = new Map<string, Prepared>()
  const read = async (path: string, portal: boolean, n: number) => {
    const request = prepared.get(path) ?? prepare('GET', path, { headers: portal ? { cookie } : headers })
    prepared.set(path, request)
    // The server closes connections that were idle for a few seconds.
    const kept = lines[n]
    const line = kept?.isOpen() ? kept : await openLine(server.port)
    lines[n] = line
    const status = await line.send(request)
    if (status !== 200) throw refusal(path, status)
  }
  const addReferral = async () => {
    changes += 1
    const friend = { name: 'Priya Shah', email: `priya@${changes}.changes.example` }
    const body = JSON.stringify({ code: facts.busiest.code, friend })
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/referrals`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': `change ${changes}` },
      body,
    })
    if (!response.ok) throw new Error(`A referral was not added: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  const lengthOf = async (path: string, portal: boolean) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: portal ? { cookie } : headers })
    return (await response.arrayBuffer()).byteLength
  }
  return {
    headers,
    change: addReferral,
    bytesOf: async ({ paths, portal = false }) => {
      const lengths = await Promise.all(paths.map((path) => lengthOf(path, portal)))
      return lengths.reduce((sum, bytes) => sum + bytes, 0)
    },
    async get({ paths, portal = false }) {
      // A connection is free again only once its response has arrived, also when another one fails.
      const outcomes = await Promise.allSettled(paths.map((path, n) => read(path, portal, n)))
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    },
    close() {
      for (const line of lines) line.close()
    },
  }
}

const refusal = (path: string, status: number) => new Error(`${path} answered ${status}.`)

async function signIn(origin: string, token: string): Promise<string> {
  const response = await fetch(`${origin}/portal/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (!response.ok) throw new Error(`The portal answered ${response.status}: ${await response.text()}`)
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** The page that a screen turns to, as a request. */
export async function turned(server: Running, { headers }: Reader, screen: Screen): Promise<Screen> {
  const [path = ''] = screen.paths
  if (screen.turn === undefined) return screen
  const to = (query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`
  const known = screen.turn === 'second' ? path : to('last=true')
  const response = await fetch(`http://127.0.0.1:${server.port}${known}`, { headers })
  if (!response.ok) throw refusal(known, response.status)
  const page = (await response.json()) as { nextCursor?: string | null; previousCursor?: string | null }
  const cursor = screen.turn === 'second' ? page.nextCursor : page.previousCursor
  return { ...screen, paths: [cursor ? to(`cursor=${cursor}`) : path] }
}

/**
 * Both sides take turns. Before some turns of each the business changes, whose messages and webhooks are sent meanwhile.
 * The first responses of each side read the file and are not counted.
 */
export async function measureScreen(
  server: Running,
  reader: Reader,
  screen: Screen,
  control: Screen,
  submits: Prepared[],
): Promise<ScreenResult> {
  const ours: number[] = []
  const controls: number[] = []
  const failures = createFailures(failuresMost)
  const times = (shown: Screen, count: number, mostSeconds?: number) =>
    timesOf(() => failures.note(() => reader.get(shown).then(() => true)), count, mostSeconds)
  const change = () => failures.note(() => reader.change())
  await times(screen, 2)
  await times(control, 2)
  const bytes = (await failures.note(() => reader.bytesOf(screen))) ?? Number.NaN
  const started = performance.now()
  const isOver = () => performance.now() - started > secondsMost * 1_000
  for (let turn = 0; ours.length < samples && !(isOver() && ours.length >= 2 * together); turn += 1) {
    const changes = turn % changeEvery === 0
    if (changes) await change()
    ours.push(...(await times(screen, isOver() ? 2 : together, secondsMost)))
    if (changes) await change()
    controls.push(...(await times(control, together)))
  }
  const { submitMs, loopMs } = await meanwhile(server, () => failures.note(() => reader.get(screen)), submits)
  const [p99, controlP99] = [quantile(ours, 0.99), quantile(controls, 0.99)]
  return {
    name: screen.name,
    kind: screen.kind,
    samples: ours.length,
    bytes,
    p50: quantile(ours, 0.5),
    p99,
    controlP50: quantile(controls, 0.5),
    controlP99,
    ofControl: p99 / controlP99,
    submitMs,
    loopMs,
    failed: failures.count(),
    failure: failures.first(),
  }
}

/** How long each request took that succeeded. */
async function timesOf(
  succeeds: () => Promise<true | undefined>,
  count: number,
  mostSeconds = Number.POSITIVE_INFINITY,
) {
  const times: number[] = []
  const started = performance.now()
  for (let n = 0; n < count; n += 1) {
    const sent = performance.now()
    if (await succeeds()) times.push(performance.now() - sent)
    if (performance.now() - started > mostSeconds * 1_000) break
  }
  return times
}

/** While one client does `work` over and over, how long the submits of another organization take. */
export async function meanwhile(server: Running, work: () => Promise<unknown>, submits: Prepared[]) {
  let over = false
  server.watchLoop()
  const working = (async () => {
    while (!over) await work()
  })()
  // What went wrong is thrown below, once the submits are through.
  working.catch(() => undefined)
  const { latenciesMs, failed } = await openLoop(server.port, submits, {
    perSecond: submitsPerSecond,
    connections: 8,
    expect: 201,
  })
  over = true
  await working
  const { maxMs } = await server.loopHeld()
  return { submitMs: failed > 0 ? Number.NaN : Math.max(...latenciesMs), loopMs: maxMs }
}

/** Submits of the other organization, with form tokens that were issued long enough ago to be accepted. */
export async function prepareSubmits(
  { port }: Running,
  { neighbor }: Pick<Business, 'neighbor'>,
  who: string,
  count: number,
): Promise<Prepared[]> {
  const { publishableKey, code } = neighbor
  const requests: Prepared[] = []
  for (let n = 0; n < count; n += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/embed/form?key=${publishableKey}&code=${code}`)
    const { formToken } = (await response.json()) as { formToken: string }
    const body = {
      code,
      name: `Priya ${n}`,
      email: `priya${n}@${who}.example`,
      message: 'Kitchen tap drips.',
      formToken,
    }
    requests.push(prepare('POST', `/embed/referrals?key=${publishableKey}`, { body }))
  }
  await new Promise((resolve) => setTimeout(resolve, youngestTokenMs))
  return requests
}
