import type { Terms } from '@goodword/contracts'
import { decideRewards, type RewardInput } from '../src/rewards.ts'

/** The first conversion of an advocate, for a job of $1,250.00. */
export const input = (current: Terms, given: Partial<RewardInput> = {}): RewardInput => ({
  current,
  promised: null,
  currency: 'USD',
  jobValue: 125_000,
  convertedBefore: { ever: 0, thisYear: 0 },
  paidToAdvocate: { ever: 0, year: 0, month: 0 },
  paidInCampaign: 0,
  friendWithoutReward: false,
  advocateErased: false,
  ...given,
})

/** The rewards of a conversion. Throws when it is rejected. */
export function decided(current: Terms, given: Partial<RewardInput> = {}) {
  const decision = decideRewards(input(current, given))
  if (!decision.ok) throw new Error(`refused: ${decision.code}`)
  return decision
}
