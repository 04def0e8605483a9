import type { Leaderboard, LeaderboardPeriod, Page, PublicStanding } from '@goodword/contracts'
import {
  addMonths,
  leaderboardName,
  monthsAround,
  periodName,
  placeIn,
  showsPlaces,
  type Tally,
} from '@goodword/domain'
import { and, asc, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { ascending, type PageRequest } from '../../../shared/keyset.ts'
import { preparedPages } from '../../../shared/preparedPages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { leaderboardEntries, leaderboards, leaderboardTally } from './leaderboard.table.ts'

export type Audience = 'console' | 'public'

/** A period of the organization whose name is bound; its lists are empty while nothing counts in it. */
const board = sql`(SELECT ${leaderboards.id} FROM ${leaderboards}
  WHERE ${leaderboards.organizationId} = ${sql.placeholder('organizationId')}
    AND ${leaderboards.period} = ${sql.placeholder('name')})`

/** How many advocates have each count: some dozens of rows, however many advocates there are. */
export async function tallyOf(ctx: Ctx, name: string, audience: Audience): Promise<Tally> {
  const rows = await tallyRows(ctx.db).all({ organizationId: ctx.organizationId, name, audience })
  return new Map(rows.map(({ closed, advocates }) => [closed, advocates]))
}

const tallyRows = prepared((db) =>
  db
    .select({ closed: leaderboardTally.closed, advocates: leaderboardTally.advocates })
    .from(leaderboardTally)
    .where(and(eq(leaderboardTally.board, board), eq(leaderboardTally.audience, sql.placeholder('audience'))))
    .prepare(),
)

export const sizeOf = (tally: Tally): number => [...tally.values()].reduce((sum, advocates) => sum + advocates, 0)

const entryRows = (db: Queries) =>
  db
    .select({
      contactId: leaderboardEntries.contactId,
      name: contacts.name,
      closed: leaderboardEntries.closed,
      cleared: leaderboardEntries.cleared,
      listed: leaderboardEntries.listed,
    })
    .from(leaderboardEntries)
    .innerJoin(contacts, eq(contacts.id, leaderboardEntries.contactId))

type Row = Awaited<ReturnType<ReturnType<typeof entryRows>['all']>>[number]
const byContact = ascending<Row>(leaderboardEntries.contactId, ({ contactId }) => contactId)

const standings = preparedPages<Row>(
  [ascending<Row>(leaderboardEntries.closedKey, ({ closed }) => -closed), byContact],
  (db, slice) =>
    entryRows(db)
      .where(and(eq(leaderboardEntries.board, board), sql`${leaderboardEntries.closed} > 0`, slice.where))
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare(),
)

/** Everyone with a count, in the order of the console's list. A cursor is of one period. */
export const standingsOf = (ctx: Ctx, name: string, request: PageRequest): Promise<Page<Row>> =>
  standings(ctx.db, { ...request, of: name }, { organizationId: ctx.organizationId, name })

const publicRows = prepared((db) =>
  entryRows(db)
    .where(
      and(
        eq(leaderboardEntries.board, board),
        sql`${leaderboardEntries.cleared} > 0 AND ${leaderboardEntries.listed} = 1`,
      ),
    )
    .orderBy(asc(leaderboardEntries.clearedKey), asc(leaderboardEntries.contactId))
    .limit(sql.placeholder('limit'))
    .prepare(),
)

/** What counts for one contact in a period. */
export async function standingOf(ctx: Ctx, name: string, contactId: string): Promise<Row | null> {
  return (await ownRow(ctx.db).get({ organizationId: ctx.organizationId, name, contactId })) ?? null
}

const ownRow = prepared((db) =>
  entryRows(db)
    .where(and(eq(leaderboardEntries.contactId, sql.placeholder('contactId')), eq(leaderboardEntries.board, board)))
    .prepare(),
)

/** The period around a moment: its name, and its first and last month. */
export async function periodAt(ctx: Ctx, period: LeaderboardPeriod, at: number) {
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const around = period === 'all' ? null : monthsAround(period, at, timeZone)
  return {
    name: periodName(period, at, timeZone),
    months: around && { first: around.first, last: addMonths(around.after, -1) },
  }
}

type PublicRow = Omit<PublicStanding, 'countText'> & { contactId: string }
export type PublicLeaderboard = { months: Leaderboard['months']; rows: PublicRow[]; tally: Tally }

/** What everyone may see of a period: the first `shows` of those who asked to be listed. Ids are for us alone. */
export async function publicLeaderboard(
  ctx: Ctx,
  { period, shows, at }: { period: LeaderboardPeriod; shows: number; at: number },
): Promise<PublicLeaderboard> {
  const { name, months } = await periodAt(ctx, period, at)
  const tally = await tallyOf(ctx, name, 'public')
  const rows = await publicRows(ctx.db).all({ organizationId: ctx.organizationId, name, limit: shows })
  const withPlaces = showsPlaces(sizeOf(tally))
  return {
    months,
    rows: rows.flatMap(({ contactId, name: whole, cleared }) => {
      const shown = leaderboardName(whole)
      if (shown === null) return []
      const { place, shared } = placeIn(tally, cleared)
      const counted = withPlaces ? { place, shared, closed: cleared } : { place: null, shared: false, closed: null }
      return [{ contactId, name: shown, ...counted }]
    }),
    tally,
  }
}
