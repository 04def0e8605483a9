import type {
  DiscountCodePool,
  DiscountCodePools,
  DiscountCodeQuery,
  DiscountCode as ShownCode,
} from '@goodword/contracts'
import { poolWarning } from '@goodword/domain'
import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { countUpTo } from '../../../shared/countUpTo.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { ownRow } from '../../../shared/ownRow.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { waitingForCode } from '../../money/rewards/pool.ts'
import { discountCodeCounts, discountCodes, rewards } from '../../money/rewards/rewards.table.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { searchFilter, withMore } from '../../platform/search/filter.ts'
import { campaigns, campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { getCampaign } from '../../program/campaigns/campaigns.ts'

const poolsShown = 100

type Row = { code: typeof discountCodes.$inferSelect; contactId: string | null; contactName: string | null }

const newestFirst = [
  descending<Row>(discountCodes.createdAt, ({ code }) => code.createdAt),
  byRowid<Row>(discountCodes, 'desc', ({ code }) => code.id),
]

const inState = {
  left: and(isNull(discountCodes.rewardId), isNull(discountCodes.overAt)),
  given: isNotNull(discountCodes.rewardId),
  over: isNotNull(discountCodes.overAt),
}

/** A campaign's codes, newest first, with how many are left and who got the others. Throws not_found. */
export async function listCodes(ctx: Ctx, campaignId: string, query: DiscountCodeQuery): Promise<DiscountCodePool> {
  await getCampaign(ctx, campaignId)
  const ofCampaign = and(ownRow(ctx, discountCodes.organizationId), eq(discountCodes.campaignId, campaignId))
  const state = query.state && inState[query.state]
  const found = await searchFilter(ctx, 'discount_code', discountCodes.id, query.q)
  const page = await readPage({ of: campaignId, ...query }, newestFirst, ({ where, orderBy, limit }) =>
    ctx.db
      .select({ code: discountCodes, contactId: rewards.contactId, contactName: contacts.name })
      .from(discountCodes)
      .leftJoin(rewards, eq(rewards.id, discountCodes.rewardId))
      .leftJoin(contacts, eq(contacts.id, rewards.contactId))
      .where(and(ofCampaign, state, found.where, where))
      .orderBy(...orderBy)
      .limit(limit),
  )
  const kept = await ctx.db
    .select({
      left: discountCodeCounts.leftCount,
      given: discountCodeCounts.givenCount,
      over: discountCodeCounts.overCount,
    })
    .from(discountCodeCounts)
    .where(
      and(eq(discountCodeCounts.organizationId, ctx.organizationId), eq(discountCodeCounts.campaignId, campaignId)),
    )
    .get()
  return {
    left: kept?.left ?? 0,
    given: kept?.given ?? 0,
    over: kept?.over ?? 0,
    waiting: await countWaiting(ctx, campaignId),
    ...withMore(mapPage(page, toCode), found),
  }
}

const countWaiting = async (ctx: Ctx, campaignId: string): Promise<number> =>
  (await countUpTo(ctx, ctx.db.select({ id: rewards.id }).from(rewards).where(waitingForCode(ctx, campaignId)))).count

const toCode = (row: Row): ShownCode => ({
  id: row.code.id,
  code: row.code.code,
  givenTo: row.contactId === null ? null : { id: row.contactId, name: row.contactName ?? '' },
  givenAt: isoOrNull(row.code.givenAt),
  lastDay: row.code.lastDay,
  isOver: row.code.overAt !== null,
  createdAt: iso(row.code.createdAt),
})

const inPool = (side: 'advocate' | 'friend') =>
  sql`json_extract(${campaignTerms.terms}, ${`$.${side}.source`}) = 'pool'`

/** The campaigns that have codes or whose terms use uploaded ones, by name. */
export async function listPools(ctx: Ctx): Promise<DiscountCodePools> {
  const rows = await ctx.db
    .select({
      id: campaigns.id,
      name: campaigns.name,
      left: discountCodeCounts.leftCount,
      given: discountCodeCounts.givenCount,
      over: discountCodeCounts.overCount,
      usesPool: sql<number>`${or(inPool('advocate'), inPool('friend'))}`,
    })
    .from(campaigns)
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .leftJoin(discountCodeCounts, eq(discountCodeCounts.campaignId, campaigns.id))
    .where(
      and(
        eq(campaigns.organizationId, ctx.organizationId),
        or(
          inPool('advocate'),
          inPool('friend'),
          sql`${discountCodeCounts.leftCount} + ${discountCodeCounts.givenCount} + ${discountCodeCounts.overCount} > 0`,
        ),
      ),
    )
    .orderBy(asc(campaigns.name))
    .limit(poolsShown)
  const waiting = await Promise.all(rows.map(({ id }) => countWaiting(ctx, id)))
  return {
    items: rows.map(({ id, name, left, given, over, usesPool }, at) => ({
      campaign: { id, name },
      left: left ?? 0,
      given: given ?? 0,
      over: over ?? 0,
      waiting: waiting[at] ?? 0,
      warning: usesPool ? poolWarning({ left: left ?? 0, given: given ?? 0 }) : null,
    })),
  }
}
