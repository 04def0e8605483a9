import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleProgram, type Program, startChild } from '../../test/child.ts'
import { addErrand, createErrands, errandQueue, errandsIn, leaseMs, waitingIn } from '../../test/errands.ts'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { type Receiver, startReceiver } from '../../test/receiver.ts'
import { sqldBinary, startSqld, type TestServer } from '../../test/sqld.ts'

const binary = sqldBinary()
let program: Program
beforeAll(async () => {
  program = await bundleProgram(new URL('../../test/errandRunner.ts', import.meta.url))
})
afterAll(() => program.remove())

/**
 * How many attempts the receiver sees in all: two if the first process died after its attempt but before recording it.
 */
const deaths: { when: string; stopAt: string; attempts: number; taken: number }[] = [
  { when: 'after the claim', stopAt: 'claimed', attempts: 1, taken: 1 },
  { when: 'during the attempt', stopAt: 'nowhere', attempts: 2, taken: 1 },
  { when: 'after the attempt', stopAt: 'attempted', attempts: 2, taken: 1 },
  { when: 'before what it settled is committed', stopAt: 'settling', attempts: 2, taken: 1 },
  { when: 'after it settled', stopAt: 'settled', attempts: 1, taken: 0 },
]

function killed(open: () => Promise<TestServices>, which = deaths) {
  let test: TestServices
  let receiver: Receiver
  beforeAll(async () => {
    test = await open()
    await createErrands(test.services)
  })
  afterAll(() => test.close())
  beforeEach(async () => {
    receiver = await startReceiver()
  })
  afterEach(() => receiver.stop())

  it.each(which)('$when: another worker takes it over when the lease ends, and not before', async (death) => {
    const { database, config } = test.services
    const { read } = database
    await addErrand(test.services, death.when)
    const hangs = death.stopAt === 'nowhere'
    if (hangs) receiver.respondWith(() => undefined)
    const child = startChild(program, config.databaseUrl, String(test.clock.now()), receiver.url, death.stopAt)
    if (hangs) await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1)
    else await child.says(death.stopAt)
    await child.kill()
    receiver.respondStatus(204)
    expect(await waitingIn(read)).toEqual(death.taken === 1 ? [death.when] : [])

    const next = errandQueue(async (id) => {
      await fetch(receiver.url, { method: 'POST', body: id })
      return { went: 'done', result: null }
    }).openWorker(test.services)
    test.clock.advance(leaseMs - 1)
    expect(await next.run()).toBe(0)
    test.clock.advance(1)
    expect(await next.run()).toBe(death.taken)
    expect((await errandsIn(read))[death.when]).toEqual({ state: 'done', attempts: 1 + death.taken })
    expect(await waitingIn(read)).toEqual([])
    expect(receiver.received.map(({ body }) => body)).toEqual(Array.from({ length: death.attempts }, () => death.when))
  })
}

describe('a process killed while it works on the queue of an embedded file', () => {
  killed(() => createTestServices())
})

describe.skipIf(binary === null)(
  `a process killed while it works on the queue of a libSQL server${binary ? '' : ' (the sqld package is missing)'}`,
  () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startSqld(binary ?? '')
    })
    afterAll(() => server.close())
    // On a server the transaction differs: it may have committed, or the server has to roll it back.
    const differing = deaths.filter(({ stopAt }) => stopAt === 'claimed' || stopAt === 'settling')
    killed(() => createTestServices({ databaseUrl: server.url }), differing)
  },
)
