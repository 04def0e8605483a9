import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { createStatistics } from './statistics.ts'

/** Responses of different keys, all of one moment. */
const addResponses = ({ services }: TestServices, from: number, to: number) =>
  services.database.write(async (tx) => {
    await tx.run(sql`INSERT INTO idempotency_records
      WITH RECURSIVE seq(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM seq WHERE i < ${to})
      SELECT 'key_' || i, 'once', '', 200, '{}', '[]', 7 FROM seq`)
  })

describe('what the planner knows of a table', () => {
  let test: TestServices
  let run: () => Promise<number>
  beforeAll(async () => {
    test = await createTestServices()
    run = createStatistics(test.services.database)
  })
  afterAll(() => test.close())

  it('is nothing while it is small', async () => {
    await addResponses(test, 1, 100)
    expect(await run()).toBe(0)
  })

  it('is refreshed once it has grown, also by an import', async () => {
    await addResponses(test, 101, 1_000)
    expect(await run()).toBe(1)
    expect(await run()).toBe(0)
  })

  it('is refreshed again after it has grown fourfold, and not for every row before', async () => {
    await addResponses(test, 1_001, 3_900)
    expect(await run()).toBe(0)
    await addResponses(test, 3_901, 4_100)
    expect(await run()).toBe(1)
    expect(await run()).toBe(0)
  })

  it('survives a restart, and rows that come and go do not keep the job busy', async () => {
    const restarted = createStatistics(test.services.database)
    expect(await restarted()).toBe(0)
    await test.services.database.write(async (tx) => {
      await tx.run(sql`DELETE FROM idempotency_records WHERE rowid < 4000`)
    })
    await addResponses(test, 4_101, 30_000)
    expect(await restarted()).toBe(1)
    expect(await restarted()).toBe(0)
  })

  it('is left to the server where one keeps the database', async () => {
    expect(await createStatistics({ read: test.services.database.read, analyze: null })()).toBe(0)
  })

  it('reaches the connections that read, without a restart', async () => {
    const fresh = await createTestServices()
    const { read, background } = fresh.services.database
    await addResponses(fresh, 1, 1_000)
    // The table of statistics is there already, so what is collected next doesn't show in the schema.
    await fresh.services.database.analyze?.('contacts')
    const count = sql`SELECT count(*) FROM idempotency_records`
    for (const reading of [read, background]) await reading.all(count)
    await createStatistics(fresh.services.database)()
    for (const reading of [read, background]) {
      // An explanation alone doesn't look for changes.
      await reading.all(count)
      // Without statistics, it would look through all responses of the moment.
      const steps = await reading.all<[number, number, number, string]>(
        sql`EXPLAIN QUERY PLAN SELECT body FROM idempotency_records WHERE owner = 'key_one' AND created_at = 7`,
      )
      expect(steps.map(([, , , detail]) => detail).join()).toContain('(owner=?)')
    }
    await fresh.close()
  })
})
