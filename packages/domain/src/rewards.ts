import type { Currency, Terms } from '@goodword/contracts'
import { assert } from './invariant.ts'
import { formatMoney } from './money.ts'
import {
  advocateSide,
  atLeastPromised,
  friendSide,
  isWorthMoney,
  nothing,
  type RewardContext,
  type SideReward,
} from './rewardOfSide.ts'

/** All amounts in minor units of `currency`. Counts and sums do not include this conversion or reversed ones. */
export type RewardInput = {
  current: Terms
  /** The terms at submission; null if there is no promise to honor. */
  promised: Terms | null
  currency: Currency
  jobValue: number | null
  convertedBefore: { ever: number; thisYear: number }
  /** Reward money of this advocate in this campaign. */
  paidToAdvocate: { ever: number; year: number; month: number }
  /** Reward money of the campaign, both sides. */
  paidInCampaign: number
  /** An existing customer was accepted without reward, so both sides earn nothing. */
  friendWithoutReward: boolean
  /** The advocate's data was erased, so they cannot use a reward. The friend keeps the promise. */
  advocateErased: boolean
}

export type RewardDecision =
  | { ok: true; nth: number; advocate: SideReward; friend: SideReward; total: number }
  | { ok: false; code: 'job_value_required' }

/** The terms of which each side gets the better: today's, and those at submission if they are honored. */
export const honoredTerms = (current: Terms, promised: Terms | null): Terms[] => {
  if (promised === null || current.honor === 'at_conversion') return [current]
  return current.honor === 'at_submission' ? [promised] : [current, promised]
}

function needsJobValue(terms: Terms): boolean {
  const { advocate, friend, tiers } = terms
  const values = [
    ...(isWorthMoney(friend) ? [friend.value] : []),
    ...(isWorthMoney(advocate) ? [advocate.value, ...tiers.map((tier) => tier.value)] : []),
  ]
  const hasLeast = [advocate, friend].some((side) => side.kind !== 'none' && side.minJobValue !== undefined)
  return hasLeast || values.some((value) => value.type === 'percent')
}

/** Whether a conversion by these terms needs the job value: it pays a percentage, or only for jobs above some value. */
export const jobValueRequired = (current: Terms, promised: Terms | null = null): boolean =>
  honoredTerms(current, promised).some(needsJobValue)

type Limit = { left: number; label: string; sentence: string }

function limit(most: number | undefined, paid: number, label: (money: string) => string, currency: Currency): Limit[] {
  if (most === undefined) return []
  const left = Math.max(0, most - paid)
  const words = label(formatMoney(most, currency))
  const rest = left === 0 ? 'nothing is left' : `${formatMoney(left, currency)} is left`
  return [{ left, label: words, sentence: `${words}; ${rest}.` }]
}

const budgetLimit = (input: Pick<RewardInput, 'current' | 'currency'>, paid: number): Limit[] =>
  limit(input.current.budget, paid, (money) => `Capped by the campaign budget of ${money}`, input.currency)

function advocateLimits(input: Pick<RewardInput, 'current' | 'currency' | 'paidToAdvocate'>): Limit[] {
  const { total, year, month } = input.current.advocateCaps
  const paid = input.paidToAdvocate
  return [
    ...limit(total, paid.ever, (money) => `Capped at ${money} in all`, input.currency),
    ...limit(year, paid.year, (money) => `Capped at ${money} a year`, input.currency),
    ...limit(month, paid.month, (money) => `Capped at ${money} a month`, input.currency),
  ]
}

const tightestOf = (limits: Limit[]) =>
  limits.reduce<Limit | null>((low, one) => (low && low.left <= one.left ? low : one), null)

/**
 * The limit that leaves the least for one more reward of a side, in minor units, with its sentence; null without
 * limits.
 */
export const tightestLimit = (
  side: 'advocate' | 'friend',
  input: Pick<RewardInput, 'current' | 'currency' | 'paidToAdvocate' | 'paidInCampaign'>,
): { left: number; sentence: string } | null =>
  tightestOf([...(side === 'advocate' ? advocateLimits(input) : []), ...budgetLimit(input, input.paidInCampaign)])

function withheld({ text, amount, lines }: SideReward, { label, sentence }: Limit): SideReward {
  const note = `${sentence.slice(0, -1)}, so the code for ${text} is not given.`
  return { ...nothing(note), lines: [...lines, { kind: 'cap', label, amount: -amount }] }
}

/**
 * Cuts a reward to what the tightest limit leaves; the cut is a separate line with a sentence. A code cannot be
 * cut, so it is all-or-nothing.
 */
function limited(reward: SideReward, limits: Limit[]): SideReward {
  const tightest = tightestOf(limits)
  if (!tightest || reward.amount <= tightest.left) return reward
  if (reward.kind === 'discount_code') return withheld(reward, tightest)
  const cut = tightest.left - reward.amount
  const lines = [...reward.lines, { kind: 'cap' as const, label: tightest.label, amount: cut }]
  return { ...reward, amount: tightest.left, lines, note: tightest.sentence }
}

/**
 * The rewards if a referral converts now (SPEC §3). The limits are those of the current terms, and the friend is
 * served first from the remaining budget. Rejects if a required job value is missing.
 */
export function decideRewards(input: RewardInput): RewardDecision {
  const { current, promised, currency, jobValue } = input
  const [first = current, ...others] = honoredTerms(current, promised)
  const nthBy = (terms: Terms) =>
    1 + (terms.countEachYear ? input.convertedBefore.thisYear : input.convertedBefore.ever)
  const nth = nthBy(first)
  if (input.friendWithoutReward) {
    const side = nothing('Already a customer, accepted without a reward.')
    return { ok: true, nth, advocate: side, friend: side, total: 0 }
  }
  if (jobValue === null && jobValueRequired(current, promised)) return { ok: false, code: 'job_value_required' }
  assert(jobValue === null || (Number.isSafeInteger(jobValue) && jobValue > 0), `${jobValue} is not a job value`)

  const best = (side: (terms: Terms, occasion: RewardContext) => SideReward) =>
    others
      .map((terms) => side(terms, { nth: nthBy(terms), jobValue, currency }))
      .reduce(atLeastPromised, side(first, { nth, jobValue, currency }))
  const friend = limited(best(friendSide), budgetLimit(input, input.paidInCampaign))
  const budgetAfterFriend = budgetLimit(input, input.paidInCampaign + friend.amount)
  const advocate = input.advocateErased
    ? nothing('Nothing is credited, because their data was erased.')
    : limited(best(advocateSide), [...advocateLimits(input), ...budgetAfterFriend])
  return { ok: true, nth, advocate, friend, total: advocate.amount + friend.amount }
}

/**
 * The advocate's reward for each of the first `count` friends on jobs of `jobValue`, without limits: the bar chart
 * of the campaign editor. `bonus` is the milestone's part.
 */
export function rewardByFriend(
  terms: Terms,
  currency: Currency,
  jobValue: number | null,
  count = 5,
): { nth: number; base: number; bonus: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const reward = advocateSide(terms, { nth: index + 1, jobValue, currency })
    const bonus = reward.lines.reduce((sum, line) => sum + (line.kind === 'milestone' ? line.amount : 0), 0)
    return { nth: index + 1, base: reward.amount - bonus, bonus }
  })
}
