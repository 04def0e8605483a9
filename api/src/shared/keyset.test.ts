import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { openDatabase } from '../database/database.ts'
import type { Queries } from '../database/queries.ts'
import { ascending, cursorAfter, descending, orderOf, type PageRequest, readPage, type SortKey } from './keyset.ts'

const cars = sqliteTable('cars', { id: text().primaryKey(), color: integer().notNull(), doors: integer().notNull() })
type Car = typeof cars.$inferSelect

const folder = mkdtempSync(join(tmpdir(), 'goodword-'))
const database = openDatabase(readConfig({ DATABASE_URL: `file:${join(folder, 'cars.db')}`, LOG_LEVEL: 'silent' }))
const written = <T>(work: (db: Queries) => Promise<T>) => database.write(work)

const color = (car: Car) => car.color
const doors = (car: Car) => car.doors
const id = (car: Car) => car.id

const orders: Record<string, SortKey<Car>[]> = {
  'one key': [descending(cars.id, id)],
  'one direction': [ascending(cars.color, color), ascending(cars.id, id)],
  'one direction, down': [descending(cars.color, color), descending(cars.id, id)],
  'two directions': [ascending(cars.color, color), descending(cars.id, id)],
  'three keys in turn': [descending(cars.color, color), ascending(cars.doors, doors), descending(cars.id, id)],
  'an expression first': [ascending(sql`${cars.color} % 2`, (car) => car.color % 2), descending(cars.id, id)],
  'ties by a row that the cursor names': [
    ascending(cars.color, color),
    { ...ascending<Car>(sql`cars.rowid`, id), bound: (value) => sql`(SELECT rowid FROM cars WHERE id = ${value})` },
  ],
}

const pageOf = (keys: SortKey<Car>[], request: PageRequest) =>
  readPage(request, keys, ({ where, orderBy, limit }) =>
    database.read
      .select()
      .from(cars)
      .where(where)
      .orderBy(...orderBy)
      .limit(limit),
  )

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** All pages from this one on, by one of its cursors. */
async function walk(keys: SortKey<Car>[], first: PageRequest, by: 'nextCursor' | 'previousCursor') {
  const pages: Page<Car>[] = []
  for (let request: PageRequest | null = first; request !== null; ) {
    const page: Page<Car> = await pageOf(keys, request)
    pages.push(page)
    const cursor = page[by]
    request = cursor === null ? null : { limit: first.limit, cursor }
    expect(pages.length).toBeLessThan(100)
  }
  return pages
}

/** Sorted in JavaScript, by the keys' values. */
function sorted(all: Car[], keys: SortKey<Car>[]): string[] {
  const compare = (a: Car, b: Car) => {
    for (const { of, direction } of keys) {
      const [x, y] = [of(a), of(b)]
      if (x !== y) return x < y === (direction === 'asc') ? -1 : 1
    }
    return 0
  }
  return [...all].sort(compare).map(({ id }) => id)
}

const idsOf = (pages: Page<Car>[]) => pages.flatMap(({ items }) => items.map((car) => car.id))

// Two colors and three numbers of doors: most rows tie.
const garage: Car[] = Array.from({ length: 41 }, (_, n) => ({
  id: `car_${String((n * 17) % 41).padStart(2, '0')}`,
  color: n % 3,
  doors: n % 2,
})).sort((a, b) => a.id.localeCompare(b.id))

beforeAll(async () => {
  await written(async (db) => {
    await db.run(sql`CREATE TABLE cars (id text PRIMARY KEY NOT NULL, color integer NOT NULL, doors integer NOT NULL)`)
    await db.insert(cars).values(garage)
  })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(Object.entries(orders))('a list ordered by %s', (_, keys) => {
  const expected = sorted(garage, keys)

  it.each([1, 7, 41, 100])('has the same rows forward and backward, in pages of %i', async (limit) => {
    const forward = await walk(keys, { limit }, 'nextCursor')
    expect(idsOf(forward)).toEqual(expected)
    const backward = await walk(keys, { limit, last: 'true' }, 'previousCursor')
    // The first page is a full one and may repeat rows of the second.
    expect([...new Set(idsOf(backward.toReversed()))]).toEqual(expected)
    expect(backward.at(-1)?.items).toEqual(forward[0]?.items)
    expect([forward[0]?.previousCursor, backward[0]?.nextCursor]).toEqual([null, null])
  })

  it('leads back to the page one came from', async () => {
    const [first, second, third] = await walk(keys, { limit: 7 }, 'nextCursor')
    const back = await pageOf(keys, { limit: 7, cursor: third?.previousCursor ?? '' })
    expect(back).toEqual({ ...second, nextCursor: back.nextCursor })
    expect(await pageOf(keys, { limit: 7, cursor: back.nextCursor ?? '' })).toEqual(third)
    expect(await pageOf(keys, { limit: 7, cursor: back.previousCursor ?? '' })).toEqual(first)
  })
})

describe('a page', () => {
  const keys = orders['two directions'] ?? []

  it('before a cursor is a whole first page when little precedes it', async () => {
    const second = await pageOf(keys, { limit: 3, cursor: (await pageOf(keys, { limit: 3 })).nextCursor ?? '' })
    const wider = await pageOf(keys, { limit: 10, cursor: second.previousCursor ?? '' })
    expect(wider).toEqual(await pageOf(keys, { limit: 10 }))
  })

  it('past the end is empty, and the last page precedes it', async () => {
    const last = await pageOf(keys, { limit: 5, last: 'true' })
    const before = await pageOf(keys, { limit: 36 })
    await written((db) => db.delete(cars).where(sql`id IN ${last.items.map((car) => car.id)}`))
    const empty = await pageOf(keys, { limit: 5, cursor: before.nextCursor ?? '' })
    expect(empty).toMatchObject({ items: [], nextCursor: null })
    const previous = await pageOf(keys, { limit: 5, cursor: empty.previousCursor ?? '' })
    expect(idsOf([previous])).toEqual(idsOf([before]).slice(-5))
    await written((db) => db.insert(cars).values(last.items))
  })

  it.each([
    ['of the previous release', Buffer.from('[1,"car_01"]').toString('base64url')],
    ['with another number of values', cursorAfter(orderOf(keys), [1])],
    ['with a value of another type', encoded(['>', orderOf(keys).name, { a: 1 }, 'x'])],
    ['with an endless number', Buffer.from(`[">","${orderOf(keys).name}",1e999,"x"]`).toString('base64url')],
    ['that is not JSON', 'car_01'],
    ['that is JSON, but no list', encoded(7)],
    ['of another list', cursorAfter({ ...orderOf(keys), name: 'others' }, [1, 'car_01'])],
  ])('is refused for a cursor %s', async (_, cursor) => {
    await expect(pageOf(keys, { limit: 5, cursor })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('is refused for the cursors of every other order of the same rows', async () => {
    const cursors = await Promise.all(
      Object.values(orders).map(async (other) => (await pageOf(other, { limit: 5 })).nextCursor ?? ''),
    )
    for (const [at, mine] of Object.values(orders).entries())
      for (const [from, cursor] of cursors.entries())
        await expect(pageOf(mine, { limit: 5, cursor }).catch(({ code }) => code)).resolves.toEqual(
          from === at ? expect.objectContaining({ items: expect.any(Array) }) : 'validation_failed',
        )
  })

  it('is refused for a cursor together with last', async () => {
    const { nextCursor } = await pageOf(keys, { limit: 5 })
    const both = pageOf(keys, { limit: 5, cursor: nextCursor ?? '', last: 'true' })
    await expect(both).rejects.toMatchObject({ code: 'validation_failed' })
  })
})
