import type { Page, SearchableKind } from '@goodword/contracts'
import { and, type Column, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import type { Slice } from '../../../shared/keyset.ts'
import type { PreparedSlice } from '../../../shared/preparedPages.ts'
import { search, searchColumn, searchMax, searchPlaces } from './find.ts'
import { searchablesOf } from './indexing.ts'

/** What a list's `q` matches, as a condition for its statement. Without `q` there is none. */
export type SearchFilter = { where: SQL | undefined; more: boolean }

const noFilter: SearchFilter = { where: undefined, more: false }

const isOneOf = (column: Column | SQL, ids: string[]): SQL =>
  sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`

/** The rows of a kind that match; `column` holds their id. */
export async function searchFilter(
  ctx: Ctx,
  kind: SearchableKind,
  column: Column | SQL,
  q: string | undefined,
): Promise<SearchFilter> {
  if (!q) return noFilter
  const { ids, more } = await search(ctx, kind, q)
  return { where: isOneOf(column, ids), more }
}

/** The places of the rows of a kind that match, as a JSON array of rowids; null without `q`. */
export type FoundPlaces = { places: string | null; more: boolean }

export async function searchRows(ctx: Ctx, kind: SearchableKind, q: string | undefined): Promise<FoundPlaces> {
  if (!q) return { places: null, more: false }
  const { places, more } = await searchPlaces(ctx, kind, q)
  return { places: JSON.stringify(places), more }
}

/**
 * The rows of a slice among found ones, whose rowids are the placeholder `places`. They are sorted before anything else
 * of theirs is read.
 */
export function amongPlaces(table: SQLiteTable, conditions: (SQL | undefined)[], slice: PreparedSlice): SQL {
  return firstOf(
    table,
    sql`(SELECT value AS place FROM json_each(${sql.placeholder('places')})) found
    CROSS JOIN ${table} NOT INDEXED ON ${table}.rowid = found.place WHERE ${and(sql`true`, ...conditions, slice.where)}`,
    slice,
  )
}

/** The same among the rows of contacts, whose ids are the placeholder `contacts`. */
export const amongContacts = (
  contactId: Column,
  index: string,
  conditions: (SQL | undefined)[],
  slice: PreparedSlice,
): SQL =>
  firstOf(
    contactId.table as SQLiteTable,
    rowsOfContacts(sql.placeholder('contacts'), contactId, index, [...conditions, slice.where]),
    slice,
  )

const firstOf = (table: SQLiteTable, rows: SQL, { orderBy, limit }: PreparedSlice): SQL =>
  sql`${table}.rowid IN (SELECT ${table}.rowid FROM ${rows} ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${limit})`

/** The contacts that match, as a JSON array of their ids; null without `q`. */
export type FoundContacts = { contacts: string | null; more: boolean }

/**
 * The contacts whose rows a list shows. Among more than a thousand people with a frequent name, those who take part are
 * found: half of a thousand are the contacts of kinds that belong to one.
 */
export async function searchContacts(ctx: Ctx, q: string | undefined): Promise<FoundContacts> {
  if (!q) return { contacts: null, more: false }
  const found = await searchColumn(ctx, 'contact', q, 'id')
  if (!found.more) return { contacts: JSON.stringify(found.ids), more: false }
  const contacts = new Set(found.ids.slice(0, searchMax / 2))
  let more = false
  for (const { kind, contact } of searchablesOf(ctx.modules)) {
    if (contact === undefined) continue
    const others = await searchColumn(ctx, kind, q, contact, searchMax / 2)
    more ||= others.more
    for (const id of others.ids) contacts.add(id)
  }
  return { contacts: JSON.stringify([...contacts]), more }
}

/**
 * What follows FROM for the rows that these contacts have: walks an index that starts with the contact, which answers
 * alone if it holds all that the conditions name. The contacts are the organization's, and so are their rows.
 */
export function rowsOfContacts(
  contacts: string | Placeholder,
  contactId: Column,
  index: string,
  conditions: (SQL | undefined)[],
): SQL {
  const all = [sql`${contactId} = found.contact`, ...conditions.flatMap((condition) => condition ?? [])]
  return sql`(SELECT value AS contact FROM json_each(${contacts})) found
    CROSS JOIN ${contactId.table} INDEXED BY ${sql.identifier(index)} WHERE ${sql.join(all, sql` AND `)}`
}

/**
 * The first of some rows, in order. Finds where they are, so that an index alone can answer, and then has `read` read
 * those: it is given their rowids as a JSON array.
 */
export async function readFirst<Row extends { place: number }>(
  db: Queries,
  from: { table: SQLiteTable; rows: SQL },
  { orderBy, limit }: Pick<Slice, 'orderBy' | 'limit'>,
  read: (places: string) => Promise<Row[]>,
): Promise<Row[]> {
  const found = await db.all<[number]>(
    sql`SELECT ${from.table}.rowid FROM ${from.rows} ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${limit}`,
  )
  const rows = await read(JSON.stringify(found.map(([place]) => place)))
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return found.flatMap(([place]) => byPlace.get(place) ?? [])
}

/** Says on a page that its search matches more than it shows. */
export const withMore = <Item>(page: Page<Item>, { more }: { more: boolean }): Page<Item> =>
  more ? { ...page, moreMatches: true } : page
