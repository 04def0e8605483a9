import {
  type Page,
  type RewardQuery,
  type RewardSummary,
  type RewardSummaryQuery,
  type RewardTab,
  rewardTabs,
  type Reward as ShownReward,
} from '@goodword/contracts'
import { and, eq, type SQL, sql, sum } from 'drizzle-orm'
import { idFromActorKey } from '../../../database/actorId.ts'
import { prepared } from '../../../database/prepared.ts'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { countUpTo } from '../../../shared/countUpTo.ts'
import { AppError } from '../../../shared/errors.ts'
import { ascending, descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { ownRow } from '../../../shared/ownRow.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { kinds } from '../../money/rewards/kinds/kinds.ts'
import { creditRequests, discountCodes, rewardCounts, rewards } from '../../money/rewards/rewards.table.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { contactFilter, type SearchFilter, withMore } from '../../platform/search/filter.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { ofConversion } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'

const rewardRows = (ctx: Ctx, ...conditions: (SQL | undefined)[]) =>
  ctx.db
    .select({
      reward: rewards,
      contactName: contacts.name,
      campaignName: campaigns.name,
      referralId: referrals.id,
      submitted: referrals.submitted,
      referralStatus: referrals.status,
      code: discountCodes.code,
      memberName: members.name,
      keyName: keys.name,
    })
    .from(rewards)
    .innerJoin(contacts, eq(contacts.id, rewards.contactId))
    .innerJoin(campaigns, eq(campaigns.id, rewards.campaignId))
    .innerJoin(conversions, ofConversion)
    .innerJoin(referrals, eq(referrals.id, conversions.referralId))
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .leftJoin(members, eq(members.id, idFromActorKey(rewards.decidedBy, 'member')))
    .leftJoin(keys, eq(keys.id, idFromActorKey(rewards.decidedBy, 'key')))
    .where(and(...conditions))
    .$dynamic()

type Row = Awaited<ReturnType<typeof rewardRows>>[number]

function waitsFor({ status, needsApproval, availableAt, kind }: Row['reward'], now: number): ShownReward['waits'] {
  if (status !== 'pending') return null
  if (needsApproval) return 'approval'
  return (availableAt <= now ? kinds[kind].waitsFor : null) ?? 'hold'
}

const shownAt =
  (now: number) =>
  ({
    reward,
    contactName,
    campaignName,
    referralId,
    submitted,
    referralStatus,
    code,
    memberName,
    keyName,
  }: Row): ShownReward => ({
    id: reward.id,
    status: reward.status,
    waits: waitsFor(reward, now),
    availableAt: iso(reward.availableAt),
    side: reward.side,
    kind: reward.kind,
    text: reward.text,
    amount: reward.amount,
    offThisJob: reward.offThisJob,
    currency: reward.currency,
    code,
    contact: { id: reward.contactId, name: contactName },
    campaign: { id: reward.campaignId, name: campaignName },
    referral: { id: referralId, friendName: submitted.name },
    reason: reward.reason,
    refused: reward.status === 'voided' && referralStatus === 'converted',
    decidedBy: memberName ?? keyName,
    decidedAt: isoOrNull(reward.decidedAt),
    redeemedAt: isoOrNull(reward.redeemedAt),
    createdAt: iso(reward.createdAt),
  })

/** One reward with its recipient and origin. Throws not_found. */
export async function loadReward(ctx: Ctx, id: string): Promise<ShownReward> {
  const row = await rewardRows(ctx, eq(rewards.organizationId, ctx.organizationId), eq(rewards.id, id)).get()
  if (!row) throw new AppError('not_found')
  return shownAt(ctx.clock())(row)
}

/** The rewards of a tab: on hold by date, to approve oldest first, others newest first. */
export async function listRewards(ctx: Ctx, query: RewardQuery): Promise<Page<ShownReward>> {
  const oldestFirst = query.tab === 'waiting' || query.tab === 'to_approve'
  const keys = [
    (oldestFirst ? ascending<Row> : descending<Row>)(rewards.tabAt, ({ reward }) => reward.tabAt ?? 0),
    byRowid<Row>(rewards, oldestFirst ? 'asc' : 'desc', ({ reward }) => reward.id),
  ]
  const found = await contactFilter(ctx, rewards, query.q)
  const page = await readPage(query, keys, ({ where, orderBy, limit }) =>
    rewardRows(ctx, eq(rewards.tab, query.tab), matching(ctx, query, found), where)
      .orderBy(...orderBy)
      .limit(limit),
  )
  return withMore(mapPage(page, shownAt(ctx.clock())), found)
}

/** Finds rewards by the contact, else the campaign, else the organization: each has an index in the order of the tabs. */
const matching = (ctx: Ctx, { campaignId, contactId }: RewardSummaryQuery, found: SearchFilter): SQL | undefined => {
  if (contactId) {
    const inCampaign = campaignId ? sql`+${rewards.campaignId} = ${campaignId}` : undefined
    return and(ownRow(ctx, rewards.organizationId), eq(rewards.contactId, contactId), inCampaign, found.where)
  }
  if (campaignId) return and(ownRow(ctx, rewards.organizationId), eq(rewards.campaignId, campaignId), found.where)
  return and(eq(rewards.organizationId, ctx.organizationId), found.where)
}

/** The number of rewards in each tab, and of open requests to use credit. What needs counting is counted up to 1,000. */
export async function summarizeRewards(ctx: Ctx, filter: RewardSummaryQuery = {}): Promise<RewardSummary> {
  const isKept = filter.contactId === undefined && !filter.q
  const counts = isKept ? await keptCounts(ctx, filter.campaignId) : await countEach(ctx, filter)
  return { ...counts, requests: await countOpenRequests(ctx, filter) }
}

async function keptCounts({ db, organizationId }: Ctx, campaignId: string | null = null) {
  const rows = await keptTabs(db).all({ organizationId, campaignId })
  return byTab((tab) => rows.find((row) => row.tab === tab)?.count ?? 0)
}

const keptTabs = prepared((db) =>
  db
    .select({ tab: rewardCounts.tab, count: sum(rewardCounts.count).mapWith(Number) })
    .from(rewardCounts)
    .where(
      and(
        eq(rewardCounts.organizationId, sql.placeholder('organizationId')),
        sql`${rewardCounts.campaignId} = coalesce(${sql.placeholder('campaignId')}, ${rewardCounts.campaignId})`,
      ),
    )
    .groupBy(rewardCounts.tab)
    .prepare(),
)

async function countEach(ctx: Ctx, filter: RewardSummaryQuery): Promise<Record<RewardTab, number>> {
  const found = await contactFilter(ctx, rewards, filter.q)
  const counts = await Promise.all(
    rewardTabs.map((tab) =>
      countUpTo(
        ctx,
        ctx.db
          .select({ id: rewards.id })
          .from(rewards)
          .innerJoin(contacts, eq(contacts.id, rewards.contactId))
          .where(and(eq(rewards.tab, tab), matching(ctx, filter, found))),
      ),
    ),
  )
  return byTab((tab) => counts[rewardTabs.indexOf(tab)] ?? 0)
}

const byTab = (count: (tab: RewardTab) => number): Record<RewardTab, number> => ({
  waiting: count('waiting'),
  to_approve: count('to_approve'),
  issued: count('issued'),
  redeemed: count('redeemed'),
  voided: count('voided'),
})

/** Few requests are open among many, whatever the statistics say. */
async function countOpenRequests(ctx: Ctx, { contactId, q }: RewardSummaryQuery): Promise<number> {
  const { where: matches = sql`1` } = await contactFilter(ctx, creditRequests, q)
  const open = contactId
    ? sql`INDEXED BY credit_requests_of_contact_in_state WHERE contact_id = ${contactId} AND +organization_id = ${ctx.organizationId}`
    : sql`INDEXED BY credit_requests_in_state WHERE organization_id = ${ctx.organizationId}`
  return await countUpTo(ctx, sql`(SELECT id FROM credit_requests ${open} AND state = 'open' AND ${matches})`)
}
