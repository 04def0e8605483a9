import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../api/src/modules/platform/webhooks/deliveries.queries.ts'
import { replayDelivery, sendTestEvent } from '../../api/src/modules/platform/webhooks/deliveries.ts'
import { addEndpoint } from '../../api/src/modules/platform/webhooks/endpoints.ts'
import { convertReferral } from '../../api/src/modules/surfaces/console/referrals.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { blocksOf, commandOf, patternOf, type Run, runShell } from '../readme.ts'

const readme = new URL('./README.md', import.meta.url)
const root = new URL('../../', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'goodword-receiver-'))
const running: Run[] = []

let server: TestServer
let world: World

beforeAll(async () => {
  server = await startTestServer()
  world = await createWorld(server.services)
})
afterAll(async () => {
  for (const { child, ended } of running) {
    if (child.pid !== undefined) process.kill(-child.pid)
    await ended
  }
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A block of the README. Throws if there is none, because an empty line would match any output. */
function readmeBlock(containing: string): string {
  const block = blocksOf(readme).find(({ text }) => text.includes(containing))
  if (!block) throw new Error(`The README has no block with "${containing}".`)
  return block.text
}

/** Waits until the README's line is printed. */
const prints = (run: Run, line: string) =>
  expect.poll(() => run.output().split('\n')).toContainEqual(expect.stringMatching(patternOf(line)))

function start(secret: string, port: string): Run {
  const { command } = commandOf(readme, 'node receive.mjs', { whsec_your_secret: secret })
  const run = runShell(command, root, { PORT: port, DONE_FILE: join(folder, 'done.txt') })
  running.push(run)
  return run
}

const portOf = (run: Run) => /localhost:(\d+)/.exec(run.output())?.[1] ?? ''

describe('a webhook receiver, run as its README says', () => {
  it('verifies, acts once, and rejects unsigned requests', async () => {
    // Creating the webhook returns the secret but needs the URL, so a first start only finds a free port.
    const first = start('whsec_AAAA', '0')
    await expect.poll(() => portOf(first)).not.toBe('')
    const port = portOf(first)
    if (first.child.pid !== undefined) process.kill(-first.child.pid)
    await first.ended
    running.length = 0

    const endpoint = await addEndpoint(world.ctx, { url: `http://localhost:${port}/`, description: '', events: [] })
    let receiver = start(endpoint.secret, port)
    await prints(receiver, readmeBlock('Listening on').replace('4000', port))
    const [received = '', converted = ''] = readmeBlock('Received').split('\n')
    await sendTestEvent(world.ctx, endpoint.id)
    await prints(receiver, received)
    const campaign = await world.campaign()
    const referral = await world.referral((await world.advocate(campaign.id)).id)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    await prints(receiver, converted)

    if (receiver.child.pid !== undefined) process.kill(-receiver.child.pid)
    await receiver.ended
    running.length = 0
    receiver = start(endpoint.secret, port)
    await prints(receiver, readmeBlock('Listening on').replace('4000', port))
    const { items } = await listDeliveries(world.ctx, endpoint.id, { limit: 100 })
    const conversion = items.find(({ type }) => type === 'referral.converted')
    await replayDelivery(world.ctx, conversion?.id ?? '')
    await prints(receiver, readmeBlock('handled already'))

    const unsigned = await fetch(`http://localhost:${port}/`, { method: 'POST', body: '{}' })
    expect(unsigned.status).toBe(400)
    await prints(receiver, readmeBlock('headers_missing'))
  })
})
