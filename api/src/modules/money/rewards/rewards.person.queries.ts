import { and, asc, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { creditRequests, discountCodes, rewards } from './rewards.table.ts'

export async function rewardsOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select({ reward: rewards, code: discountCodes.code })
    .from(rewards)
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .where(and(eq(rewards.organizationId, ctx.organizationId), eq(rewards.contactId, contactId)))
    .orderBy(asc(rewards.createdAt))
  return rows.map(({ reward, code }) => ({
    side: reward.side,
    kind: reward.kind,
    text: reward.text,
    amount: reward.amount,
    currency: reward.currency,
    status: reward.status,
    code,
    availableAt: iso(reward.availableAt),
    at: iso(reward.createdAt),
  }))
}

export async function requestsOf(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select()
    .from(creditRequests)
    .where(and(eq(creditRequests.organizationId, ctx.organizationId), eq(creditRequests.contactId, contactId)))
    .orderBy(asc(creditRequests.createdAt))
  return rows.map(({ amount, currency, use, note, state, answer, createdAt, closedAt }) => ({
    amount,
    currency,
    use,
    note,
    state,
    answer,
    at: iso(createdAt),
    closedAt: isoOrNull(closedAt),
  }))
}
