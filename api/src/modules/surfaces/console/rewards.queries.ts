import type {
  Page,
  RewardQuery,
  RewardSummary,
  RewardSummaryQuery,
  RewardTab,
  Reward as ShownReward,
} from '@goodword/contracts'
import { and, count, eq, type SQL, sql } from 'drizzle-orm'
import { idFromActorKey } from '../../../database/actorId.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { ascending, descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull, likePattern } from '../../../shared/pages.ts'
import { kinds } from '../../money/rewards/kinds/kinds.ts'
import { creditRequests, discountCodes, rewards } from '../../money/rewards/rewards.table.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { ofConversion } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'

const waitsForStaff = and(eq(rewards.status, 'pending'), eq(rewards.needsApproval, true))

const ofTab: Record<RewardTab, SQL | undefined> = {
  waiting: and(eq(rewards.status, 'pending'), eq(rewards.needsApproval, false)),
  to_approve: waitsForStaff,
  issued: eq(rewards.status, 'issued'),
  redeemed: eq(rewards.status, 'redeemed'),
  voided: eq(rewards.status, 'voided'),
}

/** The date by which each tab is sorted. Rewards on hold are sorted by the end of the hold, soonest first. */
const timeOf: Record<RewardTab, SQL<number>> = {
  waiting: sql<number>`${rewards.availableAt}`,
  to_approve: sql<number>`${rewards.createdAt}`,
  issued: sql<number>`${rewards.updatedAt}`,
  redeemed: sql<number>`coalesce(${rewards.redeemedAt}, ${rewards.updatedAt})`,
  voided: sql<number>`${rewards.updatedAt}`,
}

const rewardRows = (ctx: Ctx, time: SQL<number>, ...conditions: (SQL | undefined)[]) =>
  ctx.db
    .select({
      reward: rewards,
      time,
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
    .where(and(eq(rewards.organizationId, ctx.organizationId), ...conditions))
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
  const row = await rewardRows(ctx, timeOf.issued, eq(rewards.id, id)).get()
  if (!row) throw new AppError('not_found')
  return shownAt(ctx.clock())(row)
}

/** The rewards of a tab: on hold by date, to approve oldest first, others newest first. */
export async function listRewards(ctx: Ctx, query: RewardQuery): Promise<Page<ShownReward>> {
  const time = timeOf[query.tab]
  const first = query.tab === 'waiting' || query.tab === 'to_approve'
  const sorted = first ? ascending<Row> : descending<Row>
  const keys = [sorted(time, (row) => row.time), sorted(rewards.id, ({ reward }) => reward.id)]
  const page = await readPage(query, keys, ({ where, orderBy, limit }) =>
    rewardRows(ctx, time, ofTab[query.tab], ...matching(query), where)
      .orderBy(...orderBy)
      .limit(limit),
  )
  return mapPage(page, shownAt(ctx.clock()))
}

const named = (q: string | undefined): SQL | undefined =>
  q ? sql`${contacts.name} LIKE ${likePattern(q)} ESCAPE '\\'` : undefined

const matching = ({ campaignId, contactId, q }: RewardSummaryQuery): (SQL | undefined)[] => [
  campaignId ? eq(rewards.campaignId, campaignId) : undefined,
  contactId ? eq(rewards.contactId, contactId) : undefined,
  named(q),
]

/** The number of rewards in each tab, and of open requests to use credit. */
export async function summarizeRewards(ctx: Ctx, filter: RewardSummaryQuery = {}): Promise<RewardSummary> {
  const rows = await ctx.db
    .select({ status: rewards.status, needsApproval: rewards.needsApproval, count: count() })
    .from(rewards)
    .innerJoin(contacts, eq(contacts.id, rewards.contactId))
    .where(and(eq(rewards.organizationId, ctx.organizationId), ...matching(filter)))
    .groupBy(rewards.status, rewards.needsApproval)
  const requests = await ctx.db
    .select({ count: count() })
    .from(creditRequests)
    .innerJoin(contacts, eq(contacts.id, creditRequests.contactId))
    .where(
      and(
        eq(creditRequests.organizationId, ctx.organizationId),
        eq(creditRequests.state, 'open'),
        filter.contactId ? eq(creditRequests.contactId, filter.contactId) : undefined,
        named(filter.q),
      ),
    )
    .get()
  const counted = (matches: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(matches).reduce((sum, row) => sum + row.count, 0)
  return {
    waiting: counted((row) => row.status === 'pending' && !row.needsApproval),
    to_approve: counted((row) => row.status === 'pending' && row.needsApproval),
    issued: counted((row) => row.status === 'issued'),
    redeemed: counted((row) => row.status === 'redeemed'),
    voided: counted((row) => row.status === 'voided'),
    requests: requests?.count ?? 0,
  }
}
