import { sql } from 'drizzle-orm'
import type { Invariant, Projection } from '../../../shared/module.ts'

export const datesOfReferrals: Projection = {
  name: 'conversion dates of referrals',
  source: 'conversions',
  keptBy: 'triggers',
  clear: async (tx, organizationId) =>
    void (await tx.run(
      sql`UPDATE referrals SET converted_at = NULL WHERE organization_id = ${organizationId} AND converted_at IS NOT NULL`,
    )),
  fill: async (tx, ids) =>
    void (await tx.run(sql`UPDATE referrals SET converted_at = c.created_at FROM conversions c
      WHERE c.id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND referrals.id = c.referral_id`)),
}

export const datesMatchConversions: Invariant = {
  invariant: 'A referral has the date of its conversion.',
  broken: `SELECT r.id FROM referrals r LEFT JOIN conversions c ON c.referral_id = r.id
    WHERE r.converted_at IS NOT c.created_at`,
}
