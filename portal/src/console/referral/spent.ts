import { GoodwordError } from '@goodword/client'
import type { ReferralDetail } from '@goodword/contracts'
import { firstName, formatMoney } from '@goodword/domain'

/** How much credit is missing, in minor units, when a reversal was refused because it is spent; null for other failures. */
export function spentOf(error: unknown): number | null {
  if (!(error instanceof GoodwordError) || error.code !== 'credit_spent') return null
  return error.problem.shortfall ?? null
}

type Earned = Pick<ReferralDetail, 'rewards' | 'currency'>

/** "Anna has used $20.00 of it. Reverse anyway and let it be owed back?" */
export function spentWords(shortfall: number, { rewards, currency }: Earned): string {
  const usable = rewards.filter(({ kind, status }) => kind === 'credit' && status !== 'pending')
  const names = new Set(usable.map(({ name }) => firstName(name)))
  const [only] = names
  const who = names.size === 1 && only ? `${only} has` : 'They have'
  return `${who} used ${formatMoney(shortfall, currency)} of it. Reverse anyway and let it be owed back?`
}
