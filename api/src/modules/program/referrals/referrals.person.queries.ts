import { maskName } from '@goodword/domain'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { byRowid } from '../../../shared/byRowid.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { ascending } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { type PreparedSlice, preparedPages } from '../../../shared/preparedPages.ts'
import { everyPage } from '../../../shared/wholeLists.ts'
import { enrollmentsOf } from '../advocates/merge.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { referrals } from './referrals.table.ts'

const rows = (db: Queries, condition: SQL | undefined, { where, orderBy, limit }: PreparedSlice) =>
  db
    .select({
      id: referrals.id,
      campaignId: referrals.campaignId,
      status: referrals.status,
      submitted: referrals.submitted,
      campaign: campaigns.name,
      source: referrals.source,
      at: referrals.createdAt,
      changedAt: referrals.updatedAt,
    })
    .from(referrals)
    .innerJoin(campaigns, eq(campaigns.id, referrals.campaignId))
    .where(and(sql`+${referrals.organizationId} = ${sql.placeholder('organizationId')}`, condition, where))
    .orderBy(...orderBy)
    .limit(limit)
    .prepare()

type Row = Awaited<ReturnType<ReturnType<typeof rows>['all']>>[number]

const byTime = [ascending<Row>(referrals.createdAt, ({ at }) => at), byRowid<Row>(referrals, 'asc', ({ id }) => id)]

const pagesOfAdvocate = preparedPages<Row>(byTime, (db, slice) =>
  rows(db, eq(referrals.enrollmentId, sql.placeholder('enrollmentId')), slice),
)

/** The friends a contact referred, by program, in pages; masked because that is other people's data. */
export async function* referredBy(ctx: Ctx, contactId: string) {
  const { db, organizationId } = inBackground(ctx)
  for (const { id: enrollmentId } of await enrollmentsOf(ctx, contactId))
    yield* everyPage(
      (request) => pagesOfAdvocate(db, request, { organizationId, enrollmentId }),
      ({ submitted, status, campaign, source, at, changedAt }) => ({
        friend: maskName(submitted.name),
        status,
        campaign,
        source,
        at: iso(at),
        changedAt: iso(changedAt),
      }),
    )
}

const pagesOfFriend = preparedPages<Row>(
  [ascending<Row>(referrals.campaignId, ({ campaignId }) => campaignId), ...byTime],
  (db, slice) => rows(db, eq(referrals.friendContactId, sql.placeholder('contactId')), slice),
)

/** The referrals of a contact as a friend, by campaign, in pages, with what the contact submitted. */
export function referredAs(ctx: Ctx, contactId: string) {
  const { db, organizationId } = inBackground(ctx)
  return everyPage(
    (request) => pagesOfFriend(db, request, { organizationId, contactId }),
    ({ submitted, status, campaign, source, at, changedAt }) => ({
      name: submitted.name,
      email: submitted.email ?? null,
      phone: submitted.phone ?? null,
      message: submitted.message ?? null,
      answer: submitted.answer ?? null,
      status,
      campaign,
      source,
      at: iso(at),
      changedAt: iso(changedAt),
    }),
  )
}
