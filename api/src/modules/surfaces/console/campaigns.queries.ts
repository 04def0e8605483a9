import type { Campaign, CampaignQuery, Page } from '@goodword/contracts'
import { Terms } from '@goodword/contracts'
import { and, eq, inArray, isNull, sql, sum } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { rewardCounts } from '../../money/rewards/rewards.table.ts'
import { enrollmentCounts } from '../../program/advocates/advocates.table.ts'
import { campaigns, campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { referralCounts } from '../../program/referrals/referrals.table.ts'

/** One campaign with its current terms and counts. Throws not_found for another organization's. */
export async function loadCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  const row = await withTerms(ctx)
    .where(and(eq(campaigns.organizationId, ctx.organizationId), eq(campaigns.id, id), isNull(campaigns.archivedAt)))
    .get()
  if (!row) throw new AppError('not_found')
  const counts = await countsOf(ctx, [id])
  return toCampaign(row, counts)
}

const isOver = (now: number) => sql`(${campaigns.status} = 'ended' OR coalesce(${campaigns.endsAt} <= ${now}, 0))`

function inStatus(status: Campaign['status'] | undefined, now: number) {
  if (status === undefined) return undefined
  if (status === 'ended') return isOver(now)
  return and(eq(campaigns.status, status), sql`NOT ${isOver(now)}`)
}

const newestFirst = [
  descending<Row>(campaigns.createdAt, ({ campaign }) => campaign.createdAt),
  descending<Row>(campaigns.id, ({ campaign }) => campaign.id),
]

/** Newest first. A campaign past its last day counts as ended. */
export async function listCampaigns(ctx: Ctx, query: CampaignQuery): Promise<Page<Campaign>> {
  const page = await readPage(query, newestFirst, ({ where, orderBy, limit }) =>
    withTerms(ctx)
      .where(
        and(
          eq(campaigns.organizationId, ctx.organizationId),
          isNull(campaigns.archivedAt),
          inStatus(query.status, ctx.clock()),
          where,
        ),
      )
      .orderBy(...orderBy)
      .limit(limit),
  )
  const counts = await countsOf(
    ctx,
    page.items.map((row) => row.campaign.id),
  )
  return mapPage(page, (row) => toCampaign(row, counts))
}

const withTerms = (ctx: Ctx) =>
  ctx.db
    .select({ campaign: campaigns, terms: campaignTerms.terms })
    .from(campaigns)
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .$dynamic()

type Row = { campaign: typeof campaigns.$inferSelect; terms: Terms }
type Counts = {
  advocates: Map<string, number>
  referrals: Map<string, number>
  converted: Map<string, number>
  held: Map<string, number>
}

async function countsOf(ctx: Ctx, ids: string[]): Promise<Counts> {
  if (ids.length === 0) return { advocates: new Map(), referrals: new Map(), converted: new Map(), held: new Map() }
  const inOrganization = ctx.organizationId
  const advocateRows = await ctx.db
    .select({ id: enrollmentCounts.campaignId, n: enrollmentCounts.count })
    .from(enrollmentCounts)
    .where(and(eq(enrollmentCounts.organizationId, inOrganization), inArray(enrollmentCounts.campaignId, ids)))
  const referralRows = await ctx.db
    .select({
      id: referralCounts.campaignId,
      n: sum(referralCounts.count).mapWith(Number),
      converted: sql<number>`sum(iif(${referralCounts.status} = 'converted', ${referralCounts.count}, 0))`,
    })
    .from(referralCounts)
    .where(and(eq(referralCounts.organizationId, inOrganization), inArray(referralCounts.campaignId, ids)))
    .groupBy(referralCounts.campaignId)
  const heldRows = await ctx.db
    .select({ id: rewardCounts.campaignId, n: sum(rewardCounts.count).mapWith(Number) })
    .from(rewardCounts)
    .where(
      and(
        eq(rewardCounts.organizationId, inOrganization),
        inArray(rewardCounts.campaignId, ids),
        inArray(rewardCounts.tab, ['waiting', 'to_approve']),
      ),
    )
    .groupBy(rewardCounts.campaignId)
  return {
    advocates: new Map(advocateRows.map((row) => [row.id, row.n])),
    referrals: new Map(referralRows.map((row) => [row.id, row.n])),
    converted: new Map(referralRows.map((row) => [row.id, row.converted])),
    held: new Map(heldRows.map((row) => [row.id, row.n])),
  }
}

function toCampaign({ campaign, terms }: Row, counts: Counts): Campaign {
  return {
    id: campaign.id,
    name: campaign.name,
    status: campaign.status,
    startsAt: isoOrNull(campaign.startsAt),
    endsAt: isoOrNull(campaign.endsAt),
    friendOffer: campaign.friendOffer,
    termsText: campaign.termsText,
    linkTarget: campaign.linkTarget,
    landingUrl: campaign.landingUrl,
    form: campaign.form,
    whenEnded: campaign.whenEnded,
    attribution: campaign.attribution,
    shareText: campaign.shareText,
    currency: campaign.currency,
    terms: Terms.parse(terms),
    termsVersion: campaign.termsVersion,
    advocates: counts.advocates.get(campaign.id) ?? 0,
    referrals: counts.referrals.get(campaign.id) ?? 0,
    converted: counts.converted.get(campaign.id) ?? 0,
    rewardsOnHold: counts.held.get(campaign.id) ?? 0,
    createdAt: iso(campaign.createdAt),
    updatedAt: iso(campaign.updatedAt),
  }
}
