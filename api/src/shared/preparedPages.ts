import type { Page } from '@goodword/contracts'
import { type Placeholder, sql } from 'drizzle-orm'
import { preparedRows, type Runnable } from '../database/prepared.ts'
import type { Queries } from '../database/queries.ts'
import { type PageRequest, type Position, readRows, type Slice, type SortKey, sliceAt } from './keyset.ts'

/** A slice whose cursor and limit are placeholders. */
export type PreparedSlice = Omit<Slice, 'limit'> & { limit: Placeholder }

type Values = Record<string, unknown>
type PreparedRows<Row> = Omit<Runnable, 'all'> & { all(values?: Values): Promise<Row[]> }

/**
 * Reads pages by statements that are prepared once: for each direction, with a cursor and without. `build` names its own
 * values as placeholders, too.
 */
export function preparedPages<Row>(
  keys: readonly SortKey<Row>[],
  build: (db: Queries, slice: PreparedSlice) => PreparedRows<Row>,
): (db: Queries, request: PageRequest, values: Values) => Promise<Page<Row>> {
  const limit = sql.placeholder('limit')
  const cursor = keys.map((_, at) => sql.placeholder(`cursor${at}`))
  const shape = (backward: boolean, values: Placeholder[] | null) => {
    const slice = { ...sliceAt(keys, { backward, values }, 0), limit }
    return preparedRows((db) => build(db, slice))
  }
  const forward = { start: shape(false, null), next: shape(false, cursor) }
  const backward = { start: shape(true, null), next: shape(true, cursor) }
  const shapeAt = (position: Position) => (position.backward ? backward : forward)[position.values ? 'next' : 'start']
  return (db, request, values) =>
    readRows(request, keys, (position, most) => {
      const cursors = (position.values ?? []).map((value, at) => [`cursor${at}`, value])
      return shapeAt(position)(db).all({ ...values, ...Object.fromEntries(cursors), limit: most })
    })
}

/** What is made once for each shape a list can have, when it is first asked for. */
export function shapes<Shape extends Record<string, string | boolean>, Made>(
  make: (shape: Shape) => Made,
): (shape: Shape) => Made {
  const known = new Map<string, Made>()
  return (shape) => {
    const name = JSON.stringify(shape)
    const made = known.get(name) ?? make(shape)
    known.set(name, made)
    return made
  }
}
