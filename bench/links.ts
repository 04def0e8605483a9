import type { Plan } from './figures.ts'
import { type Comparison, compare, perSecond } from './figures.ts'
import { createInstallation } from './installation.ts'
import { closedLoop, type Prepared, phone, prepare } from './load.ts'
import { type Running, startBareHono, startGoodword } from './processes.ts'

const seconds = 2

/** Friends opening a link to the hosted page, next to bare Hono sending as many bytes. */
export async function measureLinks({ rounds, connections }: Plan): Promise<Comparison[]> {
  const installation = await createInstallation(0)
  const requests = installation.codes.map((code) => prepare('GET', `/r/${code}`, { headers: phone }))
  const server = await startGoodword(installation.copy())
  const page = await fetch(`http://127.0.0.1:${server.port}/r/${installation.codes[0]}`)
  const bytes = (await page.arrayBuffer()).byteLength
  const bare = await startBareHono(bytes)
  const follow = (running: Running) => closedLoop(running.port, around(requests), { connections, expect: 200, seconds })
  const taken = []
  let failed = 0
  for (let round = 0; round < rounds; round += 1) {
    const ours = await follow(server)
    const control = await follow(bare)
    failed += ours.failed + control.failed
    taken.push({ ours: perSecond(ours), control: perSecond(control) })
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
  ]
}

function* around(requests: Prepared[]): Generator<Prepared> {
  for (;;) yield* requests
}
