import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addErrand, createErrands, errandKind, errandQueue, errandsIn, leaseMs, waitingIn } from '../../test/errands.ts'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { delayAfter } from './backOff.ts'
import type { Outcome } from './kind.ts'
import { enqueueAll, withdraw } from './queue.ts'

let test: TestServices

beforeAll(async () => {
  test = await createTestServices()
  await createErrands(test.services)
})
beforeEach(() =>
  test.services.database.write(async (tx) => {
    await tx.run(sql`DELETE FROM queue`)
    await tx.run(sql`DELETE FROM errands`)
  }),
)
afterAll(() => test.close())

const done: Outcome<string> = { went: 'done', result: null }
const again = (atLeastMs?: number): Outcome<string> => ({ went: 'again', result: null, error: 'Busy', atLeastMs })
/** A queue worker of its own, as another process would run one. */
const worker = (...given: Parameters<typeof errandQueue>) => errandQueue(...given).openWorker(test.services)
const errands = () => errandsIn(test.services.database.read)
const add = (id: string, lane?: string) => addErrand(test.services, id, lane)

describe('the delay after a failed attempt', () => {
  it('follows the schedule, and ends after its last entry', () => {
    expect([1, 2, 3].map((attempts) => delayAfter({ waitsMs: [5, 60] }, { attempts }, 0.5))).toEqual([5, 60, null])
  })

  it('is up to a tenth longer at random, where a tenth is allowed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
        const wait = delayAfter({ waitsMs: [5_000, 60_000, 7_200_000], jitter: 0.1 }, { attempts }, chance) ?? 0
        const least = [5_000, 60_000, 7_200_000][attempts - 1] ?? 0
        expect(wait >= least && wait <= Math.round(least * 1.1)).toBe(true)
      }),
    )
  })

  it('is as long as the receiver asks, and never shorter than scheduled', () => {
    expect(delayAfter({ waitsMs: [5] }, { attempts: 1, atLeastMs: 90 }, 0)).toBe(90)
    expect(delayAfter({ waitsMs: [5] }, { attempts: 1, atLeastMs: 1 }, 0)).toBe(5)
  })
})

describe('a queued row', () => {
  it('is attempted right away, then on schedule, and is parked after the last attempt', async () => {
    await add('call')
    const busy = worker(async () => again())
    for (const wait of [1_000, 60_000, 3_600_000]) {
      expect(await busy.run()).toBe(1)
      test.clock.advance(wait - 1)
      expect(await busy.run()).toBe(0)
      test.clock.advance(1)
    }
    expect(await busy.run()).toBe(1)
    expect(await errands()).toEqual({ call: { state: 'parked', attempts: 4 } })
    expect(await waitingIn(test.services.database.read)).toEqual([])
  })

  it('starts over when it is enqueued again', async () => {
    await add('call')
    await worker(async () => again()).run()
    await add('call')
    await worker(async () => done).run()
    expect(await errands()).toEqual({ call: { state: 'done', attempts: 1 } })
  })

  it('is parked when every process that began it died', async () => {
    await add('call')
    const stuck = worker(() => new Promise(() => undefined))
    for (let claims = 1; claims <= 4; claims += 1) {
      void stuck.run()
      await expect.poll(() => held('call')).toBe(claims)
      test.clock.advance(leaseMs)
    }
    const attempted: string[] = []
    const next = worker(async (id) => {
      attempted.push(id)
      return done
    })
    await next.run()
    expect(attempted).toEqual([])
    expect(await errands()).toEqual({ call: { state: 'parked', attempts: 5 } })
  })

  it('takes turns with many others: a lane gets its share while others wait, and more when none do', async () => {
    for (let n = 0; n < 8; n += 1) await add(`bulk ${n}`, 'a large business')
    test.clock.advance(1)
    for (const id of ['one', 'two']) await add(id, `the business of ${id}`)
    const batches: string[][] = []
    const limits = { batch: 4, perLane: 2 }
    const open = () => {
      const batch: string[] = []
      batches.push(batch)
      const run = async (id: string) => {
        batch.push(id)
        return done
      }
      return worker(run, limits).run()
    }
    while ((await open()) > 0);
    expect(batches).toEqual([
      ['bulk 0', 'bulk 1', 'one', 'two'],
      ['bulk 2', 'bulk 3', 'bulk 4', 'bulk 5'],
      ['bulk 6', 'bulk 7'],
      [],
    ])
  })

  it('never gets more turns at once than its lane allows, where the limit is strict', async () => {
    for (let n = 0; n < 5; n += 1) await add(`to one address ${n}`, 'slow.example')
    expect(await worker(async () => done, { batch: 4, perLane: 2, strict: true }).run()).toBe(2)
  })
})

describe('a withdrawn row', () => {
  it("isn't attempted, but an attempt already running continues", async () => {
    for (const id of ['waits', 'runs']) await add(id)
    let finish: (outcome: Outcome<string>) => void = () => undefined
    const answer = new Promise<Outcome<string>>((resolve) => {
      finish = resolve
    })
    const take = (id: string) => test.services.database.write((db) => withdraw({ db }, errandKind, [id]))
    expect(await take('waits')).toEqual(['waits'])
    const running = worker(() => answer).run()
    await expect.poll(() => held('runs')).toBe(1)
    expect(await take('runs')).toEqual([])
    finish(done)
    expect(await running).toBe(1)
    expect(await errands()).toEqual({
      waits: { state: 'waits', attempts: 0 },
      runs: { state: 'done', attempts: 1 },
    })
    expect(await waitingIn(test.services.database.read)).toEqual([])
  })

  it('can be enqueued again with all others, except those being attempted', async () => {
    for (const id of ['one', 'two']) await add(id)
    await worker(async () => again()).run()
    const { database, clock } = test.services
    const subjectIds = ['one', 'two', 'three']
    await database.write((db) =>
      enqueueAll({ db, clock }, errandKind, { subjectIds, organizationId: null, lane: 'all' }),
    )
    expect(await worker(async () => done).run()).toBe(3)
  })
})

async function held(id: string): Promise<number | null> {
  const [row] = await test.services.database.read.all<[number]>(
    sql`SELECT attempts FROM queue WHERE subject_id = ${id} AND holder IS NOT NULL`,
  )
  return row?.[0] ?? null
}
