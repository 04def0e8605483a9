import type { ReferralStatus } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { referrals } from './referrals.table.ts'

/**
 * Whether a referral has one of these statuses, written out in the statement. Some indexes hold some statuses only, so with
 * a bound value SQLite plans the statement anew each time it runs.
 */
export const hasStatus = (...statuses: ReferralStatus[]): SQL =>
  sql`${referrals.status} IN (${sql.raw(statuses.map((status) => `'${status}'`).join(', '))})`
