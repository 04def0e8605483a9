import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleProgram, type Program, startChild } from '../../../../test/child.ts'
import { createTestServices, type TestServices } from '../../../../test/harness.ts'
import { createListeningWorld, type ListeningWorld } from '../../../../test/webhooks.ts'
import { openDatabase } from '../../../database/database.ts'
import { webhookDeliveries } from './webhooks.table.ts'

const rounds = 6
const events = 80

describe('a process killed while it sends webhooks', () => {
  let program: Program
  let test: TestServices
  let listening: ListeningWorld
  beforeAll(async () => {
    program = await bundleProgram(new URL('../../../../test/webhookSender.ts', import.meta.url))
    test = await createTestServices()
    listening = await createListeningWorld(test)
    for (let n = 0; n < events; n += 1) await listening.happens({ n })
    await test.services.database.close()
  })
  afterAll(async () => {
    await listening.receiver.stop()
    await test.close()
    program.remove()
  })

  it(`leaves none unsent, ${rounds} times over: each arrives, the interrupted ones again under the same id`, async () => {
    const { receiver } = listening
    // Answers after a breath, so that there is always something on its way to interrupt.
    receiver.answerWith((_, response) => setTimeout(() => response.writeHead(204).end(), 20))
    const url = test.services.config.databaseUrl
    let begins = test.clock.now()
    const due = (round: number) => Math.min(events - 1, round * 8)
    for (let round = 1; round <= rounds; round += 1) {
      const child = startChild(program, url, String(begins))
      const started = Date.now()
      while (receiver.received.length < due(round)) await new Promise((resolve) => setTimeout(resolve, 2))
      await child.kill()
      // The next process begins when the leases of this one are over, however long it lived.
      begins += Date.now() - started + 61_000
    }
    const last = startChild(program, url, String(begins))
    await last.says('idle')
    await last.kill()

    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(events)
    expect(ids.length).toBeGreaterThanOrEqual(events)
    const database = openDatabase(test.services.config)
    const rows = await database.read.select().from(webhookDeliveries)
    await database.close()
    expect(rows.map(({ state }) => state)).toEqual(Array.from({ length: events }, () => 'delivered'))
    expect(Math.max(...rows.map(({ attempts }) => attempts))).toBeGreaterThan(1)
  })
})
