import type { Campaign, CampaignQuery, Page } from '@goodword/contracts'
import { campaignStatuses } from '@goodword/contracts'
import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { preparedPages } from '../../../shared/preparedPages.ts'
import { rewardCounts } from '../../money/rewards/rewards.table.ts'
import { enrollmentCounts } from '../../program/advocates/advocates.table.ts'
import { readTerms, termsText } from '../../program/campaigns/campaignContext.queries.ts'
import { campaigns, campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { referralCounts } from '../../program/referrals/referrals.table.ts'

/** One campaign with its current terms and counts. Throws not_found for another organization's. */
export async function loadCampaign({ db, organizationId }: Ctx, id: string): Promise<Campaign> {
  const row = await campaignById(db).get({ organizationId, id })
  if (!row) throw new AppError('not_found')
  return toCampaign(row)
}

const { placeholder } = sql

const isOver = sql`(${campaigns.status} = 'ended' OR coalesce(${campaigns.endsAt} <= ${placeholder('now')}, 0))`

const inStatus = (status: Campaign['status'] | undefined) =>
  status === undefined ? undefined : status === 'ended' ? isOver : and(eq(campaigns.status, status), sql`NOT ${isOver}`)

const inOrganization = eq(campaigns.organizationId, placeholder('organizationId'))

const pagesOf = (status: Campaign['status'] | undefined) =>
  preparedPages<Row>(
    [
      descending(campaigns.createdAt, ({ campaign }) => campaign.createdAt),
      descending(campaigns.id, ({ campaign }) => campaign.id),
    ],
    (db, { where, orderBy, limit }) =>
      withTerms(db)
        .where(and(inOrganization, isNull(campaigns.archivedAt), inStatus(status), where))
        .orderBy(...orderBy)
        .limit(limit)
        .prepare(),
  )

const pages = new Map([undefined, ...campaignStatuses].map((status) => [status, pagesOf(status)]))

/** Newest first. A campaign past its last day counts as ended. */
export async function listCampaigns(ctx: Ctx, query: CampaignQuery): Promise<Page<Campaign>> {
  const { db, organizationId } = ctx
  const read = pages.get(query.status) ?? pagesOf(query.status)
  return mapPage(await read(db, query, { organizationId, now: ctx.clock() }), toCampaign)
}

const campaignById = prepared((db) =>
  withTerms(db)
    .where(and(inOrganization, eq(campaigns.id, placeholder('id')), isNull(campaigns.archivedAt)))
    .prepare(),
)

/** With what is counted of each campaign, by the kept counts. */
const withTerms = (db: Queries) =>
  db
    .select({
      campaign: getTableColumns(campaigns),
      terms: termsText,
      advocates: counted(enrollmentCounts, sql`coalesce(sum(${enrollmentCounts.count}), 0)`),
      referrals: counted(referralCounts, sql`coalesce(sum(${referralCounts.count}), 0)`),
      converted: counted(
        referralCounts,
        sql`coalesce(sum(${referralCounts.count}) FILTER (WHERE ${referralCounts.status} = 'converted'), 0)`,
      ),
      rewardsOnHold: counted(
        rewardCounts,
        sql`coalesce(sum(${rewardCounts.count}) FILTER (WHERE ${rewardCounts.tab} IN ('waiting', 'to_approve')), 0)`,
      ),
      moneyGiven: counted(
        rewardCounts,
        sql`coalesce(sum(${rewardCounts.amount}) FILTER (WHERE ${rewardCounts.tab} IN ('issued', 'redeemed')), 0)`,
      ),
      moneyOnHold: counted(
        rewardCounts,
        sql`coalesce(sum(${rewardCounts.amount}) FILTER (WHERE ${rewardCounts.tab} IN ('waiting', 'to_approve')), 0)`,
      ),
    })
    .from(campaigns)
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .$dynamic()

type Counts = typeof enrollmentCounts | typeof referralCounts | typeof rewardCounts

function counted(table: Counts, figure: SQL) {
  const ofCampaign = and(eq(table.organizationId, campaigns.organizationId), eq(table.campaignId, campaigns.id))
  return sql<number>`(SELECT ${figure} FROM ${table} WHERE ${ofCampaign})`.as('counted')
}

type Row = Awaited<ReturnType<typeof withTerms>>[number]

function toCampaign({ campaign, terms, moneyGiven, moneyOnHold, ...counts }: Row): Campaign {
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
    enrollment: campaign.enrollment,
    shareText: campaign.shareText,
    currency: campaign.currency,
    terms: readTerms(terms),
    termsVersion: campaign.termsVersion,
    ...counts,
    rewardMoney: { given: moneyGiven, onHold: moneyOnHold },
    createdAt: iso(campaign.createdAt),
    updatedAt: iso(campaign.updatedAt),
  }
}
