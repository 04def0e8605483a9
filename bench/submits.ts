import { openEmbedded } from '../api/src/database/embedded.ts'
import type { Plan } from './figures.ts'
import { type Comparison, compare, perSecond, quantile } from './figures.ts'
import { createInstallation, type Installation } from './installation.ts'
import { closedLoop, openLoop, type Prepared, prepare } from './load.ts'
import { type Running, startGoodword } from './processes.ts'
import { createRecorder, type Recorded, replay } from './recording.ts'

const perRound = 1_000
const steadyPerSecond = 300
const steadySeconds = 5
const youngestTokenMs = 2_100

/**
 * Measures friends submitting the form, over HTTP and durably, next to the same statements without HTTP, both with
 * group commit.
 */
export async function measureSubmits({ rounds, connections }: Plan): Promise<Comparison[]> {
  const installation = await createInstallation(0)
  const recorded = await recordSubmits(installation, rounds * perRound)
  const statementsEach = Math.round(recorded.reduce((sum, one) => sum + one.length, 0) / recorded.length)
  const control = await replay(openEmbedded(installation.copy()), recorded, connections)
  const server = await startGoodword(installation.copy())
  const taken = []
  let failed = 0
  for (let round = 0; round < rounds; round += 1) {
    const requests = await prepareSubmits(installation, server, `round${round}`, perRound)
    const ours = await closedLoop(server.port, requests.values(), { connections, expect: 201 })
    failed += ours.failed
    taken.push({ ours: perSecond(ours), control: perSecond(await control.run(perRound)) })
  }
  const steady = await prepareSubmits(installation, server, 'steady', steadyPerSecond * steadySeconds)
  const open = await openLoop(server.port, steady, { perSecond: steadyPerSecond, connections, expect: 201 })
  await server.stop()
  await control.close()
  installation.remove()
  return [
    compare({
      name: 'friend submits, durable',
      control: `the same statements in process, ${connections} in a commit`,
      target: 0.6,
      rounds: taken,
      details: {
        'statements each': statementsEach,
        failed: failed + open.failed,
        [`p50 ms at ${steadyPerSecond}/s`]: Number(quantile(open.latenciesMs, 0.5).toFixed(2)),
        [`p99 ms at ${steadyPerSecond}/s`]: Number(quantile(open.latenciesMs, 0.99).toFixed(2)),
      },
    }),
  ]
}

const formAddress = ({ publishableKey }: Installation, code: string) => `/embed/form?key=${publishableKey}&code=${code}`
const submitAddress = ({ publishableKey }: Installation) => `/embed/referrals?key=${publishableKey}`

const friend = (installation: Installation, who: string, n: number) => ({
  code: codeFor(installation, n),
  name: `Priya ${n}`,
  email: `priya${n}@${who}.example`,
  message: 'Kitchen tap drips, and the water heater is from 2009.',
})

const codeFor = ({ codes }: Installation, n: number) => codes[n % codes.length] ?? ''

/** The statements of `count` friends submitting the form one after the other. */
export async function recordSubmits(installation: Installation, count: number): Promise<Recorded[]> {
  const recorder = await createRecorder(installation.copy())
  const recorded: Recorded[] = []
  for (let n = 0; n < count; n += 1) {
    const body = friend(installation, 'recorded', n)
    const form = (await recorder.request(formAddress(installation, body.code), youngestTokenMs * (n + 1))) as Form
    recorded.push(
      await recorder.record(submitAddress(installation), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, formToken: form.formToken }),
      }),
    )
  }
  await recorder.close()
  return recorded
}

type Form = { formToken: string }

/** Requests with form tokens that were issued long enough ago to be accepted. */
async function prepareSubmits(
  installation: Installation,
  server: Running,
  who: string,
  count: number,
): Promise<Prepared[]> {
  const requests: Prepared[] = []
  for (let n = 0; n < count; n += 1) {
    const body = friend(installation, who, n)
    const response = await fetch(`http://127.0.0.1:${server.port}${formAddress(installation, body.code)}`)
    const { formToken } = (await response.json()) as Form
    requests.push(prepare('POST', submitAddress(installation), { body: { ...body, formToken } }))
  }
  await new Promise((resolve) => setTimeout(resolve, youngestTokenMs))
  return requests
}
