import type { ReferralStatus } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { referrals } from './referrals.table.ts'

/**
 * Whether a referral has one of these statuses, written as literals. Some indexes cover only certain statuses, so with
 * a bound value SQLite would plan the statement again on every run.
 */
export const hasStatus = (...statuses: ReferralStatus[]): SQL =>
  sql`${referrals.status} IN (${sql.raw(statuses.map((status) => `'${status}'`).join(', '))})`
