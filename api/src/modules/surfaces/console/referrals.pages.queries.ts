import type { Page, ReferralExportQuery } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import {
  cursorAfter,
  cursorBefore,
  type Order,
  type PageRequest,
  type Position,
  positionOf,
} from '../../../shared/keyset.ts'
import { conditionsBesides, limitedRows, readFilter } from './referrals.filter.queries.ts'
import { isInOrder, type Part, partsOf, sortLimited, walkInOrder } from './referrals.walks.queries.ts'

/** Candidates read at once if some don't match: a few milliseconds. */
const candidatesAtOnce = 500
/** Then a page ends early, and its cursor goes on from there. */
export const candidatesMax = 20_000

/** How a page is read: candidates in order, of which those match that fulfill the other conditions. */
type Walk = {
  parts: Part[]
  candidates: (position: Position, limit: number) => SQL
  conditions: SQL[]
  more: boolean
}

/** A rank means the same in all lists of one sort, and the key of a rank depends on whether days limit the list. */
export const orderOfReferrals = ({ sort, from, to }: ReferralExportQuery): Order => ({
  name: `${sort}${from === undefined && to === undefined ? '' : ' of days'}`,
  length: 3,
})

/**
 * The ids of a page of referrals. With several filters, a page can be shorter than its limit before the list ends; one
 * without any row then has only the cursor that reads on.
 */
export async function pageOfIds(
  ctx: Ctx,
  query: ReferralExportQuery,
  request: PageRequest,
  readMost = candidatesMax,
): Promise<Page<string>> {
  const order = orderOfReferrals(query)
  const position = positionOf(request, order)
  const walk = await walkOf(ctx, query)
  const { entries, end } = await readEntries(ctx, walk, position, { limit: request.limit, readMost })
  // What precedes fills less than a page, so this is now the first one: show all of it.
  if (position.backward && position.values !== null && end === null)
    return await pageOfIds(ctx, query, { limit: request.limit }, readMost)
  const { backward, values } = position
  if (backward) entries.reverse()
  const [first] = entries
  const last = entries.at(-1)
  const onward = end === null ? null : backward ? cursorBefore(order, end) : cursorAfter(order, end)
  // Past the end, what precedes is the last page.
  const rest = end === null ? [] : (values ?? [])
  const isUnfinished = end !== null && entries.length === 0
  const back =
    values === null || isUnfinished
      ? null
      : backward
        ? cursorAfter(order, last ? valuesOf(last) : values)
        : cursorBefore(order, first ? valuesOf(first) : rest)
  return {
    items: entries.map(({ id }) => id),
    nextCursor: backward ? back : onward,
    previousCursor: backward ? onward : back,
    ...(walk.more ? { moreMatches: true as const } : {}),
  }
}

type Entry = { rank: number; key: number; id: string }
type Candidate = Entry & { isMatch: boolean }

export const valuesOf = ({ rank, key, id }: Entry) => [rank, key, id]

/** What follows a position, at least `atLeast` candidates at a time. Other requests run between two reads. */
export async function* readCandidates(
  ctx: Ctx,
  { candidates, conditions }: Walk,
  { backward, values }: Position,
  atLeast: number,
): AsyncGenerator<{ read: Candidate[]; isEnd: boolean }> {
  const matches = conditions.length === 0 ? sql`1` : sql`(${sql.join(conditions, sql`) AND (`)})`
  const order = sql.raw(backward ? 'c.rank DESC, c.key DESC, c.place DESC' : 'c.rank, c.key, c.place')
  const atOnce = conditions.length === 0 ? atLeast : Math.max(atLeast, candidatesAtOnce)
  for (let position: Position = { backward, values }; ; ) {
    const rows = await ctx.db.all<[number, number, string, number]>(sql`
      SELECT c.rank, c.key, r.id, ${matches} FROM (${candidates(position, atOnce)}) c
      CROSS JOIN referrals r ON r.rowid = abs(c.place) ORDER BY ${order}`)
    const read = rows.map(([rank, key, id, isMatch]) => ({ rank, key, id, isMatch: isMatch === 1 }))
    const last = read.at(-1)
    const isEnd = read.length < atOnce || last === undefined
    yield { read, isEnd }
    if (isEnd) return
    position = { backward, values: valuesOf(last) }
    await new Promise(setImmediate)
  }
}

/** At most `limit` entries, and where to go on; null if that is the end of the list. */
async function readEntries(
  ctx: Ctx,
  walk: Walk,
  position: Position,
  { limit, readMost }: { limit: number; readMost: number },
): Promise<{ entries: Entry[]; end: (string | number)[] | null }> {
  const entries: Entry[] = []
  let count = 0
  for await (const { read, isEnd } of readCandidates(ctx, walk, position, limit + 1)) {
    for (const candidate of read) {
      const end = entries.at(-1)
      if (candidate.isMatch && entries.length === limit && end) return { entries, end: valuesOf(end) }
      if (candidate.isMatch) entries.push(candidate)
    }
    count += read.length
    const last = read.at(-1)
    if (!isEnd && last && count >= readMost) return { entries, end: valuesOf(last) }
  }
  return { entries, end: null }
}

/** Walks an index in the order of the list, or sorts the rows of a filter if it has no such index and they are few. */
export async function walkOf(ctx: Ctx, query: ReferralExportQuery): Promise<Walk> {
  const filter = await readFilter(ctx, query)
  const { range, more } = filter
  const parts = partsOf(query.sort, range.from !== null || range.to !== null, query.status)
  const walked = filter.scopes.find((scope) => isInOrder(scope, parts)) ?? filter.all
  const conditions = conditionsBesides(filter, walked)
  const limited = conditions.length > 0 || filter.candidates ? await limitedRows(ctx, filter) : null
  const candidates: Walk['candidates'] = (position, limit) =>
    limited
      ? sortLimited(limited, parts, range, { position, limit })
      : walkInOrder(walked, parts, range, { position, limit })
  return { parts, candidates, conditions: limited ? [] : conditions, more }
}
