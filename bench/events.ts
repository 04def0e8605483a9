import { createHmac } from 'node:crypto'
import { openEmbedded } from '../api/src/database/embedded.ts'
import { jobEventQueue } from '../api/src/modules/program/jobs/jobs.queue.ts'
import type { Services } from '../api/src/shared/context.ts'
import { type Comparison, compare, type Plan, perSecond } from './figures.ts'
import { createInstallation, type Installation } from './installation.ts'
import { closedLoop, type Prepared, prepare } from './load.ts'
import { type Running, startGoodword } from './processes.ts'
import { createRecorder, type Recorded, replay } from './recording.ts'

const perRound = 500

/**
 * Measures events of jobs coming in over HTTP, durably, while those before them are applied; and until the last of them is.
 * Each next to the same statements without HTTP, both with group commit.
 */
export async function measureEvents({ rounds, connections }: Plan): Promise<Comparison[]> {
  const installation = await createInstallation(0, { jobs: true })
  const { received, applied } = await recordEvents(installation, rounds * perRound)
  const both = received.map((statements, n) => [...statements, ...(applied[n] ?? [])])
  const arriving = await replay(openEmbedded(installation.copy()), received, connections)
  const whole = await replay(openEmbedded(installation.copy()), both, connections)
  const server = await startGoodword(installation.copy())
  const taken = []
  const finished = []
  let failed = 0
  let processorMs = -server.processorMs()
  for (let round = 0; round < rounds; round += 1) {
    const requests = prepareEvents(installation.inbound, `round${round}`, perRound)
    const started = performance.now()
    const ours = await closedLoop(server.port, requests.values(), { connections, expect: 200 })
    await allApplied(server, installation, (round + 1) * perRound)
    const seconds = (performance.now() - started) / 1_000
    failed += ours.failed
    taken.push({ ours: perSecond(ours), control: perSecond(await arriving.run(perRound)) })
    finished.push({ ours: perRound / seconds, control: perSecond(await whole.run(perRound)) })
  }
  processorMs += server.processorMs()
  await server.stop()
  await arriving.close()
  await whole.close()
  installation.remove()
  const control = `the same statements in process, ${connections} in a commit`
  return [
    compare({
      name: 'events in, durable',
      control,
      target: 0.5,
      rounds: taken,
      details: { 'statements each': averageOf(received), failed },
    }),
    compare({
      name: 'events in and applied, durable',
      control,
      target: 0.5,
      rounds: finished,
      details: {
        'statements each': averageOf(both),
        'milliseconds of processor time each': Math.round((processorMs / (rounds * perRound)) * 100) / 100,
        failed,
      },
    }),
  ]
}

const averageOf = (recorded: Recorded[]) =>
  Math.round(recorded.reduce((sum, one) => sum + one.length, 0) / recorded.length)

/** A job that is done, of a customer nobody knew before. */
const eventOf = (who: string, n: number) => ({
  type: 'job.completed',
  timestamp: new Date().toISOString(),
  data: {
    job: `${who}-${n}`,
    customer: { name: `Rosa ${n}`, email: `rosa${n}@${who}.example` },
    title: 'Drain cleaning',
    amount: 38_500,
  },
})

type Inbound = { path: string; secret: string }

function signedEvent(inbound: Inbound | null, who: string, n: number) {
  if (!inbound) throw new Error('No system is connected.')
  const body = eventOf(who, n)
  const at = Math.floor(Date.now() / 1_000)
  const signature = createHmac('sha256', inbound.secret)
    .update(`${at}.${JSON.stringify(body)}`)
    .digest('hex')
  return { path: inbound.path, body, headers: { 'x-signature': `t=${at},v1=${signature}` } }
}

export function prepareEvents(inbound: Inbound | null, who: string, count: number): Prepared[] {
  const requests: Prepared[] = []
  for (let n = 0; n < count; n += 1) {
    const { path, body, headers } = signedEvent(inbound, who, n)
    requests.push(prepare('POST', path, { body, headers }))
  }
  return requests
}

/** The statements of `count` events, of receiving each and of applying it. */
async function recordEvents(installation: Installation, count: number) {
  const recorder = await createRecorder(installation.copy())
  const received: Recorded[] = []
  const applied: Recorded[] = []
  for (let n = 0; n < count; n += 1) {
    const { path, body, headers } = signedEvent(installation.inbound, 'recorded', n)
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    received.push(await recorder.record(path, { ...init, body: JSON.stringify(body) }))
    applied.push(await recorder.recordWork(applyNext))
  }
  await recorder.close()
  return { received, applied }
}

async function applyNext(services: Services): Promise<void> {
  const worker = jobEventQueue.openWorker(services)
  if ((await worker.run()) !== 1) throw new Error('No event waited.')
  worker.close()
}

export async function allApplied(
  server: Running,
  { secretKey }: Pick<Installation, 'secretKey'>,
  count: number,
): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/job-events/summary`, {
      headers: { authorization: `Bearer ${secretKey}` },
    })
    const { tabs } = (await response.json()) as { tabs: Record<string, number> }
    if ((tabs.did_something ?? 0) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
