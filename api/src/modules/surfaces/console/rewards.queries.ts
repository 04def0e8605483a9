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
import type { Queries } from '../../../database/queries.ts'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { type Counted, cappedCount, countOf, countUpTo } from '../../../shared/countUpTo.ts'
import { AppError } from '../../../shared/errors.ts'
import { ascending, descending, mapPage } from '../../../shared/keyset.ts'
import { ownRow } from '../../../shared/ownRow.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { rewardDeliveries } from '../../money/rewards/deliveries.table.ts'
import { kinds } from '../../money/rewards/kinds/kinds.ts'
import { creditRequests, discountCodes, rewardCounts, rewards } from '../../money/rewards/rewards.table.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { amongContacts, rowsOfContacts, searchContacts, withMore } from '../../platform/search/filter.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { conversionOfReward } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { countToDeliver, countWithoutCodes } from './deliveries.counts.queries.ts'
import { toDelivery } from './deliveries.ts'

export const rewardRows = (db: Queries, ...conditions: (SQL | undefined)[]) =>
  db
    .select({
      reward: rewards,
      contactName: contacts.name,
      campaignName: campaigns.name,
      referralId: referrals.id,
      submitted: referrals.submitted,
      referralStatus: referrals.status,
      code: discountCodes.code,
      delivery: rewardDeliveries,
      memberName: members.name,
      keyName: keys.name,
    })
    .from(rewards)
    .innerJoin(contacts, eq(contacts.id, rewards.contactId))
    .innerJoin(campaigns, eq(campaigns.id, rewards.campaignId))
    .innerJoin(conversions, eq(conversions.id, conversionOfReward))
    .innerJoin(referrals, eq(referrals.id, conversions.referralId))
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .leftJoin(rewardDeliveries, eq(rewardDeliveries.rewardId, rewards.id))
    .leftJoin(members, eq(members.id, idFromActorKey(rewards.decidedBy, 'member')))
    .leftJoin(keys, eq(keys.id, idFromActorKey(rewards.decidedBy, 'key')))
    .where(and(...conditions))
    .$dynamic()

export type RewardRow = Awaited<ReturnType<typeof rewardRows>>[number]

function waitsFor(
  { status, needsApproval, availableAt, kind }: RewardRow['reward'],
  now: number,
): ShownReward['waits'] {
  if (status !== 'pending') return null
  if (needsApproval) return 'approval'
  return (availableAt <= now ? kinds[kind].waitsFor : null) ?? 'hold'
}

export const shownAt =
  (now: number) =>
  ({
    reward,
    contactName,
    campaignName,
    referralId,
    submitted,
    referralStatus,
    code,
    delivery,
    memberName,
    keyName,
  }: RewardRow): ShownReward => ({
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
    delivery: delivery && toDelivery(delivery),
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
  const row = await rewardById(ctx.db).get({ organizationId: ctx.organizationId, id })
  if (!row) throw new AppError('not_found')
  return shownAt(ctx.clock())(row)
}

const rewardById = prepared((db) =>
  rewardRows(
    db,
    eq(rewards.organizationId, sql.placeholder('organizationId')),
    eq(rewards.id, sql.placeholder('id')),
  ).prepare(),
)

/** The rewards of a tab: on hold by date, to approve oldest first, others newest first. */
export async function listRewards(ctx: Ctx, query: RewardQuery): Promise<Page<ShownReward>> {
  const found = await searchContacts(ctx, query.q)
  const { tab, campaignId, contactId } = query
  const pages = pagesOf({
    oldestFirst: tab === 'waiting' || tab === 'to_approve',
    ofCampaign: campaignId !== undefined,
    ofContact: contactId !== undefined,
    isSearch: found.contacts !== null,
  })
  const { organizationId } = ctx
  const page = await pages(ctx.db, query, { organizationId, tab, campaignId, contactId, contacts: found.contacts })
  return withMore(mapPage(page, shownAt(ctx.clock())), found)
}

type ListShape = { oldestFirst: boolean; ofCampaign: boolean; ofContact: boolean; isSearch: boolean }

/** Finds rewards by the contact, else the campaign, else the organization: each has an index in the order of the tabs. */
const pagesOf = shapes(({ oldestFirst, ofCampaign, ofContact, isSearch }: ListShape) => {
  const keys = [
    (oldestFirst ? ascending<RewardRow> : descending<RewardRow>)(rewards.tabAt, ({ reward }) => reward.tabAt ?? 0),
    byRowid<RewardRow>(rewards, oldestFirst ? 'asc' : 'desc', ({ reward }) => reward.id),
  ]
  const [organizationId, campaignId] = [sql.placeholder('organizationId'), sql.placeholder('campaignId')]
  const inTab = eq(rewards.tab, sql.placeholder('tab'))
  const own = sql`+${rewards.organizationId} = ${organizationId}`
  const ofOne = ofContact ? eq(rewards.contactId, sql.placeholder('contactId')) : undefined
  const besideContacts = ofCampaign ? sql`+${rewards.campaignId} = ${campaignId}` : undefined
  return preparedPages<RewardRow>(keys, (db, slice) => {
    const found = isSearch
      ? [own, amongContacts(rewards.contactId, 'rewards_of_contact', [inTab, ofOne, besideContacts], slice)]
      : ofContact
        ? [own, ofOne, besideContacts, inTab, slice.where]
        : ofCampaign
          ? [own, eq(rewards.campaignId, campaignId), inTab, slice.where]
          : [eq(rewards.organizationId, organizationId), inTab, slice.where]
    return rewardRows(db, ...found)
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare()
  })
})

const rewardsOf = (contacts: string, conditions: (SQL | undefined)[]): SQL =>
  rowsOfContacts(contacts, rewards.contactId, 'rewards_of_contact', conditions)

/** What else a filter asks of the rewards of contacts. */
const besides = ({ campaignId, contactId }: RewardSummaryQuery): (SQL | undefined)[] => [
  contactId ? eq(rewards.contactId, contactId) : undefined,
  campaignId ? sql`+${rewards.campaignId} = ${campaignId}` : undefined,
]

/** Finds rewards by the contact, else the campaign, else the organization: each has an index in the order of the tabs. */
const matching = (ctx: Ctx, { campaignId, contactId }: RewardSummaryQuery): SQL | undefined => {
  if (contactId) {
    const inCampaign = campaignId ? sql`+${rewards.campaignId} = ${campaignId}` : undefined
    return and(ownRow(ctx, rewards.organizationId), eq(rewards.contactId, contactId), inCampaign)
  }
  if (campaignId) return and(ownRow(ctx, rewards.organizationId), eq(rewards.campaignId, campaignId))
  return eq(rewards.organizationId, ctx.organizationId)
}

/** The number of rewards in each tab, and of open requests to use credit. What needs counting is counted up to 1,000. */
export async function summarizeRewards(ctx: Ctx, filter: RewardSummaryQuery = {}): Promise<RewardSummary> {
  const { contacts } = await searchContacts(ctx, filter.q)
  const isKept = filter.contactId === undefined && contacts === null
  const kept = isKept ? await keptCounts(ctx, filter.campaignId) : null
  const counted = kept ? null : await countEach(ctx, filter, contacts)
  const requests = await countOpenRequests(ctx, filter, contacts)
  const toDeliver = await countToDeliver(ctx)
  const capped = rewardTabs.filter((tab) => counted?.[tab].isCapped)
  return {
    requests: requests.count,
    to_deliver: toDeliver.count,
    without_codes: await countWithoutCodes(ctx),
    capped: [
      ...capped,
      ...(toDeliver.isCapped ? (['to_deliver'] as const) : []),
      ...(requests.isCapped ? (['requests'] as const) : []),
    ],
    ...byTab((tab) => kept?.[tab] ?? counted?.[tab].count ?? 0),
  }
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

/** In one statement, because a search may have found many contacts. */
async function countEach(
  ctx: Ctx,
  filter: RewardSummaryQuery,
  contacts: string | null,
): Promise<Record<RewardTab, Counted>> {
  const counts = rewardTabs.map((tab) => {
    const inTab = sql`${rewards.tab} = ${sql.raw(`'${tab}'`)}`
    const rows =
      contacts === null
        ? sql`${rewards} WHERE ${and(inTab, matching(ctx, filter))}`
        : rewardsOf(contacts, [inTab, ...besides(filter)])
    return countOf(rows)
  })
  const [row] = await ctx.db.all<number[]>(sql`SELECT ${sql.join(counts, sql`, `)}`)
  return byTab((tab) => cappedCount(row?.[rewardTabs.indexOf(tab)] ?? 0))
}

const byTab = <Value>(count: (tab: RewardTab) => Value): Record<RewardTab, Value> => ({
  waiting: count('waiting'),
  to_approve: count('to_approve'),
  issued: count('issued'),
  redeemed: count('redeemed'),
  voided: count('voided'),
})

const requestsOf = (contacts: string, conditions: (SQL | undefined)[]): SQL =>
  rowsOfContacts(contacts, creditRequests.contactId, 'credit_requests_of_contact_in_state', conditions)

/** Few requests are open among many, whatever the statistics say. */
async function countOpenRequests(
  ctx: Ctx,
  { contactId }: RewardSummaryQuery,
  contacts: string | null,
): Promise<Counted> {
  const own = contactId ? sql`contact_id = ${contactId} AND +organization_id = ${ctx.organizationId}` : undefined
  if (contacts !== null)
    return await countUpTo(ctx, sql`(SELECT 1 FROM ${requestsOf(contacts, [sql`state = 'open'`, own])})`)
  const open = own
    ? sql`INDEXED BY credit_requests_of_contact_in_state WHERE ${own}`
    : sql`INDEXED BY credit_requests_in_state WHERE organization_id = ${ctx.organizationId}`
  return await countUpTo(ctx, sql`(SELECT id FROM credit_requests ${open} AND state = 'open')`)
}
