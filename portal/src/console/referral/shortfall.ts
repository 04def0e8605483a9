import { GoodwordError } from '@goodword/client'
import type { ReferralDetail } from '@goodword/contracts'
import { firstName, formatMoney } from '@goodword/domain'

/**
 * The missing credit in minor units when a reversal was rejected because credit was already used; null for other
 * errors.
 */
export function shortfallOf(error: unknown): number | null {
  if (!(error instanceof GoodwordError) || error.code !== 'credit_spent') return null
  return error.problem.shortfall ?? null
}

type RewardedReferral = Pick<ReferralDetail, 'rewards' | 'currency'>

/** "Anna has used $20.00 of it. Reverse anyway and let it be owed back?" */
export function describeShortfall(shortfall: number, { rewards, currency }: RewardedReferral): string {
  const released = rewards.filter(({ kind, status }) => kind === 'credit' && status !== 'pending')
  const names = new Set(released.map(({ name }) => firstName(name)))
  const [only] = names
  const who = names.size === 1 && only ? `${only} has` : 'They have'
  return `${who} used ${formatMoney(shortfall, currency)} of it. Reverse anyway and let it be owed back?`
}
