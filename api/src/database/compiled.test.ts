import { eq, getTableColumns, sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { isUniqueViolation } from './constraint.ts'
import { changing, prepared, preparedInsert, preparedRows } from './prepared.ts'
import type { Queries } from './queries.ts'

const owners = sqliteTable('test_owners', {
  id: text().primaryKey(),
  nickName: text(),
  isKind: integer({ mode: 'boolean' }).notNull(),
  born: integer({ mode: 'timestamp_ms' }),
  likes: text({ mode: 'json' }).$type<string[]>().notNull(),
  hates: text({ mode: 'json' }).$type<string[]>(),
  isShy: integer({ mode: 'boolean' }),
})
const dogs = sqliteTable('test_dogs', { name: text(), ownerId: text().notNull(), kilos: integer().notNull() })

let test: TestServices
beforeAll(async () => {
  test = await createTestServices()
  await test.services.database.write(async (tx) => {
    await tx.run(
      sql`CREATE TABLE test_owners (id TEXT PRIMARY KEY, nick_name TEXT, is_kind INTEGER NOT NULL, born INTEGER, likes TEXT NOT NULL, hates TEXT, is_shy INTEGER)`,
    )
    await tx.run(sql`CREATE TABLE test_dogs (name TEXT, owner_id TEXT NOT NULL, kilos INTEGER NOT NULL)`)
    await addOwner(tx, {
      id: 'anna',
      nickName: null,
      isKind: true,
      born: null,
      likes: ['tea', "it's"],
      hates: null,
      isShy: null,
    })
    await addOwner(tx, {
      id: 'ben',
      nickName: 'B',
      isKind: false,
      born: new Date(9),
      likes: [],
      hates: ['rain'],
      isShy: false,
    })
    await addDog(tx, { name: null, ownerId: 'anna', kilos: 4 })
    await addDog(tx, { name: 'Rex', ownerId: 'anna', kilos: 30 })
  })
})
afterAll(() => test.close())

const addOwner = preparedInsert(owners)
const addDog = preparedInsert(dogs)

/** Every way in which rows are read: flat, joined, with a part that may be missing, and computed. */
const queries = {
  flat: (db: Queries) =>
    db
      .select()
      .from(owners)
      .where(sql`${owners.id} >= ${sql.placeholder('id')}`)
      .prepare(),
  chosen: (db: Queries) =>
    db
      .select({
        id: owners.id,
        upper: sql<string>`upper(${owners.id})`,
        twice: sql<number>`2 * ${sql.placeholder('id')}`.mapWith(String),
      })
      .from(owners)
      .prepare(),
  inner: (db: Queries) => db.select().from(owners).innerJoin(dogs, eq(dogs.ownerId, owners.id)).prepare(),
  left: (db: Queries) =>
    db.select().from(owners).leftJoin(dogs, eq(dogs.ownerId, owners.id)).orderBy(owners.id, dogs.kilos).prepare(),
  named: (db: Queries) =>
    db
      .select({
        owner: getTableColumns(owners),
        dog: { kilos: dogs.kilos, name: dogs.name },
        heavy: sql<boolean>`${dogs.kilos} > 9`,
      })
      .from(owners)
      .leftJoin(dogs, eq(dogs.ownerId, owners.id))
      .orderBy(owners.id, dogs.kilos)
      .prepare(),
  limited: (db: Queries) =>
    db
      .select()
      .from(dogs)
      .where(eq(dogs.kilos, sql.placeholder('id')))
      .limit(1)
      .prepare(),
  changed: (db: Queries) =>
    db
      .update(dogs)
      .set({ kilos: sql`${dogs.kilos}` })
      .where(eq(dogs.ownerId, sql.placeholder('id')))
      .returning()
      .prepare(),
}

describe('a prepared query reads the same as drizzle reads it', () => {
  it.each(Object.entries(queries))('%s', async (_, build) => {
    await test.services.database.write(async (tx) => {
      const ours = prepared(build as typeof queries.flat)(tx)
      const theirs = (build as typeof queries.flat)(tx)
      for (const id of ['', 'anna', 'ben', 'nobody', '4']) {
        expect(await ours.all({ id })).toEqual(await theirs.all({ id }))
        expect(await ours.get({ id })).toEqual(await theirs.get({ id }))
      }
    })
  })
})

describe('rows that come as one value are read the same', () => {
  const { changed: _, ...selects } = queries
  it.each(Object.entries(selects))('%s', async (_name, build) => {
    const { read } = test.services.database
    const ours = preparedRows(build as typeof queries.flat)(read)
    const theirs = (build as typeof queries.flat)(read)
    for (const id of ['', 'anna', 'ben', 'nobody', '4'])
      expect(await ours.all({ id })).toEqual(await theirs.all({ id }))
  })

  it('however unusual the text', async () => {
    const names = ['"', '\\', '\u2028', '\u0001\n\t', '👩‍👩‍👧', 'é', '[1]', '{"a":1}', '', '9007199254740991']
    await test.services.database.write(async (tx) => {
      for (const name of names) await addDog(tx, { name, ownerId: 'many', kilos: Number.MAX_SAFE_INTEGER })
    })
    const ofOwner = preparedRows((db) =>
      db
        .select()
        .from(dogs)
        .where(eq(dogs.ownerId, sql.placeholder('id')))
        .orderBy(sql`rowid`)
        .prepare(),
    )
    const rows = await ofOwner(test.services.database.read).all({ id: 'many' })
    expect(rows).toEqual(names.map((name) => ({ name, ownerId: 'many', kilos: Number.MAX_SAFE_INTEGER })))
  })
})

it('values are stored as drizzle stores them, and a missing one is null whatever its type', async () => {
  const stored = () => test.services.database.read.all(sql`SELECT * FROM test_owners ORDER BY id`)
  const expected = [
    ['anna', null, 1, null, '["tea","it\'s"]', null, null],
    ['ben', 'B', 0, 9, '[]', '["rain"]', 0],
  ]
  expect(await stored()).toEqual(expected)
  await test.services.database.write(async (tx) => {
    const rows = await tx.select().from(owners)
    await tx.delete(owners)
    await tx.insert(owners).values(rows)
  })
  expect(await stored()).toEqual(expected)
})

it('an update sets JSON, a boolean and a moment to null', async () => {
  await test.services.database.write(async (tx) => {
    await addOwner(tx, {
      id: 'cleo',
      nickName: null,
      isKind: true,
      born: new Date(1),
      likes: [],
      hates: ['tea'],
      isShy: true,
    })
    const change = prepared((db) =>
      db
        .update(owners)
        .set(changing(owners, 'born', 'hates', 'isShy'))
        .where(eq(owners.id, sql.placeholder('id')))
        .prepare(),
    )
    await change(tx).run({ id: 'cleo', born: null, hates: null, isShy: null })
    expect(await tx.all(sql`SELECT born, hates, is_shy FROM test_owners WHERE id = 'cleo'`)).toEqual([
      [null, null, null],
    ])
    await tx.delete(owners).where(eq(owners.id, 'cleo'))
  })
})

it('a missing value is refused, and an error says which statement failed', async () => {
  const { database } = test.services
  await expect(prepared(queries.flat)(database.read).all({})).rejects.toThrow('No value for placeholder "id"')
  const again = database.write((tx) =>
    addOwner(tx, {
      id: 'ben',
      nickName: null,
      isKind: true,
      born: new Date(9),
      likes: [],
      hates: ['rain'],
      isShy: false,
    }),
  )
  await expect(again).rejects.toSatisfy((error) => isUniqueViolation(error, 'test_owners.id'))
  await expect(again).rejects.toThrow('Failed query: insert into "test_owners"')
})
