import { openEmbedded } from '../api/src/database/embedded.ts'
import { openRemote } from '../api/src/database/remote.ts'
import { type Comparison, compare, type Plan, perSecond } from './figures.ts'
import { createInstallation } from './installation.ts'
import { replay } from './recording.ts'
import { recordSubmits } from './submits.ts'

const perRound = 500

/**
 * Why the embedded file is opened with `libsql`: measures the statements of friend submissions through it,
 * prepared once, next to the same statements on the same file through @libsql/client, which prepares each anew.
 * Both in WAL with synchronous=FULL.
 */
export async function measureDrivers({ rounds, connections }: Plan): Promise<Comparison[]> {
  const installation = await createInstallation(0)
  const recorded = await recordSubmits(installation, rounds * perRound)
  const embedded = await replay(openEmbedded(installation.copy()), recorded, connections)
  const client = await replay(openRemote(`file:${installation.copy()}`, undefined), recorded, connections)
  const taken = []
  for (let round = 0; round < rounds; round += 1) {
    const ours = perSecond(await embedded.run(perRound))
    taken.push({ ours, control: perSecond(await client.run(perRound)) })
  }
  await embedded.close()
  await client.close()
  installation.remove()
  return [
    compare({
      name: 'statements of friend submits through libsql',
      control: `the same through @libsql/client, ${connections} in a commit as well`,
      target: 2,
      rounds: taken,
    }),
  ]
}
