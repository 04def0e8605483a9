import { createHash } from 'node:crypto'
import type { Page } from '@goodword/contracts'
import { asc, type Column, desc, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { AppError } from './errors.ts'

type CursorValue = string | number

/** One part of a list's order: a column or expression that is never null. The last part of an order breaks all ties. */
export type SortKey<Row> = {
  by: SQL | Column
  direction: 'asc' | 'desc'
  of: (row: Row) => CursorValue
  /** A cursor's value as SQL, where it isn't the value of `by` itself. */
  bound?: (value: CursorValue | Placeholder) => SQL
}

export const ascending = <Row>(by: SQL | Column, of: SortKey<Row>['of']): SortKey<Row> => ({
  by,
  direction: 'asc',
  of,
})
export const descending = <Row>(by: SQL | Column, of: SortKey<Row>['of']): SortKey<Row> => ({
  by,
  direction: 'desc',
  of,
})

/** What a caller asks of a list. `of` is the id of the record whose list it is, if every record has one of its own. */
export type PageRequest = {
  limit: number
  cursor?: string | undefined
  last?: 'true' | undefined
  of?: string | undefined
}

/** A place between two rows, and the direction to read on from it. Without values it is an end of the list. */
export type Position = { backward: boolean; values: CursorValue[] | null }

/** What to select: one row more than the page shows, in reverse order if the page is read backward. */
export type Slice = { where: SQL | undefined; orderBy: SQL[]; limit: number; backward: boolean }

/**
 * The order of a list in its cursors: a name, so that those of another list, another record or another sort are refused,
 * and how many values.
 */
export type Order = { name: string; length: number }

const dialect = new SQLiteSyncDialect()
const orders = new WeakMap<readonly SortKey<never>[], Order>()

/** Of a record's own list, the order has its id in its name. */
export function orderOf<Row>(keys: readonly SortKey<Row>[], of?: string): Order {
  const order = orderOfKeys(keys)
  return of === undefined ? order : { name: `${order.name} ${of}`, length: order.length }
}

/** Made once for each list of keys. */
function orderOfKeys<Row>(keys: readonly SortKey<Row>[]): Order {
  const known = orders.get(keys)
  if (known) return known
  const text = dialect.sqlToQuery(sql.join(keys.map(({ by, direction }) => sql`${by} ${sql.raw(direction)}`))).sql
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 6)
  const order = { name, length: keys.length }
  orders.set(keys, order)
  return order
}

const encode = (direction: '>' | '<', { name }: Order, values: CursorValue[]): string =>
  Buffer.from(JSON.stringify([direction, name, ...values])).toString('base64url')

/** The cursor of what follows the row with these sort values. Opaque to the caller. */
export const cursorAfter = (order: Order, values: CursorValue[]): string => encode('>', order, values)

/** The cursor of what precedes it; without values, of the last page. */
export const cursorBefore = (order: Order, values: CursorValue[]): string => encode('<', order, values)

/** Where to start reading. Throws validation_failed for a cursor of another order. */
export function positionOf({ cursor, last }: PageRequest, order: Order): Position {
  if (cursor === undefined) return { backward: last !== undefined, values: null }
  if (last !== undefined) throw refusal('cursor', 'Send either a cursor or last, not both.')
  const { direction, values } = decode(cursor, order) ?? {}
  if (direction === '<' && values?.length === 0) return { backward: true, values: null }
  if ((direction === '<' || direction === '>') && values?.length === order.length)
    return { backward: direction === '<', values }
  throw refusal('cursor', 'Start again without a cursor.')
}

/** The sort values of a place, which is a cursor of either direction. Throws validation_failed for one of another order. */
export function valuesOfPlace(place: string, order: Order): CursorValue[] {
  const { values } = decode(place, order) ?? {}
  if (values?.length === order.length) return values
  throw refusal('place', 'Start again without a place.')
}

function decode(cursor: string, order: Order): { direction: unknown; values: CursorValue[] } | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(parts)) return null
    const [direction, name, ...values]: unknown[] = parts
    return name === order.name && values.every(isCursorValue) ? { direction, values } : null
  } catch {
    return null
  }
}

const isCursorValue = (value: unknown): value is CursorValue => typeof value === 'string' || Number.isFinite(value)

const refusal = (path: 'cursor' | 'place', message: string) =>
  new AppError('validation_failed', {
    detail: `The ${path} does not belong to this list. Start again without it.`,
    errors: [{ path, message }],
  })

/** The slice of a list at a position. */
export function sliceAt<Row>(
  keys: readonly SortKey<Row>[],
  { backward, values }: { backward: boolean; values: (CursorValue | Placeholder)[] | null },
  limit: number,
): Slice {
  const directions = keys.map(({ direction }) => ((direction === 'asc') === backward ? 'desc' : 'asc'))
  return {
    where: values === null ? undefined : beyond(keys, directions, values),
    orderBy: keys.map(({ by }, at) => (directions[at] === 'asc' ? asc(by) : desc(by))),
    limit: limit + 1,
    backward,
  }
}

/**
 * The rows past a place. SQLite seeks a comparison of row values in an index, but it has only one direction; with
 * several, the first key alone is sought.
 */
function beyond<Row>(
  keys: readonly SortKey<Row>[],
  directions: ('asc' | 'desc')[],
  values: (CursorValue | Placeholder)[],
): SQL {
  const bounds = keys.map(({ bound }, at) => bound?.(values[at] ?? '') ?? sql`${values[at]}`)
  const sign = (direction: 'asc' | 'desc' | undefined) => sql.raw(direction === 'asc' ? '>' : '<')
  if (new Set(directions).size === 1) {
    const columns = keys.map(({ by }) => sql`${by}`)
    return keys.length === 1
      ? sql`${columns[0]} ${sign(directions[0])} ${bounds[0]}`
      : sql`(${sql.join(columns, sql`, `)}) ${sign(directions[0])} (${sql.join(bounds, sql`, `)})`
  }
  return keys.reduceRight<SQL | undefined>((rest, { by }, at) => {
    const past = sign(directions[at])
    if (rest === undefined) return sql`${by} ${past} ${bounds[at]}`
    return sql`(${by} ${past}= ${bounds[at]} AND (${by} ${past} ${bounds[at]} OR ${rest}))`
  }, undefined) as SQL
}

/** The page of the rows of a slice. */
export function cutPage<Row>(
  rows: Row[],
  { limit, of }: PageRequest,
  keys: readonly SortKey<Row>[],
  { backward, values }: Position,
): Page<Row> {
  const kept = rows.slice(0, limit)
  if (backward) kept.reverse()
  const hasMore = rows.length > limit
  const order = orderOf(keys, of)
  const valuesOf = (row: Row) => keys.map((key) => key.of(row))
  const [first] = kept
  const last = kept.at(-1)
  const hasPrevious = backward ? hasMore : values !== null
  const hasNext = backward ? values !== null : hasMore
  return {
    items: kept,
    nextCursor: hasNext && last !== undefined ? cursorAfter(order, valuesOf(last)) : null,
    // Past the end, what precedes is the last page.
    previousCursor: hasPrevious ? cursorBefore(order, first === undefined ? [] : valuesOf(first)) : null,
  }
}

/**
 * A page of a list in the order of its keys: the first, the one after or before a cursor, or the last. What `fetch`
 * selects must be in that slice. Throws validation_failed for a cursor of another list.
 */
export const readPage = <Row>(
  request: PageRequest,
  keys: readonly SortKey<Row>[],
  fetch: (slice: Slice) => PromiseLike<Row[]>,
): Promise<Page<Row>> => readRows(request, keys, (position) => fetch(sliceAt(keys, position, request.limit)))

/** The same for rows that are selected by their position; `limit` is one more than the page shows. */
export async function readRows<Row>(
  request: PageRequest,
  keys: readonly SortKey<Row>[],
  fetch: (position: Position, limit: number) => PromiseLike<Row[]>,
): Promise<Page<Row>> {
  const { limit, of } = request
  const position = positionOf(request, orderOf(keys, of))
  const rows = await fetch(position, limit + 1)
  // What precedes fills less than a page, so this is now the first one: show all of it.
  if (position.backward && position.values !== null && rows.length <= limit)
    return await readRows({ limit, of }, keys, fetch)
  return cutPage(rows, request, keys, position)
}

/** The same page with each row turned into what is answered. */
export const mapPage = <Row, Item>(page: Page<Row>, item: (row: Row) => Item): Page<Item> => ({
  ...page,
  items: page.items.map(item),
})
