import type { RewardSource } from '@goodword/contracts'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { balanceIn } from '../ledger/ledger.ts'
import { kinds } from './kinds/kinds.ts'
import type { Reward } from './reward.ts'
import { rewards } from './rewards.table.ts'

/** A voided reward, and how much of it is owed back; minor units. */
export type Voided = { reward: Reward; owed: number }

/**
 * Voids the rewards of these sources and takes them back. Used credit becomes owed if `confirmOwed`; otherwise throws
 * credit_spent with the shortfall, and nothing changes.
 */
export async function voidRewards(
  tx: Ctx,
  sources: RewardSource[],
  { reason, confirmOwed }: { reason: string; confirmOwed: boolean },
): Promise<Voided[]> {
  const open = await previewVoiding(tx, sources)
  const shortfall = open.reduce((sum, { owed }) => sum + owed, 0)
  const [first] = open
  if (first && shortfall > 0 && !confirmOwed)
    throw new AppError('credit_spent', { shortfall, currency: first.reward.currency })
  const voided: Voided[] = []
  for (const { reward } of open) voided.push(await voidOne(tx, reward, { reason }))
  return voided
}

/** What voiding the rewards of these sources would do: each with how much of it would be owed back. Writes nothing. */
export async function previewVoiding(ctx: Ctx, sources: RewardSource[]): Promise<Voided[]> {
  const taken = new Map<string, number>()
  const previews: Voided[] = []
  for (const source of sources)
    for (const reward of await standingRewards(ctx, source)) {
      const isUsable = kinds[reward.kind].isBalance && reward.status !== 'pending' && !reward.offThisJob
      const whose = `${reward.contactId} ${reward.currency}`
      const before = taken.get(whose) ?? 0
      const owed = isUsable ? await beyond(ctx, reward, before) : await kinds[reward.kind].spent(ctx, reward)
      if (isUsable) taken.set(whose, before + reward.amount - owed)
      previews.push({ reward, owed })
    }
  return previews
}

/** What a reward is above the credit that is left once `taken` of it is gone. */
async function beyond(ctx: Ctx, { contactId, currency, amount }: Reward, taken: number): Promise<number> {
  const { available } = await balanceIn(ctx, contactId, currency)
  return Math.max(0, amount - Math.max(0, available - taken))
}

/** The rewards of a source that aren't voided. */
export const standingRewards = (ctx: Ctx, source: RewardSource): Promise<Reward[]> =>
  ctx.db
    .select()
    .from(rewards)
    .where(
      and(
        sql`+${rewards.organizationId} = ${ctx.organizationId}`,
        eq(rewards.sourceType, source.type),
        eq(rewards.sourceId, source.id),
        ne(rewards.status, 'voided'),
      ),
    )

/** Voids one reward and takes it back; `decidedBy` if somebody decided about this one alone. */
export async function voidOne(
  tx: Ctx,
  reward: Reward,
  { reason, decidedBy }: { reason: string; decidedBy?: string },
): Promise<Voided> {
  const owed = await kinds[reward.kind].spent(tx, reward)
  const now = tx.clock()
  const [found] = await tx.db
    .update(rewards)
    .set({
      status: 'voided',
      reason,
      updatedAt: now,
      ...(decidedBy === undefined ? {} : { decidedBy, decidedAt: now }),
    })
    .where(and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, reward.id)))
    .returning({ id: rewards.id })
  if (!found) throw new AppError('not_found')
  await recordEvent(tx, 'reward.voided', { rewardId: reward.id, contactId: reward.contactId, owed })
  await kinds[reward.kind].takeBack(tx, reward)
  return { reward, owed }
}
