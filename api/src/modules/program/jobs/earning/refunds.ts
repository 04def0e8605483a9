import type { JobEffect } from '@goodword/contracts'
import type { RefundProposal } from '@goodword/domain'
import { inSavepoint } from '../../../../database/savepoint.ts'
import type { Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { adjustReward, previewAdjusting } from '../../../money/rewards/adjusting.ts'
import { previewVoiding } from '../../../money/rewards/voiding.ts'
import { reverseAllowed, sourcesOf } from '../../conversions/reversal.ts'
import { type RewardChange, voiding } from '../../conversions/rewardChanges.queries.ts'
import { markTakenBack, settleRewardedJob } from '../../conversions/rewardedJobs.ts'
import type { JobRow } from '../jobRows.ts'
import { type EarningJob, earningJob, proposalOf, refundedSince, stands, takesBack } from './refundProposal.queries.ts'
import { closeOpenTodo, openOrUpdate } from './todos.ts'

type Side = 'advocate' | 'friend'
/** What staff say a side is worth, in minor units, in place of the proposal. */
export type Amounts = { [S in Side]?: number | undefined }

const system = { reason: 'The job was refunded', confirmOwed: false, notify: true }

/**
 * Compares what was refunded of a job that earned with what has been decided about, and leaves the difference to staff, or
 * applies it where the campaign says so. Null if nothing is to be decided.
 */
export async function followRefunds(tx: Ctx, job: JobRow, eventId: string): Promise<JobEffect | null> {
  const earning = await earningJob(tx, job)
  if (!earning) return null
  const about = { jobId: job.id, eventId, referralId: earning.referral.id }
  if (!stands(earning)) return followUndone(tx, earning, about)
  const proposal = await proposalOf(tx, earning)
  const changes = proposal.do === 'nothing' ? [] : await changesOf(tx, earning, proposal)
  if (proposal.do === 'adjust' && changes.every(({ change }) => change?.does === 'nothing')) {
    await closeOpenTodo(tx, job.id, 'refund')
    await settleRewardedJob(tx, earning.rewarded, refundedSince(earning))
    return { reason: 'rewards_stay', facts: factsOf(earning, proposal) }
  }
  if (proposal.do === 'nothing') {
    await closeOpenTodo(tx, job.id, 'refund')
    return null
  }
  const facts = factsOf(earning, proposal)
  if ((await takesBack(tx, earning)) && (await applied(tx, earning, proposal)))
    return { reason: proposal.do === 'reverse' ? 'rewards_taken_back' : 'rewards_adjusted', facts }
  const effect: JobEffect = { reason: reasonOf(proposal), facts }
  await openOrUpdate(tx, 'refund', about, effect)
  return effect
}

/** Rewards that were taken back stay so. If their refund is undone, staff hear of it. */
async function followUndone(
  tx: Ctx,
  earning: EarningJob,
  about: Parameters<typeof openOrUpdate>[2],
): Promise<JobEffect | null> {
  const { referral, rewarded, job } = earning
  const total = refundedSince(earning)
  if (referral.archivedAt !== null || total >= rewarded.refundedSettled) {
    await closeOpenTodo(tx, job.id, 'refund')
    return null
  }
  const refunded = total - rewarded.refundedSettled
  const effect: JobEffect = { reason: 'rewards_to_give_back', facts: factsOf(earning, { refunded }) }
  await openOrUpdate(tx, 'refund', about, effect)
  return effect
}

type Decided = Exclude<RefundProposal, { do: 'nothing' }>

const reasonOf = (proposal: Decided) =>
  proposal.do === 'reverse'
    ? 'rewards_to_take_back'
    : proposal.refunded < 0
      ? 'rewards_to_give_back'
      : 'rewards_to_adjust'

const factsOf = (earning: EarningJob, { refunded }: { refunded: number }) => ({
  referralId: earning.referral.id,
  refunded,
  total: refundedSince(earning),
  currency: earning.job.currency ?? earning.rewarded.currency,
})

async function applied(tx: Ctx, earning: EarningJob, proposal: Decided): Promise<boolean> {
  try {
    await inSavepoint(tx.db, () => applyProposal(tx, earning, proposal, { ...system, amounts: {} }))
    return true
  } catch (error) {
    // Nobody confirmed that used credit is owed back, or what a reward is worth now: staff do.
    if (error instanceof AppError) return false
    throw error
  }
}

/** What a proposal would do to each reward of the job. Writes nothing. */
export async function changesOf(
  ctx: Ctx,
  earning: EarningJob,
  proposal: RefundProposal,
  amounts: Amounts = {},
): Promise<RewardChange[]> {
  if (proposal.do === 'nothing') return earning.rewards.map((reward) => ({ reward, change: null }))
  if (proposal.do === 'reverse') return takingBack(ctx, earning)
  const changes: RewardChange[] = []
  for (const reward of earning.rewards) {
    const adjustment = proposal.adjustments.find(({ side }) => side === reward.side)
    const amount = amounts[reward.side] ?? adjustment?.to
    const isOwn = amounts[reward.side] !== undefined
    if (amount === undefined) continue
    const worth = amount === null ? null : { amount, stands: isOwn || (adjustment?.stands ?? true) }
    changes.push({ reward, change: worth && (await previewAdjusting(ctx, reward, worth)) })
  }
  return changes
}

async function takingBack(ctx: Ctx, earning: EarningJob): Promise<RewardChange[]> {
  const { conversion, rewarded, othersStand } = earning
  const all = isReversal(earning) ? await sourcesOf(ctx, conversion.id) : []
  const own = { type: 'job', id: rewarded.jobId } as const
  const first = { type: 'conversion', id: conversion.id } as const
  const sources = all.length > 0 && !othersStand ? all : [rewarded.isFurther ? own : first]
  return (await previewVoiding(ctx, sources)).map(voiding)
}

/** Whether taking everything back reverses the conversion: not for a further job, nor while others have earned by it. */
export const isReversal = ({ rewarded, othersStand }: EarningJob): boolean => !rewarded.isFurther && !othersStand

type How = { reason: string; confirmOwed: boolean; notify: boolean; amounts: Amounts }

/**
 * Does what a refund calls for, once, and notes what has been decided about. Throws credit_spent unless `confirmOwed`, and
 * amount_needed if nobody can tell what a reward is worth now.
 */
export async function applyProposal(tx: Ctx, earning: EarningJob, proposal: Decided, how: How): Promise<void> {
  const { rewarded, job, referral } = earning
  if (proposal.do === 'reverse' && isReversal(earning)) await reverseAllowed(tx, referral.id, how.reason, how)
  else await applyChanges(tx, earning, proposal, how)
  if (proposal.do === 'reverse') await markTakenBack(tx, job.id)
  await settleRewardedJob(tx, rewarded, refundedSince(earning))
  await closeOpenTodo(tx, job.id, 'refund')
}

async function applyChanges(
  tx: Ctx,
  earning: EarningJob,
  proposal: Decided,
  { reason, confirmOwed, notify, amounts }: How,
): Promise<void> {
  const changes = await changesOf(tx, earning, proposal, amounts)
  const owed = changes.reduce((sum, { change }) => sum + (change?.owed ?? 0), 0)
  const [first] = changes
  if (first && owed > 0 && !confirmOwed)
    throw new AppError('credit_spent', { shortfall: owed, currency: first.reward.currency })
  for (const { reward, change } of changes) {
    if (change === null) throw new AppError('reward_amount_needed')
    const worth = { amount: change.to, stands: change.does !== 'void' }
    const key = `job:${earning.job.id}:${earning.rewarded.decisions}:${reward.side}`
    await adjustReward(tx, reward.id, worth, { key, reason, confirmOwed, notify })
  }
}
