import type { Currency, RewardSource, Terms } from '@goodword/contracts'
import { and, eq, gte, ne, sql } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { kinds } from './kinds/kinds.ts'
import type { RewardKind } from './kinds/rewardKind.ts'
import type { Reward } from './reward.ts'
import { rewardCounts, rewards } from './rewards.table.ts'

export type NewReward = {
  source: RewardSource
  campaignId: string
  enrollmentId: string | null
  contactId: string
  side: 'advocate' | 'friend'
  kind: Reward['kind']
  text: string | null
  amount: number
  currency: Currency
  availableAt: number
  /** Credit taken off the invoice of the job that earned it: it has no hold and needs no approval. */
  offThisJob: boolean
  /** Waits until staff approve it, even after its hold. */
  needsApproval: boolean
  /** Where its discount code comes from; null for other kinds. */
  codeSource: Reward['codeSource']
  /** What a generated code looks like; the usual pattern if absent. */
  codePattern?: string | null
  /** How a gift card reaches its recipient. */
  cardDelivery?: Reward['cardDelivery']
  cardProducts?: Reward['cardProducts']
}

/** The result of creating a reward: the assigned code, or what it waits for besides its hold. */
export type Given = { code: string | null; waits: 'approval' | RewardKind['waitsFor'] }

const addRow = preparedInsert(rewards)

/**
 * Creates a reward: on hold until its date and its approval, or released at once. A reward off this job is issued and
 * redeemed in the same step.
 */
export async function createReward(tx: Ctx, { source, ...input }: NewReward): Promise<Given> {
  const now = tx.clock()
  const kind = kinds[input.kind]
  const held = input.needsApproval || input.availableAt > now
  const reward: Reward = {
    sourceType: source.type,
    sourceId: source.id,
    id: tx.newId('reward'),
    organizationId: tx.organizationId,
    status: input.offThisJob ? 'redeemed' : held || kind.waitsFor !== null ? 'pending' : 'issued',
    decidedAt: null,
    decidedBy: null,
    reason: null,
    redeemedAt: input.offThisJob ? now : null,
    createdAt: now,
    updatedAt: now,
    isDelivering: false,
    ...input,
    codePattern: input.codePattern ?? null,
    cardDelivery: input.cardDelivery ?? null,
    cardProducts: input.cardProducts ?? null,
  }
  await addRow(tx.db, reward)
  const { id: rewardId, contactId, side, amount, currency } = reward
  await recordEvent(tx, 'reward.created', {
    rewardId,
    contactId,
    conversionId: source.type === 'conversion' ? source.id : null,
    side,
    kind: input.kind,
    amount,
    currency,
  })
  if (reward.status !== 'pending') await recordEvent(tx, 'reward.issued', { rewardId, contactId })
  if (reward.status === 'redeemed') await recordEvent(tx, 'reward.redeemed', { rewardId, contactId })
  await kind.create(tx, reward)
  if (input.needsApproval) return { code: null, waits: 'approval' }
  if (held || reward.status !== 'pending') return { code: null, waits: null }
  const handedOver = await kind.release(tx, reward)
  return { code: handedOver?.code ?? null, waits: handedOver ? null : kind.waitsFor }
}

/** Throws not_found. */
export async function getReward(ctx: Ctx, id: string): Promise<Reward> {
  const mine = and(eq(rewards.organizationId, ctx.organizationId), eq(rewards.id, id))
  const reward = await ctx.db.select().from(rewards).where(mine).get()
  if (!reward) throw new AppError('not_found')
  return reward
}

type Periods = { yearStart: number; yearEnd?: number; monthStart: number; monthEnd?: number }

type Capped = Periods & { enrollmentId: string; caps: Terms['advocateCaps'] }

/**
 * The total of an advocate's rewards in a campaign that aren't voided: ever, in a year and in a month; minor units. Only
 * as far back as one of the caps asks for: what was earned under a cap is few rewards.
 */
export async function paidToAdvocate(
  ctx: Ctx,
  { enrollmentId, caps, yearStart, yearEnd, monthStart, monthEnd }: Capped,
): Promise<{ ever: number; year: number; month: number }> {
  const nothing = { ever: 0, year: 0, month: 0 }
  if (caps.total === undefined && caps.year === undefined && caps.month === undefined) return nothing
  const since = caps.total !== undefined ? 0 : caps.year !== undefined ? yearStart : monthStart
  const within = (start: number, end = Number.MAX_SAFE_INTEGER) =>
    sql<number>`coalesce(sum(CASE WHEN ${rewards.createdAt} >= ${start} AND ${rewards.createdAt} < ${end} THEN ${rewards.amount} END), 0)`
  const paid = await ctx.db
    .select({ ever: within(0), year: within(yearStart, yearEnd), month: within(monthStart, monthEnd) })
    .from(rewards)
    .where(
      and(
        sql`+${rewards.organizationId} = ${ctx.organizationId}`,
        eq(rewards.enrollmentId, enrollmentId),
        eq(rewards.side, 'advocate'),
        gte(rewards.createdAt, since),
        ne(rewards.status, 'voided'),
      ),
    )
    .get()
  return paid ?? nothing
}

/** The total of a campaign's rewards on both sides that aren't voided; minor units. */
export async function paidInCampaign(ctx: Ctx, campaignId: string): Promise<number> {
  const paid = await ctx.db
    .select({ ever: sql<number>`coalesce(sum(${rewardCounts.amount}), 0)` })
    .from(rewardCounts)
    .where(
      and(
        eq(rewardCounts.organizationId, ctx.organizationId),
        eq(rewardCounts.campaignId, campaignId),
        ne(rewardCounts.tab, 'voided'),
      ),
    )
    .get()
  return paid?.ever ?? 0
}
