import type { ReferralRow } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'

/** What both sides got for a referral: "$112.50, both sides", "20% off, on hold". Null until converted. */
export function rowReward(row: ReferralRow): { what: string; sub: string } | null {
  const { advocateReward, currency } = row
  if (advocateReward === null) return null
  const friendReward = row.friendReward ?? 0
  const sum = advocateReward + friendReward
  const advocateThing = advocateReward > 0 ? null : row.advocateRewardText
  const friendThing = friendReward > 0 ? null : row.friendRewardText
  const things = [...new Set([advocateThing, friendThing].filter((thing) => thing !== null))]
  const parts = sum > 0 || things.length === 0 ? [formatMoney(sum, currency), ...things] : things
  const what = parts.join(' and ')
  if (row.status === 'reversed') return { what, sub: 'taken back' }
  const hasAdvocate = advocateReward > 0 || advocateThing !== null
  const hasFriend = friendReward > 0 || friendThing !== null
  if (row.nextStep.kind === 'reward_clears') {
    if (!hasFriend) return { what, sub: 'on hold' }
    return { what, sub: advocateThing ? 'advocate’s on hold' : `${formatMoney(advocateReward, currency)} on hold` }
  }
  if (hasAdvocate && hasFriend) return { what, sub: 'both sides' }
  if (!hasAdvocate && !hasFriend) return { what, sub: 'no reward' }
  return { what, sub: hasAdvocate ? 'for the advocate' : 'for the friend' }
}
