import type { Plan } from './figures.ts'
import { type Comparison, compare, perSecond } from './figures.ts'
import { createInstallation } from './installation.ts'
import { closedLoop, type Prepared, phone, prepare } from './load.ts'
import { type Running, startBareHono, startGoodword } from './processes.ts'

const seconds = 2

const website = 'https://harborsons.example'

/**
 * Friends opening a link to the hosted page, next to bare Hono sending as many bytes; and visits that the tag of a
 * website records, next to those pages.
 */
export async function measureLinks({ rounds, connections }: Plan): Promise<Comparison[]> {
  const installation = await createInstallation(0, { site: website })
  const requests = installation.codes.map((code) => prepare('GET', `/r/${code}`, { headers: phone }))
  const visits = installation.codes.map((code) =>
    prepare('POST', `/embed/visits?code=${code}&v=1.0.0&key=${installation.publishableKey}`, {
      headers: { ...phone, accept: '*/*', origin: website, 'content-length': '0' },
    }),
  )
  const server = await startGoodword(installation.copy())
  const page = await fetch(`http://127.0.0.1:${server.port}/r/${installation.codes[0]}`)
  const bytes = (await page.arrayBuffer()).byteLength
  const bare = await startBareHono(bytes)
  const follow = ({ port }: Running, sent = requests) =>
    closedLoop(port, around(sent), { connections, expect: 200, seconds })
  const taken = []
  const recorded = []
  let failed = 0
  for (let round = 0; round < rounds; round += 1) {
    const ours = await follow(server)
    const control = await follow(bare)
    const visited = await follow(server, visits)
    failed += ours.failed + control.failed + visited.failed
    taken.push({ ours: perSecond(ours), control: perSecond(control) })
    recorded.push({ ours: perSecond(visited), control: perSecond(ours) })
  }
  await bare.stop()
  await server.stop()
  installation.remove()
  return [
    compare({
      name: '/r/CODE',
      control: 'bare Hono, as many bytes',
      target: 0.6,
      rounds: taken,
      details: { 'bytes of a page': bytes, failed },
    }),
    compare({ name: 'visits', control: '/r/CODE', target: 0.6, rounds: recorded }),
  ]
}

function* around(requests: Prepared[]): Generator<Prepared> {
  for (;;) yield* requests
}
