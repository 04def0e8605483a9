import type {
  DiscountCodePool,
  DiscountCodePools,
  DiscountCodeQuery,
  DiscountCode as ShownCode,
} from '@goodword/contracts'
import { and, asc, count, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { waitingForCode } from '../../money/rewards/pool.ts'
import { discountCodes, rewards } from '../../money/rewards/rewards.table.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { campaigns, campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { getCampaign } from '../../program/campaigns/campaigns.ts'

const poolsShown = 100

type Row = { code: typeof discountCodes.$inferSelect; contactId: string | null; contactName: string | null }

const newestFirst = [
  descending<Row>(discountCodes.createdAt, ({ code }) => code.createdAt),
  descending<Row>(discountCodes.id, ({ code }) => code.id),
]

/** A campaign's codes, newest first, with how many are left and who got the others. Throws not_found. */
export async function listCodes(ctx: Ctx, campaignId: string, query: DiscountCodeQuery): Promise<DiscountCodePool> {
  await getCampaign(ctx, campaignId)
  const ofCampaign = and(eq(discountCodes.organizationId, ctx.organizationId), eq(discountCodes.campaignId, campaignId))
  const state =
    query.state && (query.state === 'left' ? isNull(discountCodes.rewardId) : isNotNull(discountCodes.rewardId))
  const page = await readPage(query, newestFirst, ({ where, orderBy, limit }) =>
    ctx.db
      .select({ code: discountCodes, contactId: rewards.contactId, contactName: contacts.name })
      .from(discountCodes)
      .leftJoin(rewards, eq(rewards.id, discountCodes.rewardId))
      .leftJoin(contacts, eq(contacts.id, rewards.contactId))
      .where(and(ofCampaign, state, where))
      .orderBy(...orderBy)
      .limit(limit),
  )
  const sums = await ctx.db
    .select({ all: count(), given: count(discountCodes.rewardId) })
    .from(discountCodes)
    .where(ofCampaign)
    .get()
  const waiting = await ctx.db.select({ count: count() }).from(rewards).where(waitingForCode(ctx, campaignId)).get()
  const given = sums?.given ?? 0
  return {
    left: (sums?.all ?? 0) - given,
    given,
    waiting: waiting?.count ?? 0,
    ...mapPage(page, toCode),
  }
}

const toCode = (row: Row): ShownCode => ({
  id: row.code.id,
  code: row.code.code,
  givenTo: row.contactId === null ? null : { id: row.contactId, name: row.contactName ?? '' },
  givenAt: isoOrNull(row.code.givenAt),
  createdAt: iso(row.code.createdAt),
})

const inPool = (side: 'advocate' | 'friend') =>
  sql`json_extract(${campaignTerms.terms}, ${`$.${side}.source`}) = 'pool'`

/** The campaigns that have codes or whose terms use uploaded ones, by name. */
export async function listPools(ctx: Ctx): Promise<DiscountCodePools> {
  const left = sql<number>`(SELECT count(*) FROM discount_codes d WHERE d.campaign_id = ${campaigns.id} AND d.reward_id IS NULL)`
  const given = sql<number>`(SELECT count(*) FROM discount_codes d WHERE d.campaign_id = ${campaigns.id} AND d.reward_id IS NOT NULL)`
  const waiting = sql<number>`(SELECT count(*) FROM rewards w WHERE w.campaign_id = ${campaigns.id} AND w.kind = 'discount_code'
    AND w.status = 'pending' AND NOT w.needs_approval AND w.available_at <= ${ctx.clock()})`
  const rows = await ctx.db
    .select({ id: campaigns.id, name: campaigns.name, left, given, waiting })
    .from(campaigns)
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(
      and(
        eq(campaigns.organizationId, ctx.organizationId),
        or(inPool('advocate'), inPool('friend'), sql`${left} + ${given} > 0`),
      ),
    )
    .orderBy(asc(campaigns.name))
    .limit(poolsShown)
  return { items: rows.map(({ id, name, ...counts }) => ({ campaign: { id, name }, ...counts })) }
}
