import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addErrand, createErrands, errandKind, errandQueue, errandsIn, leaseMs, waitsMs } from '../../test/errands.ts'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import type { Outcome } from './kind.ts'
import { withdraw } from './queue.ts'

type Went = 'done' | 'again' | 'asks for more' | 'failed' | 'breaks' | 'hangs'
type Step =
  | { do: 'add'; id: string }
  | { do: 'take back'; id: string }
  | { do: 'advance'; ms: number }
  | { do: 'run'; workers: number[]; went: Went[] }
  | { do: 'late answer'; nth: number }

const askedMs = 90_000
const ids = ['a', 'b', 'c', 'd', 'e']
const outcomes: Went[] = ['done', 'again', 'again', 'asks for more', 'failed', 'breaks', 'hangs', 'hangs']
const steps: fc.Arbitrary<Step>[] = [
  fc.record({ do: fc.constant('add'), id: fc.constantFrom(...ids) }),
  fc.record({ do: fc.constant('take back'), id: fc.constantFrom(...ids) }),
  fc.record({
    do: fc.constant('advance'),
    ms: fc.constantFrom(1, 999, 1_000, leaseMs - 1, leaseMs, askedMs, 3_600_000),
  }),
  fc.record({
    do: fc.constant('run'),
    workers: fc.constantFrom<number[]>([0], [1], [0, 1]),
    went: fc.array(fc.constantFrom(...outcomes), { minLength: ids.length, maxLength: ids.length }),
  }),
  fc.record({ do: fc.constant('late answer'), nth: fc.nat(5) }),
]
const story = fc.array(
  fc.oneof(...steps.map((arbitrary, index) => ({ arbitrary, weight: [4, 1, 4, 6, 2][index] ?? 1 }))),
  { minLength: 5, maxLength: 40 },
)

let test: TestServices
beforeAll(async () => {
  test = await createTestServices()
  await createErrands(test.services)
})
afterAll(() => test.close())

it('does everything once and on schedule, for any timing of two workers, their results and the clock', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (all) => {
      const model = await startModel()
      for (const one of all) await model.step(one)
      await model.toItsEnd()
    }),
    { numRuns: 40 },
  )
}, 120_000)

/** Two workers on one queue, and a model of it. The two are compared after every step. */
async function startModel() {
  const { services, clock } = test
  const { database } = services
  const waiting = new Map<string, { dueAt: number; attempts: number; lease: object | null }>()
  const errands = new Map<string, { state: string; attempts: number }>()
  const hanging: { id: string; lease: object | null; answer: (outcome: Outcome<string>) => void }[] = []
  let plan: Went[] = []
  let begun: string[] = []
  let settled = 0

  await database.write(async (tx) => {
    await tx.run(sql`DELETE FROM queue`)
    await tx.run(sql`DELETE FROM errands`)
  })
  const wentOf = (id: string) => plan[ids.indexOf(id)] ?? 'done'
  const kind = errandQueue(
    (id) => {
      begun.push(id)
      const went = wentOf(id)
      if (went === 'breaks') return Promise.reject(new Error('broken'))
      if (went === 'hangs') {
        const lease = waiting.get(id)?.lease ?? null
        return new Promise((answer) => hanging.push({ id, lease, answer }))
      }
      const asks = went === 'asks for more'
      return Promise.resolve({ went: asks ? 'again' : went, result: null, ...(asks ? { atLeastMs: askedMs } : {}) })
    },
    {
      settled: (ended) => {
        settled += ended.length
      },
    },
  )
  const workers = [kind.openWorker(services), kind.openWorker(services)]
  const committed = async () => {
    await new Promise(setImmediate)
    await database.write(async () => undefined)
  }

  /**
   * Applies a claim and its attempts to the model's row. Returns whether it was attempted and whether it was settled.
   */
  function expectAttempt(id: string) {
    const row = waiting.get(id)
    if (!row) throw new Error('It does not wait.')
    const attempts = row.attempts + 1
    const leave = (state: string) => {
      errands.set(id, { state, attempts })
      waiting.delete(id)
      return { attempted: attempts <= waitsMs.length + 1, settled: true }
    }
    if (attempts > waitsMs.length + 1) return leave('parked')
    const went = wentOf(id)
    if (went === 'hangs') {
      waiting.set(id, { dueAt: clock.now() + leaseMs, attempts, lease: {} })
      return { attempted: true, settled: false }
    }
    const wait = waitsMs[attempts - 1]
    if (went === 'done') return leave('done')
    if (went === 'failed' || wait === undefined) return leave('parked')
    const dueAt = clock.now() + Math.max(wait, went === 'asks for more' ? askedMs : 0)
    waiting.set(id, { dueAt, attempts, lease: null })
    errands.set(id, { state: 'waits', attempts })
    return { attempted: true, settled: true }
  }

  async function run(which: number[], went: Went[]) {
    plan = went
    begun = []
    settled = 0
    const due = ids.filter((id) => (waiting.get(id)?.dueAt ?? Number.POSITIVE_INFINITY) <= clock.now())
    const expected = due.map((id) => ({ id, ...expectAttempt(id) }))
    const attempted = expected.filter((one) => one.attempted).map(({ id }) => id)
    const settles = expected.filter((one) => one.settled).length
    const running = which.map((index) => workers[index]?.run())
    if (settles === due.length) await Promise.all(running)
    while (begun.length < attempted.length || settled < settles) await new Promise(setImmediate)
    await committed()
    expect([...begun].sort()).toEqual(attempted)
    expect(settled).toBe(settles)
  }

  async function answerLate(nth: number) {
    const [late] = hanging.splice(nth % Math.max(1, hanging.length), 1)
    if (!late) return
    const row = waiting.get(late.id)
    if (row?.lease && row.lease === late.lease) {
      errands.set(late.id, { state: 'done', attempts: row.attempts })
      waiting.delete(late.id)
    }
    late.answer({ went: 'done', result: null })
    await committed()
  }

  async function add(id: string) {
    await addErrand(services, id)
    errands.set(id, { state: 'waits', attempts: 0 })
    if (!waiting.get(id)?.lease) waiting.set(id, { dueAt: clock.now(), attempts: 0, lease: null })
  }

  async function takeBack(id: string) {
    const taken = await database.write((db) => withdraw({ db }, errandKind, [id]))
    const row = waiting.get(id)
    expect(taken).toEqual(row && !row.lease ? [id] : [])
    if (taken.length === 0) return
    await database.write(async (tx) => {
      await tx.run(sql`UPDATE errands SET state = 'taken back' WHERE id = ${id}`)
    })
    waiting.delete(id)
    errands.set(id, { state: 'taken back', attempts: errands.get(id)?.attempts ?? 0 })
  }

  async function compare() {
    const rows = await database.read.all<[string, number, number, number]>(
      sql`SELECT subject_id, due_at, attempts, holder IS NOT NULL FROM queue ORDER BY 1`,
    )
    const believed = [...waiting].map(([id, row]) => [id, row.dueAt, row.attempts, row.lease ? 1 : 0])
    expect(rows).toEqual(believed.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)))
    expect(await errandsIn(database.read)).toEqual(Object.fromEntries(errands))
  }

  return {
    async step(one: Step) {
      if (one.do === 'add') await add(one.id)
      else if (one.do === 'take back') await takeBack(one.id)
      else if (one.do === 'advance') clock.advance(one.ms)
      else if (one.do === 'run') await run(one.workers, one.went)
      else await answerLate(one.nth)
      await compare()
    },
    /** Nothing is lost: given time and living processes, every row is done or parked. */
    async toItsEnd() {
      clock.advance(24 * 3_600_000)
      await run([0, 1], [])
      await compare()
      expect([...waiting]).toEqual([])
      for (const late of hanging) late.answer({ went: 'done', result: null })
      await committed()
      await compare()
    },
  }
}
