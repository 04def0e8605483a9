import { type ReferralQuery, type ReferralStatus, referralStatuses } from '@goodword/contracts'
import { liveStatuses } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import type { Position } from '../../../shared/keyset.ts'
import type { Limited, Scope } from './referrals.filter.queries.ts'

/** From and to in ms, the end excluded. */
export type Range = { from: number | null; to: number | null }

const open: ReferralStatus[] = [...liveStatuses]
const closed = referralStatuses.filter((status) => !open.includes(status))
const earned: ReferralStatus[] = ['converted', 'reversed']
const unearned = closed.filter((status) => !earned.includes(status))

/**
 * Some statuses of a list and their order. Parts of a lower rank come first, and those of the same rank are merged.
 * For open referrals, step_key is created_at.
 */
export type Part = {
  rank: number
  statuses: ReferralStatus[]
  column: 'step_key' | 'created_at' | 'converted_at'
  isDescending: boolean
}

/** How a list is sorted, and which date a range of days limits: the last column of each part. */
export function partsOf(sort: ReferralQuery['sort'], hasRange: boolean, status?: ReferralStatus): Part[] {
  const parts = {
    next_step: [
      part(0, ['pending'], 'step_key', false),
      part(1, ['accepted'], 'step_key', false),
      hasRange ? part(2, closed, 'created_at', true) : part(2, closed, 'step_key', false),
    ],
    newest: [part(0, open, 'step_key', true), part(0, closed, 'created_at', true)],
    oldest: [part(0, open, 'step_key', false), part(0, closed, 'created_at', false)],
    converted: [
      part(0, earned, 'converted_at', true),
      ...(hasRange ? [] : [part(1, open, 'step_key', true), part(1, unearned, 'created_at', true)]),
    ],
  }[sort]
  if (status === undefined) return parts
  return parts.filter(({ statuses }) => statuses.includes(status)).map((one) => ({ ...one, statuses: [status] }))
}

const part = (rank: number, statuses: ReferralStatus[], column: Part['column'], isDescending: boolean): Part => ({
  rank,
  statuses,
  column,
  isDescending,
})

const inRange = (column: SQL, { from, to }: Range): SQL =>
  sql.join(
    [sql`1`, ...(from === null ? [] : [sql`${column} >= ${from}`]), ...(to === null ? [] : [sql`${column} < ${to}`])],
    sql` AND `,
  )

const oneOf = (statuses: readonly ReferralStatus[]) =>
  sql.raw(`(${statuses.map((status) => `'${status}'`).join(', ')})`)

const whereColumn: Record<Part['column'], SQL> = {
  step_key: sql`1`,
  created_at: sql`status NOT IN ('pending', 'accepted')`,
  converted_at: sql`converted_at IS NOT NULL`,
}

/**
 * The rows of one status in the index that is in the part's order; null if the scope has none. The one of an advocate
 * by time holds all statuses: an advocate has few enough to skip the others.
 */
export function rowsInOrder(scope: Scope, column: Part['column'], status: ReferralStatus, range: Range): SQL | null {
  const index = scope.indexes[column]
  if (index === undefined) return null
  return sql`referrals INDEXED BY ${sql.raw(index)} WHERE ${scope.where} AND status = ${sql.raw(`'${status}'`)}
    AND ${whereColumn[column]} AND ${inRange(sql.raw(column), range)}`
}

/** Whether the scope has an index for each part of the order. */
export const isInOrder = (scope: Scope, parts: Part[]): boolean =>
  parts.every(({ column }) => scope.indexes[column] !== undefined)

type Reading = { position: Position; limit: number }

/** The next candidates as rank, key, place: walks one index for each status and merges them. Reads `limit` rows of each. */
export function walkInOrder(scope: Scope, parts: Part[], range: Range, { position, limit }: Reading): SQL {
  const { backward, values } = position
  const [rankAt = 0, keyAt, id] = values ?? []
  const walks = parts.flatMap(({ rank, statuses, column, isDescending }) => {
    const isPast = values !== null && (backward ? rank > Number(rankAt) : rank < Number(rankAt))
    if (isPast) return []
    const sign = isDescending ? -1 : 1
    const ascends = isDescending === backward
    const direction = sql.raw(ascends ? 'ASC' : 'DESC')
    const beyond =
      values === null || rank !== Number(rankAt)
        ? sql`1`
        : sql`(${sql.raw(column)}, rowid) ${sql.raw(ascends ? '>' : '<')} (${sign * Number(keyAt)}, ${placeOf(id)})`
    return statuses.flatMap((status) => {
      const rows = rowsInOrder(scope, column, status, range)
      if (rows === null) return []
      return sql`SELECT * FROM (SELECT ${sql.raw(`${rank} AS rank, ${sign} * ${column} AS key, ${sign} * rowid AS place`)}
        FROM ${rows} AND ${beyond} ORDER BY ${sql.raw(column)} ${direction}, rowid ${direction} LIMIT ${limit})`
    })
  })
  if (walks.length === 0) return sql`SELECT 0 AS rank, 0 AS key, 0 AS place WHERE 0`
  return sql`${sql.join(walks, sql` UNION ALL `)} ORDER BY ${inOrder(backward)} LIMIT ${limit}`
}

/** Those of some rows that are in one of the parts and in the range. */
export function wantedRows({ rows }: Limited, parts: Part[], range: Range): SQL {
  const hasRange = range.from !== null || range.to !== null
  if (!hasRange && parts.flatMap(({ statuses }) => statuses).length === referralStatuses.length) return rows
  const wanted = parts.map(
    ({ statuses, column }) => sql`(status IN ${oneOf(statuses)} AND ${inRange(sql.raw(column), range)})`,
  )
  return sql`${rows} AND (${wanted.length === 0 ? sql`0` : sql.join(wanted, sql` OR `)})`
}

/** The next candidates of a limited set of rows, which are sorted for that. */
export function sortLimited(limited: Limited, parts: Part[], range: Range, { position, limit }: Reading): SQL {
  const { backward, values } = position
  const [rankAt = 0, keyAt, id] = values ?? []
  const sign = ({ isDescending }: Part) => (isDescending ? '-' : '')
  const place = parts.find(({ rank }) => rank === Number(rankAt))?.isDescending ? sql`-${placeOf(id)}` : placeOf(id)
  const beyond =
    values === null
      ? sql`1`
      : sql`(rank, key, place) ${sql.raw(backward ? '<' : '>')} (${Number(rankAt)}, ${Number(keyAt)}, ${place})`
  const rank = sql.raw(byPart(parts, (one) => String(one.rank)))
  const key = sql.raw(byPart(parts, (one) => `${sign(one)}${one.column}`))
  const signOf = sql.raw(byPart(parts, (one) => `${sign(one)}1`))
  return sql`SELECT * FROM (SELECT ${rank} AS rank, ${key} AS key, ${signOf} * ${limited.rowid} AS place
    FROM ${wantedRows(limited, parts, range)}) WHERE ${beyond} ORDER BY ${inOrder(backward)} LIMIT ${limit}`
}

/** The value of each row's part. The last part is that of every status no other one has. */
function byPart(parts: Part[], value: (part: Part) => string): string {
  const last = parts.at(-1)
  if (last === undefined) return '0'
  const others = parts.filter((one) => value(one) !== value(last))
  const cases = others.flatMap((one) => one.statuses.map((status) => `WHEN '${status}' THEN ${value(one)}`))
  return cases.length === 0 ? value(last) : `CASE status ${cases.join(' ')} ELSE ${value(last)} END`
}

const inOrder = (backward: boolean) =>
  sql.raw(['rank', 'key', 'place'].map((one) => (backward ? `${one} DESC` : one)).join(', '))

/** Where the row of a cursor is in the table: it breaks ties. */
const placeOf = (id: string | number | undefined) => sql`(SELECT rowid FROM referrals WHERE id = ${String(id)})`
