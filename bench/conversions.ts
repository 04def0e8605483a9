import { openEmbedded } from '../api/src/database/embedded.ts'
import type { Plan } from './figures.ts'
import { type Comparison, compare, perSecond } from './figures.ts'
import { createInstallation, type Installation } from './installation.ts'
import { closedLoop, prepare } from './load.ts'
import { startGoodword } from './processes.ts'
import { createRecorder, replay } from './recording.ts'

const perRound = 400

/**
 * Measures converting referrals through the server, next to the same statements without HTTP, both with group
 * commit.
 */
export async function measureConversions({ rounds, connections }: Plan): Promise<Comparison[]> {
  const installation = await createInstallation(rounds * perRound)
  const recorder = await createRecorder(installation.copy())
  const recorded = []
  for (const id of installation.referralIds) {
    const { path, headers, body } = conversionOf(installation, id)
    recorded.push(
      await recorder.record(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  }
  await recorder.close()

  const statementsEach = Math.round(recorded.reduce((sum, one) => sum + one.length, 0) / recorded.length)
  const control = await replay(openEmbedded(installation.copy()), recorded, connections)
  const server = await startGoodword(installation.copy())
  const taken = []
  let failed = 0
  for (let round = 0; round < rounds; round += 1) {
    const requests = installation.referralIds.slice(round * perRound, (round + 1) * perRound).map((id) => {
      const { path, headers, body } = conversionOf(installation, id)
      return prepare('POST', path, { headers, body })
    })
    const ours = await closedLoop(server.port, requests.values(), { connections, expect: 200 })
    failed += ours.failed
    taken.push({ ours: perSecond(ours), control: perSecond(await control.run(perRound)) })
  }
  await server.stop()
  await control.close()
  installation.remove()
  return [
    compare({
      name: 'conversions, durable',
      control: `the same statements in process, ${connections} in a commit`,
      target: 0.55,
      rounds: taken,
      details: { 'statements each': statementsEach, failed },
    }),
  ]
}

const conversionOf = ({ secretKey }: Installation, id: string) => ({
  path: `/v1/referrals/${id}/convert`,
  headers: { authorization: `Bearer ${secretKey}`, 'idempotency-key': `convert-${id}` },
  body: { jobValue: 125_000, invoice: '1042' },
})
