import type { Page, ReferralExportQuery } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { cursorAfter, cursorBefore, type PageRequest, type Position, positionOf } from '../../../shared/keyset.ts'
import { conditionsBesides, limitedRows, readFilter } from './referrals.filter.queries.ts'
import { isInOrder, partsOf, sortLimited, walkInOrder } from './referrals.walks.queries.ts'

/** Candidates read at once if some don't match: a few milliseconds. */
const candidatesAtOnce = 500
/** Then a page ends early, and its cursor goes on from there. */
const candidatesMax = 20_000

/** How a page is read: candidates in order, of which those match that fulfill the other conditions. */
type Walk = { candidates: (position: Position, limit: number) => SQL; conditions: SQL[]; more: boolean }

/** The ids of a page of referrals. With several filters, a page can be shorter than its limit before the list ends. */
export async function pageOfIds(
  ctx: Ctx,
  query: ReferralExportQuery,
  request: PageRequest,
  readMost = candidatesMax,
): Promise<Page<string>> {
  const position = positionOf(request, 3)
  const walk = await walkOf(ctx, query)
  const { entries, end } = await readEntries(ctx, walk, position, { limit: request.limit, readMost })
  // What precedes fills less than a page, so this is now the first one: show all of it.
  if (position.backward && position.values !== null && end === null)
    return await pageOfIds(ctx, query, { limit: request.limit }, readMost)
  const { backward, values } = position
  if (backward) entries.reverse()
  const [first] = entries
  const last = entries.at(-1)
  const onward = end === null ? null : backward ? cursorBefore(end) : cursorAfter(end)
  // Past the end, what precedes is the last page.
  const rest = end === null ? [] : (values ?? [])
  const back =
    values === null
      ? null
      : backward
        ? cursorAfter(last ? valuesOf(last) : values)
        : cursorBefore(first ? valuesOf(first) : rest)
  return {
    items: entries.map(({ id }) => id),
    nextCursor: backward ? back : onward,
    previousCursor: backward ? onward : back,
    ...(walk.more ? { moreMatches: true as const } : {}),
  }
}

type Entry = { rank: number; key: number; id: string }

const valuesOf = ({ rank, key, id }: Entry) => [rank, key, id]

/** At most `limit` entries, and where to go on; null if that is the end of the list. */
async function readEntries(
  ctx: Ctx,
  { candidates, conditions }: Walk,
  { backward, values }: Position,
  { limit, readMost }: { limit: number; readMost: number },
): Promise<{ entries: Entry[]; end: (string | number)[] | null }> {
  const matches = conditions.length === 0 ? sql`1` : sql`(${sql.join(conditions, sql`) AND (`)})`
  const order = sql.raw(backward ? 'c.rank DESC, c.key DESC, c.place DESC' : 'c.rank, c.key, c.place')
  const atOnce = conditions.length === 0 ? limit + 1 : Math.max(limit + 1, candidatesAtOnce)
  const entries: Entry[] = []
  let position: Position = { backward, values }
  for (let read = 0; ; ) {
    const rows = await ctx.db.all<[number, number, string, number]>(sql`
      SELECT c.rank, c.key, r.id, ${matches} FROM (${candidates(position, atOnce)}) c
      CROSS JOIN referrals r ON r.rowid = abs(c.place) ORDER BY ${order}`)
    for (const [rank, key, id, isMatch] of rows) {
      const end = entries.at(-1)
      if (isMatch && entries.length === limit && end) return { entries, end: valuesOf(end) }
      if (isMatch) entries.push({ rank, key, id })
    }
    read += rows.length
    const last = rows.at(-1)
    if (rows.length < atOnce || last === undefined) return { entries, end: null }
    const [rank, key, id] = last
    if (read >= readMost) return { entries, end: [rank, key, id] }
    position = { backward, values: [rank, key, id] }
    // Other requests run between two reads.
    await new Promise(setImmediate)
  }
}

/** Walks an index in the order of the list, or sorts the rows of a filter if it has no such index and they are few. */
async function walkOf(ctx: Ctx, query: ReferralExportQuery): Promise<Walk> {
  const filter = await readFilter(ctx, query)
  const { range, more } = filter
  const parts = partsOf(query.sort, range.from !== null || range.to !== null, query.status)
  const walked = filter.scopes.find((scope) => isInOrder(scope, parts)) ?? filter.all
  const conditions = conditionsBesides(filter, walked)
  const limited = conditions.length > 0 || filter.candidates ? await limitedRows(ctx, filter) : null
  return limited
    ? { candidates: (position, limit) => sortLimited(limited, parts, range, { position, limit }), conditions: [], more }
    : { candidates: (position, limit) => walkInOrder(walked, parts, range, { position, limit }), conditions, more }
}
