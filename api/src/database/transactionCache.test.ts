import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { inSavepoint } from './savepoint.ts'
import { transactionCache } from './transactionCache.ts'

describe('the transaction cache', () => {
  let test: TestServices
  let asked: string[]
  beforeAll(async () => {
    test = await createTestServices()
  })
  afterAll(() => test.close())

  const countOf = transactionCache(async (db, name) => {
    asked.push(name)
    const [row] = await db.all<[number]>(sql`SELECT count(*) FROM installation WHERE name = ${name}`)
    return row?.[0] ?? 0
  })
  const add = (name: string) => sql`INSERT INTO installation (name, value) VALUES (${name}, 'x')`

  it("isn't shared with the next transaction, even in the same commit", async () => {
    asked = []
    const { write } = test.services.database
    const seen = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        write(async (tx) => {
          const before = [await countOf(tx, 'one'), await countOf(tx, 'one'), await countOf(tx, name)]
          await tx.run(add(name))
          return before
        }),
      ),
    )
    // The second and third read what the first wrote, so each ran its own query.
    expect(seen).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [1, 1, 0],
    ])
    expect(asked).toEqual(['one', 'one', 'two', 'one', 'three'])
  })

  it("isn't used outside a transaction, and keeps nothing of one that was rolled back", async () => {
    asked = []
    const { read, write } = test.services.database
    const refused = write(async (tx) => {
      await tx.run(add('four'))
      expect(await countOf(tx, 'four')).toBe(1)
      throw new Error('changed my mind')
    })
    await expect(refused).rejects.toThrow('changed my mind')
    expect(await write((tx) => countOf(tx, 'four'))).toBe(0)
    expect([await countOf(read, 'one'), await countOf(read, 'one')]).toEqual([1, 1])
    expect(asked).toEqual(['four', 'four', 'one', 'one'])
  })
  it('asks again after a part of the transaction was undone', async () => {
    asked = []
    const seen = await test.services.database.write(async (tx) => {
      const part = inSavepoint(tx, async () => {
        await tx.run(add('five'))
        expect(await countOf(tx, 'five')).toBe(1)
        throw new Error('not this one')
      })
      await expect(part).rejects.toThrow('not this one')
      return countOf(tx, 'five')
    })
    expect(seen).toBe(0)
  })
})
