import type { Currency } from '@goodword/contracts'
import { issueReward, type Posting, reverseOf } from '@goodword/domain'
import { and, eq, ne, sql } from 'drizzle-orm'
import { rowAdder } from '../../database/prepared.ts'
import type { Ctx } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { balancesOfContact, type Entry, postEntries, postingsOf } from '../ledger/ledger.ts'
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
}

const addRow = rowAdder(rewards)

/** Creates a reward and, for credit, posts it: usable at once, or held until `availableAt`. */
export async function createReward(tx: Ctx, input: NewReward): Promise<void> {
  const now = tx.clock()
  const held = input.availableAt > now
  const id = tx.newId('reward')
  await addRow(tx.db, {
    ...input,
    id,
    organizationId: tx.organizationId,
    status: held ? 'pending' : 'issued',
    needsApproval: false,
    decidedAt: null,
    decidedBy: null,
    reason: null,
    redeemedAt: null,
    createdAt: now,
    updatedAt: now,
  })
  if (input.kind === 'credit') await postEntries(tx, [entryOf(id, 'issued', issueReward({ ...input, held }))])
}

/**
 * Voids the rewards of a conversion and takes their credit back, each transfer by its mirror. Throws credit_spent when
 * some of it was used already.
 */
export async function voidRewards(tx: Ctx, conversionId: string): Promise<Reward[]> {
  const open = await tx.db
    .select()
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, tx.organizationId),
        eq(rewards.conversionId, conversionId),
        ne(rewards.status, 'voided'),
      ),
    )
  for (const reward of open) {
    if (reward.kind === 'credit') await takeBack(tx, reward)
    await tx.db
      .update(rewards)
      .set({ status: 'voided', updatedAt: tx.clock() })
      .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, reward.id)))
  }
  return open
}

async function takeBack(tx: Ctx, reward: Reward): Promise<void> {
  if (reward.status !== 'pending') {
    const balances = await balancesOfContact(tx, reward.contactId)
    const available = balances.find((balance) => balance.currency === reward.currency)?.available ?? 0
    if (available < reward.amount) throw new AppError('credit_spent')
  }
  const posted = await postingsOf(tx, reward.id)
  await postEntries(
    tx,
    posted
      .reverse()
      .map(({ id, posting }) => ({ ...entryOf(reward.id, `reversed:${id}`, reverseOf(posting)), reversesId: id })),
  )
}

/** Reward money of one advocate's side in a campaign that stands: ever, this year, this month; minor units. */
export async function paidToAdvocate(
  ctx: Ctx,
  facts: { enrollmentId: string; yearStart: number; monthStart: number },
): Promise<{ ever: number; year: number; month: number }> {
  const since = (start: number) =>
    sql<number>`coalesce(sum(CASE WHEN ${rewards.createdAt} >= ${start} THEN ${rewards.amount} END), 0)`
  const paid = await ctx.db
    .select({ ever: since(0), year: since(facts.yearStart), month: since(facts.monthStart) })
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
