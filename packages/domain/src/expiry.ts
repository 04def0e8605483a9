import type { Campaign } from '@goodword/contracts'

/** What decides when a campaign's open referrals expire. */
export type ExpiryRules = Pick<Campaign, 'status' | 'whenEnded'> & {
  endsAt: number | null
  /** How many days of 24 hours a referral may be pending; null without a limit. */
  pendingExpiresDays: number | null
}

/** The referrals that are due: those pending since `pendingSince` or earlier, null for none, and accepted ones or not. */
export type DueNow = { ended: boolean; pendingSince: number | null; accepted: boolean }

const dayMs = 86_400_000

const isOver = ({ status, endsAt }: ExpiryRules, now: number): boolean =>
  status === 'ended' || (endsAt !== null && endsAt <= now)

export function dueNow(rules: ExpiryRules, now: number): DueNow {
  const { whenEnded, pendingExpiresDays } = rules
  if (isOver(rules, now) && whenEnded !== 'block_new') {
    return { ended: true, pendingSince: now, accepted: whenEnded === 'expire_all' }
  }
  return {
    ended: false,
    pendingSince: pendingExpiresDays === null ? null : now - pendingExpiresDays * dayMs,
    accepted: false,
  }
}

/**
 * When the next referral can be due, once none is due at `now`; null for never. `oldestPendingSince` is null if none is pending.
 * Referrals that become pending later wait from `now` at the earliest.
 */
export function nextExpiry(rules: ExpiryRules, now: number, oldestPendingSince: number | null): number | null {
  const { endsAt, whenEnded, pendingExpiresDays } = rules
  if (dueNow(rules, now).ended) return null
  const waited = pendingExpiresDays === null ? null : (oldestPendingSince ?? now) + pendingExpiresDays * dayMs
  const end = whenEnded === 'block_new' ? null : endsAt
  return waited === null || end === null ? (waited ?? end) : Math.min(waited, end)
}
