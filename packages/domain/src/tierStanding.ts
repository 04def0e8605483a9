import type { RewardValue, Terms } from '@goodword/contracts'
import { advocateValueAt, isWorthMoney } from './rewardOfSide.ts'

/** `last`: the friend from whom on the last tier pays. `value`: what a further friend pays. `next`: null in the last tier. */
export type TierStanding = { last: number; value: RewardValue; next: { more: number; value: RewardValue } | null }

/**
 * Where an advocate with so many converted referrals stands in the tiers of their terms. Null without tiers, and where
 * friends are counted anew each year, because the count is of all years.
 */
export function tierStanding(terms: Terms, converted: number): TierStanding | null {
  if (!isWorthMoney(terms.advocate) || terms.tiers.length === 0 || terms.countEachYear) return null
  const tiers = [...terms.tiers].sort((one, other) => one.from - other.from)
  const value = advocateValueAt(terms, converted + 1)
  const last = tiers.at(-1)?.from
  if (value === null || last === undefined) return null
  const next = tiers.find(({ from }) => from > converted + 1)
  return { last, value, next: next ? { more: next.from - converted - 1, value: next.value } : null }
}
