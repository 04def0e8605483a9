import { type Comparison, compare, perSecond } from './figures.ts'
import { createInstallation } from './installation.ts'
import { closedLoop, type Prepared, prepare } from './load.ts'
import { type Running, startBareHono, startGoodword } from './processes.ts'
import type { Plan } from './run.ts'

const seconds = 2

/** Friends who follow a link: to the website of the business, and to the hosted page, beside bare Hono that knows nobody. */
export async function measureLinks({ rounds, connections }: Plan): Promise<Comparison[]> {
  const installation = await createInstallation(0)
  const server = await startGoodword(installation.copy())
  const [hosted = ''] = installation.hostedCodes
  const page = await fetch(`http://127.0.0.1:${server.port}/r/${hosted}`).then((response) => response.arrayBuffer())
  const bare = await startBareHono(page.byteLength)
  const compareAt = async (name: string, codes: string[], controlPath: string, expect: number) => {
    const taken = []
    let failed = 0
    for (let round = 0; round < rounds; round += 1) {
      const ours = await follow(
        server,
        codes.map((code) => `/r/${code}`),
        connections,
        expect,
      )
      const control = await follow(
        bare,
        codes.map((code) => `/${controlPath}/${code}`),
        connections,
        expect,
      )
      failed += ours.failed + control.failed
      taken.push({ ours: perSecond(ours), control: perSecond(control) })
    }
    return compare({ name, control: 'bare Hono, same bytes', target: 0.6, rounds: taken, details: { failed } })
  }
  const comparisons = [
    await compareAt('/r/CODE to the website', installation.websiteCodes, 'r', 302),
    await compareAt(`/r/CODE hosted page, ${page.byteLength} bytes`, installation.hostedCodes, 'page', 200),
  ]
  await bare.stop()
  await server.stop()
  installation.remove()
  return comparisons
}

const follow = (server: Running, paths: string[], connections: number, expect: number) =>
  closedLoop(server.port, around(paths.map((path) => prepare('GET', path))), { connections, expect, seconds })

function* around(requests: Prepared[]): Generator<Prepared> {
  for (;;) yield* requests
}
