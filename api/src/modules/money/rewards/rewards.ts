import type { Currency, RewardSource } from '@goodword/contracts'
import { and, eq, ne, sql } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { kinds } from './kinds/kinds.ts'
import type { RewardKind } from './kinds/rewardKind.ts'
import type { Reward } from './reward.ts'
import { rewards } from './rewards.table.ts'

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
  /** Credit that comes off the invoice of the job that earned it: it waits for nothing and nobody. */
  offThisJob: boolean
  /** Waits until staff approve, whatever its day. */
  needsApproval: boolean
  /** Where its discount code comes from; null when it is none. */
  codeSource: Reward['codeSource']
}

/** What became of a reward as it was made: the code that was given, or what it waits for besides its day. */
export type Given = { code: string | null; waits: 'approval' | RewardKind['waitsFor'] }

const addRow = preparedInsert(rewards)

/**
 * Creates a reward: held until its day and until it is approved, or handed over at once. What comes off this job is issued
 * and redeemed in one.
 */
export async function createReward(tx: Ctx, { source, ...input }: NewReward): Promise<Given> {
  const now = tx.clock()
  const kind = kinds[input.kind]
  const held = input.needsApproval || input.availableAt > now
  const reward: Reward = {
    ...input,
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

/** Reward money of one advocate's side in a campaign that stands: ever, in a year and in a month; minor units. */
export async function paidToAdvocate(
  ctx: Ctx,
  facts: Periods & { enrollmentId: string },
): Promise<{ ever: number; year: number; month: number }> {
  const within = (start: number, end = Number.MAX_SAFE_INTEGER) =>
    sql<number>`coalesce(sum(CASE WHEN ${rewards.createdAt} >= ${start} AND ${rewards.createdAt} < ${end} THEN ${rewards.amount} END), 0)`
  const paid = await ctx.db
    .select({
      ever: within(0),
      year: within(facts.yearStart, facts.yearEnd),
      month: within(facts.monthStart, facts.monthEnd),
    })
    .from(rewards)
    .where(and(eq(rewards.enrollmentId, facts.enrollmentId), eq(rewards.side, 'advocate'), standing(ctx)))
    .get()
  return paid ?? { ever: 0, year: 0, month: 0 }
}

/** Reward money of a campaign that stands, both sides; minor units. */
export async function paidInCampaign(ctx: Ctx, campaignId: string): Promise<number> {
  const paid = await ctx.db
    .select({ ever: sql<number>`coalesce(sum(${rewards.amount}), 0)` })
    .from(rewards)
    .where(and(eq(rewards.campaignId, campaignId), standing(ctx)))
    .get()
  return paid?.ever ?? 0
}

const standing = (ctx: Ctx) => and(eq(rewards.organizationId, ctx.organizationId), ne(rewards.status, 'voided'))
