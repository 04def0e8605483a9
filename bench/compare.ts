import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { allApplied, prepareEvents } from './events.ts'
import { type Plan, quantile } from './figures.ts'
import { closedLoop, type Prepared, phone, prepare } from './load.ts'
import { built, type Running, startGoodword } from './processes.ts'

type Business = {
  publishableKey: string
  secretKey: string
  codes: string[]
  referralIds: string[]
  inbound: { path: string; secret: string }
}
type Side = { server: Running; business: Business }
/** One kind of request; `of` prepares as many as there are in a round, before the clock starts. */
type Kind = {
  measure: string
  name: string
  count: number
  expect: number
  of(side: Side, round: number): Promise<Prepared[]>
  /** Waits for what the requests of so many rounds left to be done; it counts as well. */
  after?(side: Side, rounds: number): Promise<void>
}

const advocates = 200
const [perRoundSubmits, perRoundConversions, perRoundEvents] = [1_000, 400, 500]
const youngestTokenMs = 2_100

/**
 * Processor time per request of this build next to another one, in turns, on copies of one database that the other
 * build made. Time of the processor, user and system, hardly depends on what else runs on the machine. Linux only.
 */
export async function compareBuilds({
  against,
  only,
  rounds,
  connections,
}: Plan & { against: string; only: string[] }): Promise<void> {
  const unknown = only.find((name) => kinds.every(({ measure }) => measure !== name))
  if (unknown) throw new Error(`There is nothing to compare "${unknown}" by.`)
  const home = mkdtempSync(join(tmpdir(), 'goodword-bench-'))
  const other = resolve(against)
  try {
    const business = await createBusiness(other, join(home, 'before.db'), rounds * perRoundConversions)
    copyDatabase(join(home, 'before.db'), join(home, 'now.db'))
    const before = { business, server: await startGoodword(join(home, 'before.db'), other) }
    const now = { business, server: await startGoodword(join(home, 'now.db')) }
    console.log(`${'before'.padStart(10)}${'now'.padStart(10)}${'now/before'.padStart(12)}   µs of processor time`)
    for (const kind of kinds.filter(({ measure }) => only.length === 0 || only.includes(measure)))
      await compareKind(kind, [before, now], rounds, connections)
    await before.server.stop()
    await now.server.stop()
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function compareKind(kind: Kind, sides: [Side, Side], rounds: number, connections: number): Promise<void> {
  const taken: [number[], number[]] = [[], []]
  const rates: [number[], number[]] = [[], []]
  let failed = 0
  for (let round = 0; round < rounds; round += 1) {
    const prepared = [await kind.of(sides[0], round), await kind.of(sides[1], round)] as const
    if (kind === submits) await new Promise((done) => setTimeout(done, youngestTokenMs))
    // Whoever goes first changes from round to round.
    for (const at of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const { server } = sides[at]
      const started = server.processorMs()
      const measured = await closedLoop(server.port, prepared[at].values(), { connections, expect: kind.expect })
      await kind.after?.(sides[at], round + 1)
      taken[at].push(((server.processorMs() - started) * 1_000) / measured.count)
      rates[at].push(measured.count / measured.seconds)
      failed += measured.failed
    }
  }
  const [before, now] = [quantile(taken[0], 0.5), quantile(taken[1], 0.5)]
  const ratio = quantile(
    taken[1].map((one, round) => one / (taken[0][round] ?? Number.NaN)),
    0.5,
  )
  const rate = `${Math.round(quantile(rates[0], 0.5))}/s, ${Math.round(quantile(rates[1], 0.5))}/s`
  const note = failed > 0 ? ` ${failed} FAILED` : ''
  console.log(
    `${before.toFixed(1).padStart(10)}${now.toFixed(1).padStart(10)}${ratio.toFixed(3).padStart(12)}   ${kind.name} (${rate})${note}`,
  )
  console.log(JSON.stringify({ name: kind.name, before, now, ratio, rounds, failed }))
}

const reading = (
  measure: string,
  name: string,
  count: number,
  pathOf: (business: Business, n: number) => string,
): Kind => ({
  measure,
  name,
  count,
  expect: 200,
  of: async ({ business }) => {
    const headers = { authorization: `Bearer ${business.secretKey}` }
    return Array.from({ length: count }, (_, n) => {
      const path = pathOf(business, n)
      return prepare('GET', path, { headers: path.startsWith('/v1') ? headers : phone })
    })
  },
})

const submits: Kind = {
  measure: 'submits',
  name: 'friend submit',
  count: perRoundSubmits,
  expect: 201,
  async of({ server, business: { codes, publishableKey } }, round) {
    const requests: Prepared[] = []
    for (let n = 0; n < perRoundSubmits; n += 1) {
      const code = codes[n % codes.length]
      const form = await fetch(`http://127.0.0.1:${server.port}/embed/form?key=${publishableKey}&code=${code}`)
      const { formToken } = (await form.json()) as { formToken: string }
      const email = `priya${n}@round${round}.example`
      const message = 'Kitchen tap drips, and the water heater is from 2009.'
      const body = { code, name: `Priya ${n}`, email, message, formToken }
      requests.push(prepare('POST', `/embed/referrals?key=${publishableKey}`, { body }))
    }
    return requests
  },
}

const conversions: Kind = {
  measure: 'conversions',
  name: 'conversion',
  count: perRoundConversions,
  expect: 200,
  of: async ({ business: { referralIds, secretKey } }, round) =>
    referralIds.slice(round * perRoundConversions, (round + 1) * perRoundConversions).map((id) =>
      prepare('POST', `/v1/referrals/${id}/convert`, {
        headers: { authorization: `Bearer ${secretKey}`, 'idempotency-key': `convert-${id}` },
        body: { jobValue: 125_000, invoice: '1042' },
      }),
    ),
}

/** Each is taken in and applied. */
const events: Kind = {
  measure: 'events',
  name: 'event of a job, applied',
  count: perRoundEvents,
  expect: 200,
  of: async ({ business }, round) => prepareEvents(business.inbound, `round${round}`, perRoundEvents),
  after: ({ server, business }, rounds) => allApplied(server, business, rounds * perRoundEvents),
}

const kinds: Kind[] = [
  reading('links', 'GET /r/CODE', 10_000, ({ codes }, n) => `/r/${codes[n % codes.length]}`),
  reading('form', 'GET /embed/form', 5_000, ({ codes, publishableKey }, n) => {
    return `/embed/form?key=${publishableKey}&code=${codes[n % codes.length]}`
  }),
  reading(
    'referral',
    'GET /v1/referrals/ID',
    2_000,
    ({ referralIds }, n) => `/v1/referrals/${referralIds[n % referralIds.length]}`,
  ),
  reading('referrals', 'GET /v1/referrals', 500, () => '/v1/referrals'),
  reading('advocates', 'GET /v1/advocates', 500, () => '/v1/advocates'),
  submits,
  conversions,
  events,
]

/** Made over the command line and HTTP, so that any version can do it. */
async function createBusiness(folder: string, file: string, pending: number): Promise<Business> {
  const command = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [built(folder), ...args, '--json'], {
        env: { ...process.env, DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent' },
        encoding: 'utf8',
      }),
    )
  const owner = ['--owner-name', 'Maya Ortiz', '--owner-email', 'maya@harborsons.example']
  const { publishableKey } = command('organization', 'create', '--name', 'Harbor & Sons', ...owner)
  const { key: secretKey } = command('key', 'create', '--name', 'Bench')
  const server = await startGoodword(file, folder)
  const ask = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json() as Promise<{ id: string; code: string; url: string; newSecret: string }>
  }
  const post = (path: string, body: unknown) => ask('POST', path, body)
  const { id: campaignId } = await post('/v1/campaigns', campaign)
  const enrolled = []
  for (let n = 0; n < advocates; n += 1) {
    const email = `anna${n}@mail.example`
    enrolled.push(await post('/v1/advocates', { campaignId, name: `Anna ${n}`, email, notify: false }))
  }
  const referralIds = []
  for (let n = 0; n < pending; n += 1) {
    const friend = { name: `Priya ${n}`, email: `priya${n}@pending.example` }
    referralIds.push((await post('/v1/referrals', { advocateId: enrolled[n % advocates]?.id, friend })).id)
  }
  await ask('PATCH', '/v1/organization', { features: ['jobs'] })
  const { url, newSecret } = await post('/v1/connections', { name: 'Our job system', kind: 'hmac' })
  await server.stop()
  return {
    publishableKey,
    secretKey,
    codes: enrolled.map(({ code }) => code),
    referralIds,
    inbound: { path: new URL(url).pathname, secret: newSecret },
  }
}

const campaign = {
  name: 'Neighbor Thank-You',
  friendOffer: 'your first plumbing visit',
  terms: {
    advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500 } },
    friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
    liveReferralsMax: 10_000,
  },
}

function copyDatabase(from: string, to: string): void {
  // The last commits may still be in the log next to the file.
  for (const part of ['', '-wal']) if (existsSync(from + part)) copyFileSync(from + part, to + part)
}
