import type { FunnelFigures } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../src/shared/context.ts'

export type NaiveSpan = { start: number; end: number }

/** The figures of a span from the rows themselves, for comparison with the rollups. */
export async function naiveFunnel(
  { db, organizationId }: Ctx,
  { start, end }: NaiveSpan,
  currency: string,
  campaignId: string | null = null,
): Promise<FunnelFigures> {
  const standing = sql`FROM conversions c JOIN referrals r ON r.id = c.referral_id
    LEFT JOIN rewards w ON w.source_type = 'conversion' AND w.source_id = c.id AND w.status <> 'voided'
    WHERE c.organization_id = ${organizationId} AND c.created_at >= ${start} AND c.created_at < ${end}
      AND r.status = 'converted' AND r.archived_at IS NULL AND (${campaignId} IS NULL OR c.campaign_id = ${campaignId})`
  const further = sql`FROM rewarded_jobs j JOIN conversions c ON c.id = j.conversion_id JOIN referrals r ON r.id = c.referral_id
    LEFT JOIN rewards w ON w.source_type = 'job' AND w.source_id = j.job_id AND w.status <> 'voided'
    WHERE c.organization_id = ${organizationId} AND j.is_further AND j.created_at >= ${start} AND j.created_at < ${end}
      AND r.status = 'converted' AND r.archived_at IS NULL AND (${campaignId} IS NULL OR c.campaign_id = ${campaignId})
      AND j.currency = ${currency}`
  const rewarded = (side: string) =>
    sql`(SELECT coalesce(sum(w.amount), 0) ${standing} AND c.currency = ${currency} AND w.side = ${side})
      + (SELECT coalesce(sum(w.amount), 0) ${further} AND w.side = ${side})`
  const [[visits, referrals, converted, revenue, advocateRewards, friendRewards] = []] = await db.all<
    number[]
  >(sql`SELECT
    (SELECT coalesce(sum(v.count), 0) FROM visits v JOIN enrollments e ON e.id = v.enrollment_id
      WHERE v.organization_id = ${organizationId} AND v.at >= ${start} AND v.at < ${end}
        AND (${campaignId} IS NULL OR e.campaign_id = ${campaignId})),
    (SELECT count(*) FROM referrals r WHERE r.organization_id = ${organizationId} AND r.created_at >= ${start}
      AND r.created_at < ${end} AND r.archived_at IS NULL AND (${campaignId} IS NULL OR r.campaign_id = ${campaignId})),
    (SELECT count(DISTINCT c.id) ${standing}),
    (SELECT coalesce(sum(job_value), 0) FROM (SELECT DISTINCT c.id, c.job_value ${standing} AND c.currency = ${currency}))
      + (SELECT coalesce(sum(job_value), 0)
        FROM (SELECT DISTINCT j.job_id, j.job_value ${further} AND j.taken_back_at IS NULL)),
    ${rewarded('advocate')}, ${rewarded('friend')}`)
  return {
    visits: visits ?? 0,
    referrals: referrals ?? 0,
    converted: converted ?? 0,
    revenue: revenue ?? 0,
    advocateRewards: advocateRewards ?? 0,
    friendRewards: friendRewards ?? 0,
  }
}

/** Enrollment ids with visits, referrals, conversions, revenue and rewards in the span, the best first. */
export const naiveTopAdvocates = (
  { db, organizationId }: Ctx,
  { start, end }: NaiveSpan,
  currency: string,
  campaignId: string | null = null,
): Promise<[string, number, number, number, number, number][]> =>
  db.all(sql`
    WITH figure AS (
      SELECT e.id,
        (SELECT coalesce(sum(v.count), 0) FROM visits v WHERE v.enrollment_id = e.id AND v.at >= ${start} AND v.at < ${end}) AS visits,
        (SELECT count(*) FROM referrals r WHERE r.enrollment_id = e.id AND r.created_at >= ${start} AND r.created_at < ${end}
          AND r.archived_at IS NULL) AS referrals,
        count(c.id) AS converted, coalesce(sum(CASE c.currency WHEN ${currency} THEN c.job_value END), 0) AS revenue,
        coalesce(sum((SELECT w.amount FROM rewards w WHERE w.source_type = 'conversion' AND w.source_id = c.id
          AND w.side = 'advocate' AND w.status <> 'voided' AND w.currency = ${currency})), 0) AS rewards
      FROM enrollments e LEFT JOIN conversions c ON c.enrollment_id = e.id AND c.created_at >= ${start} AND c.created_at < ${end}
        AND EXISTS (SELECT 1 FROM referrals r WHERE r.id = c.referral_id AND r.status = 'converted' AND r.archived_at IS NULL)
      WHERE e.organization_id = ${organizationId} AND (${campaignId} IS NULL OR e.campaign_id = ${campaignId})
      GROUP BY e.id
    ), further AS (
      SELECT c.enrollment_id, sum(CASE WHEN j.taken_back_at IS NULL THEN j.job_value END) AS revenue,
        sum((SELECT w.amount FROM rewards w WHERE w.source_type = 'job' AND w.source_id = j.job_id
          AND w.side = 'advocate' AND w.status <> 'voided')) AS rewards
      FROM rewarded_jobs j JOIN conversions c ON c.id = j.conversion_id JOIN referrals r ON r.id = c.referral_id
      WHERE j.is_further AND j.created_at >= ${start} AND j.created_at < ${end} AND j.currency = ${currency}
        AND r.status = 'converted' AND r.archived_at IS NULL GROUP BY 1
    ), total AS (
      SELECT f.id, f.visits, f.referrals, f.converted, f.revenue + coalesce(j.revenue, 0) AS revenue,
        f.rewards + coalesce(j.rewards, 0) AS rewards
      FROM figure f LEFT JOIN further j ON j.enrollment_id = f.id
    )
    SELECT id, visits, referrals, converted, revenue, rewards FROM total
    WHERE visits > 0 OR referrals > 0 OR converted > 0 OR revenue > 0 OR rewards > 0
    ORDER BY converted DESC, revenue DESC, referrals DESC, visits DESC, id`)

/** Contacts with a balance that is not zero at a moment: available, held and owed, the largest sum first. */
export const naiveOutstanding = (
  { db, organizationId }: Ctx,
  end: number,
  currency: string,
): Promise<[string, number, number, number][]> =>
  db.all(sql`
    WITH balance AS (
      SELECT a.owner_id AS contact_id, a.kind, coalesce(sum(CASE t.credit_account_id WHEN a.id THEN t.amount ELSE -t.amount END), 0) AS balance
      FROM ledger_accounts a LEFT JOIN ledger_transfers t ON (t.credit_account_id = a.id OR t.debit_account_id = a.id) AND t.created_at < ${end}
      WHERE a.organization_id = ${organizationId} AND a.currency = ${currency} AND a.owner_type = 'contact'
      GROUP BY a.id
    )
    SELECT contact_id, sum(CASE kind WHEN 'available' THEN balance ELSE 0 END), sum(CASE kind WHEN 'held' THEN balance ELSE 0 END),
      sum(CASE kind WHEN 'owed' THEN -balance ELSE 0 END)
    FROM balance GROUP BY contact_id HAVING sum(balance <> 0) > 0 ORDER BY sum(balance) DESC, contact_id`)
