import type { Currency } from '@goodword/contracts'
import { issueReward, type Posting, redeemCredit } from '@goodword/domain'
import { and, eq, ne, sql } from 'drizzle-orm'
import { rowAdder } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import type { Entry } from '../ledger/entry.ts'
import { postEntries } from '../ledger/ledger.ts'
import { takeCode } from './codes.ts'
import { markUsedRewards } from './redemption.ts'
import { rewards } from './rewards.table.ts'

export type Reward = typeof rewards.$inferSelect

export type NewReward = {
  conversionId: string
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
export type Given = { code: string | null; waits: 'approval' | 'code' | null }

const addRow = rowAdder(rewards)

/**
 * Creates a reward. Credit is posted: usable at once, or held until its day and until it is approved; what comes off this
 * job is issued and redeemed in one. A discount code is given at once when its day has come.
 */
export async function createReward(tx: Ctx, input: NewReward): Promise<Given> {
  const now = tx.clock()
  const held = input.needsApproval || input.availableAt > now
  const id = tx.newId('reward')
  await addRow(tx.db, {
    ...input,
    id,
    organizationId: tx.organizationId,
    status: input.offThisJob ? 'redeemed' : held || input.kind === 'discount_code' ? 'pending' : 'issued',
    decidedAt: null,
    decidedBy: null,
    reason: null,
    redeemedAt: input.offThisJob ? now : null,
    createdAt: now,
    updatedAt: now,
  })
  const { contactId, conversionId, side, kind, amount, currency } = input
  await recordEvent(tx, 'reward.created', { rewardId: id, contactId, conversionId, side, kind, amount, currency })
  // Both transfers in one go: no debt of its owner can come in between.
  const used = input.offThisJob ? [entryOf(id, 'redeemed', redeemCredit(input))] : []
  const setOffs =
    kind === 'credit' ? await postEntries(tx, [entryOf(id, 'issued', issueReward({ ...input, held })), ...used]) : []
  const code = kind === 'discount_code' && !held ? await issueCode(tx, { id, ...input }) : null
  if (!held && kind !== 'discount_code') await recordEvent(tx, 'reward.issued', { rewardId: id, contactId })
  if (input.offThisJob) await recordEvent(tx, 'reward.redeemed', { rewardId: id, contactId })
  for (const setOff of setOffs) await markUsedRewards(tx, setOff.contactId, setOff.currency)
  const lacksCode = kind === 'discount_code' && !held && code === null
  return { code, waits: input.needsApproval ? 'approval' : lacksCode ? 'code' : null }
}

/** Throws not_found. */
export async function getReward(ctx: Ctx, id: string): Promise<Reward> {
  const mine = and(eq(rewards.organizationId, ctx.organizationId), eq(rewards.id, id))
  const reward = await ctx.db.select().from(rewards).where(mine).get()
  if (!reward) throw new AppError('not_found')
  return reward
}

type Known = Pick<Reward, 'id' | 'contactId' | 'campaignId' | 'conversionId' | 'codeSource'>

/** Gives a code and issues the reward with it. Null when there is none left: the reward goes on waiting. */
export async function issueCode(tx: Ctx, reward: Known): Promise<string | null> {
  const code = await takeCode(tx, reward)
  if (code !== null) await markIssued(tx, reward)
  return code
}

/** pending → issued, once. Answers whether it was this call. */
export async function markIssued(tx: Ctx, { id, contactId }: Pick<Reward, 'id' | 'contactId'>): Promise<boolean> {
  const [issued] = await tx.db
    .update(rewards)
    .set({ status: 'issued', updatedAt: tx.clock() })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, id), eq(rewards.status, 'pending')))
    .returning({ id: rewards.id })
  if (issued) await recordEvent(tx, 'reward.issued', { rewardId: id, contactId })
  return issued !== undefined
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

/** The transfer of one step of a reward; each step can be posted once. */
export const entryOf = (rewardId: string, step: string, posting: Posting): Entry => ({
  ...posting,
  refersTo: { type: 'reward', id: rewardId },
  idempotencyKey: `reward:${rewardId}:${step}`,
})
