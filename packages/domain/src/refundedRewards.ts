import type { Currency, RewardLine, Terms } from '@goodword/contracts'
import { assert } from './invariant.ts'
import { advocateSide, atLeastPromised, friendSide, nothing, type SideReward } from './rewardOfSide.ts'

/** What one side got for a job, as frozen in its conversion. */
export type FrozenReward = {
  side: 'advocate' | 'friend'
  amount: number
  lines: readonly RewardLine[]
  /** What the reward is worth now, after earlier refunds and corrections by staff. */
  now: number
}

export type RefundedJob = {
  /** As it was converted; null if it had none. */
  jobValue: number | null
  currency: Currency
  nth: number
  /** The terms that decided, see `honoredTerms`. */
  terms: readonly Terms[]
  rewards: readonly FrozenReward[]
}

/**
 * `to` is null if nobody can tell what the smaller job would have paid; then staff say it. `stands` is false if the rest of
 * the job is too small to earn anything, which also ends a reward without an amount.
 */
export type Adjustment = { side: 'advocate' | 'friend'; from: number; to: number | null; stands: boolean }

export type RefundProposal =
  | { do: 'nothing' }
  /** Everything was refunded: take back the rewards as in a reversal. */
  | { do: 'reverse'; refunded: number }
  /** `refunded` is what was refunded since the last decision; below zero if a refund failed or was deleted. */
  | { do: 'adjust'; refunded: number; adjustments: Adjustment[] }

/**
 * What to do with the rewards of a converted job of which `total` was refunded, after staff have decided about `settled` of
 * it. A smaller job pays what it would have paid by the frozen terms, so many small refunds come to the same as one large
 * one. Codes and other things that can't be divided stay, unless the rest of the job is too small for them.
 */
export function proposeForRefund(
  job: RefundedJob,
  { total, settled }: { total: number; settled: number },
): RefundProposal {
  assert(total >= 0 && settled >= 0, `cannot refund ${total} after ${settled}`)
  if (total === settled) return { do: 'nothing' }
  const { jobValue, rewards } = job
  if (jobValue !== null && total >= jobValue && settled < jobValue) return { do: 'reverse', refunded: total - settled }
  const adjustments = rewards.map((reward): Adjustment => {
    const { side, now } = reward
    const before = rewardAfterRefund(job, reward, settled)
    const after = rewardAfterRefund(job, reward, total)
    if (before === null || after === null) return { side, from: now, to: null, stands: true }
    return { side, from: now, to: Math.max(0, now + after.amount - before.amount), stands: after.stands }
  })
  return { do: 'adjust', refunded: total - settled, adjustments }
}

/** What the frozen terms pay for the rest of the job, never more than was paid; null if they can't be found again. */
function rewardAfterRefund(
  job: RefundedJob,
  reward: FrozenReward,
  refunded: number,
): { amount: number; stands: boolean } | null {
  const { jobValue } = job
  if (jobValue === null) return null
  if (refunded >= jobValue) return { amount: 0, stands: false }
  if (!startsWith(reward.lines, sideOf(job, reward.side, jobValue).lines)) return null
  const { amount, kind } = sideOf(job, reward.side, jobValue - refunded)
  return { amount: Math.min(reward.amount, amount), stands: kind !== 'none' }
}

/** What one side gets for a job of this value, before limits. */
function sideOf({ terms, nth, currency }: RefundedJob, side: FrozenReward['side'], jobValue: number): SideReward {
  const decide = side === 'advocate' ? advocateSide : friendSide
  const sides = terms.map((one) => decide(one, { nth, jobValue, currency }))
  return sides.length === 0 ? nothing(null) : sides.reduce(atLeastPromised)
}

/** The frozen lines are those of the terms, and perhaps a cut by a limit after them. */
const startsWith = (frozen: readonly RewardLine[], lines: readonly RewardLine[]): boolean =>
  lines.every(({ kind, amount }, index) => frozen[index]?.kind === kind && frozen[index]?.amount === amount) &&
  frozen.slice(lines.length).every(({ kind }) => kind === 'cap')
