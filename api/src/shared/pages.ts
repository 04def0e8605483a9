import { AppError } from './errors.ts'

/** A cursor holds the sort values of the last row; opaque to the caller. */
export const encodeCursor = (values: (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** The values in a cursor we issued. Throws validation_failed for anything else. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length) return values as (string | number | null)[]
  } catch {
    // Falls through to the error below.
  }
  throw new AppError('validation_failed', {
    detail: 'The cursor is not one of ours. Start again without it.',
    errors: [{ path: 'cursor', message: 'Start again without a cursor.' }],
  })
}

/** Cuts rows fetched with one extra into a page and the next cursor. */
export function cutPage<Row, Item>(
  rows: Row[],
  limit: number,
  item: (row: Row) => Item,
  cursor: (row: Row) => (string | number | null)[],
) {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return {
    items: kept.map(item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursor(last)) : null,
  }
}

/** Escapes % and _, so that LIKE matches them literally. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const iso = (at: number): string => new Date(at).toISOString()
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))
