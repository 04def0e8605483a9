import { sql } from 'drizzle-orm'
import type { World } from './harness.ts'

type Busy = { campaignId: string; enrollmentId: string; contactId: string }

/**
 * Writes that an advocate referred this many friends, who all converted, for $1.00 of credit each. The credit itself is
 * not in the ledger. Rewards became available in their order, but for the first one, which was released last.
 */
export async function writeConversions(world: World, { campaignId, enrollmentId, contactId }: Busy, count: number) {
  const organizationId = world.organization.id
  const numbers = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`
  const idOf = (prefix: string) => sql.raw(`printf('${prefix}_%026d', i)`)
  await world.ctx.database.write(async (tx) => {
    await tx.run(sql`${numbers} INSERT INTO referrals (id, organization_id, campaign_id, enrollment_id, status, source,
        submitted, terms_version, flags, without_reward, metadata, created_at, updated_at)
      SELECT ${idOf('ref')}, ${organizationId}, ${campaignId}, ${enrollmentId}, 'converted', 'api', '{"name":"Priya Shah"}',
        1, '[]', 0, '{}', 0, 0 FROM n`)
    await tx.run(sql`${numbers} INSERT INTO conversions (id, organization_id, referral_id, campaign_id, enrollment_id,
        advocate_contact_id, friend_contact_id, terms_version, nth, currency, advocate_amount, friend_amount, frozen, actor, created_at)
      SELECT ${idOf('cnv')}, ${organizationId}, ${idOf('ref')}, ${campaignId}, ${enrollmentId}, ${contactId}, '', 1, 1, 'USD',
        100, 0, '{}', 'system', 0 FROM n`)
    await tx.run(sql`${numbers} INSERT INTO rewards (id, organization_id, source_type, source_id, campaign_id, enrollment_id,
        contact_id, side, kind, amount, currency, status, available_at, created_at, updated_at)
      SELECT ${idOf('rwd')}, ${organizationId}, 'conversion', ${idOf('cnv')}, ${campaignId}, ${enrollmentId}, ${contactId},
        'advocate', 'credit', 100, 'USD', 'issued', 0, i, iif(i = 1, ${count} + 1, i) FROM n`)
  })
}
