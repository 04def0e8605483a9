import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { createReadCache } from './readCache.ts'
import { readBy, writtenBy } from './writtenTables.ts'

const forMs = 60_000
let test: TestServices
beforeEach(async () => {
  test = await createTestServices()
  await run('CREATE TABLE prices (name TEXT PRIMARY KEY, cents INTEGER NOT NULL)')
  await run('CREATE TABLE others (name TEXT PRIMARY KEY)')
  await run("INSERT INTO prices VALUES ('tap', 100), ('sink', 200)")
})
afterEach(() => test.close())

const run = (statement: string) => test.services.database.write((tx) => tx.run(sql.raw(statement)))

function createPrices({ max = 10, changesAt }: { max?: number; changesAt?: (cents: number) => number | null } = {}) {
  const cache = createReadCache<number>(test.services, { max, forMs, ...(changesAt ? { changesAt } : {}) })
  const read = (name: string, meanwhile: () => Promise<unknown> = async () => {}) =>
    cache.read(name, async (db) => {
      const [row] = await db.all<[number]>(sql`SELECT cents FROM prices WHERE name = ${name}`)
      await meanwhile()
      return row?.[0]
    })
  return { get: cache.get, read }
}

describe('a value that was read', () => {
  it('is kept until something is written to its table', async () => {
    const prices = createPrices()
    expect(prices.get('tap')).toBeUndefined()
    expect(await prices.read('tap')).toBe(100)
    await run("INSERT INTO others VALUES ('x')")
    expect(prices.get('tap')).toBe(100)
    await run("UPDATE prices SET cents = 150 WHERE name = 'tap'")
    expect(prices.get('tap')).toBeUndefined()
    expect(await prices.read('tap')).toBe(150)
  })

  it.each([
    "INSERT INTO prices VALUES ('drain', 1)",
    "INSERT OR REPLACE INTO prices VALUES ('tap', 1)",
    "REPLACE INTO prices VALUES ('tap', 1)",
    "DELETE FROM prices WHERE name = 'tap'",
    'UPDATE prices SET cents = 1 RETURNING name',
    'WITH new AS (SELECT 1 AS cents) UPDATE prices SET cents = (SELECT cents FROM new)',
    'DROP TABLE prices',
  ])('is given up after %s', async (statement) => {
    const prices = createPrices()
    await prices.read('tap')
    await run(statement)
    expect(prices.get('tap')).toBeUndefined()
  })

  it('is given up before the writer learns that the change is committed', async () => {
    const prices = createPrices()
    await prices.read('tap')
    const seen = run('UPDATE prices SET cents = 1').then(() => prices.get('tap'))
    expect(await seen).toBeUndefined()
  })

  it('is not kept if its table changed while it was read', async () => {
    const prices = createPrices()
    await prices.read('tap')
    expect(await prices.read('tap', () => run('UPDATE prices SET cents = 1'))).toBe(100)
    expect(prices.get('tap')).toBeUndefined()
  })

  it('is kept no longer than it may be, nor than time leaves it as it is', async () => {
    const start = test.clock.now()
    const prices = createPrices({ changesAt: (cents) => (cents === 200 ? start + 5_000 : null) })
    await prices.read('tap')
    await prices.read('sink')
    test.clock.advance(4_999)
    expect(prices.get('sink')).toBe(200)
    test.clock.advance(1)
    expect(prices.get('sink')).toBeUndefined()
    test.clock.set(start + forMs - 1)
    expect(prices.get('tap')).toBe(100)
    test.clock.advance(1)
    expect(prices.get('tap')).toBeUndefined()
    test.clock.set(start - 1)
    expect(prices.get('tap')).toBeUndefined()
  })

  it('makes room for the ones used last, and what does not exist takes none', async () => {
    const prices = createPrices({ max: 1 })
    await prices.read('tap')
    expect(await prices.read('drain')).toBeUndefined()
    expect(prices.get('tap')).toBe(100)
    await prices.read('sink')
    expect([prices.get('tap'), prices.get('sink')]).toEqual([undefined, 200])
  })
})

describe('the tables of a statement', () => {
  it.each<[string, string[]]>([
    ['select "a"."b" from "a" inner join "c" "d" on "d"."x" = "a"."x" where exists (select 1 from e)', ['a', 'c', 'e']],
    ['SELECT visits FROM links', ['links']],
  ])('are read by %s', (statement, tables) => {
    expect(readBy(statement)).toEqual(tables)
  })

  it('are any of its words if they are listed with commas', () => {
    for (const statement of ['SELECT 1 FROM a, b', 'SELECT 1 FROM "a" "x", "b"', 'SELECT 1 FROM a AS x , b'])
      expect(readBy(statement)).toEqual(expect.arrayContaining(['a', 'b']))
  })

  it('are written by it, or any of its words if that is unclear', () => {
    expect(writtenBy('insert into "a" ("b") values (?)')).toEqual(['a'])
    expect(writtenBy(' UPDATE OR IGNORE main."a" SET b = 1')).toEqual(['a'])
    expect(writtenBy('SELECT a FROM b')).toEqual([])
    expect(writtenBy('WITH x AS (SELECT 1) DELETE FROM a')).toContain('a')
  })
})
