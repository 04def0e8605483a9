import type { Facts } from './business.found.ts'
import type { Business } from './business.ts'
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
    if (status !== 200) throw new Refused(path, status)
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
    get: async ({ paths, portal = false }) => void (await Promise.all(paths.map((path, n) => read(path, portal, n)))),
    close() {
      for (const line of lines) line.close()
    },
  }
}

export class Refused extends Error {
  readonly status: number
  constructor(path: string, status: number) {
    super(`${path} answered ${status}.`)
    this.status = status
  }
}

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
  if (!response.ok) throw new Refused(known, response.status)
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
  await timesOf(reader, screen, 2)
  await timesOf(reader, control, 2)
  const bytes = await reader.bytesOf(screen)
  const started = performance.now()
  const isOver = () => performance.now() - started > secondsMost * 1_000
  for (let turn = 0; ours.length < samples && !(isOver() && ours.length >= 2 * together); turn += 1) {
    const changes = turn % changeEvery === 0
    if (changes) await reader.change()
    ours.push(...(await timesOf(reader, screen, isOver() ? 2 : together, secondsMost)))
    if (changes) await reader.change()
    controls.push(...(await timesOf(reader, control, together)))
  }
  const { submitMs, loopMs } = await meanwhile(server, () => reader.get(screen), submits)
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
  }
}

async function timesOf(reader: Reader, screen: Screen, count: number, mostSeconds = Number.POSITIVE_INFINITY) {
  const times: number[] = []
  const started = performance.now()
  for (let n = 0; n < count; n += 1) {
    const sent = performance.now()
    await reader.get(screen)
    times.push(performance.now() - sent)
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
