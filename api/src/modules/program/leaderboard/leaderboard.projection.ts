import { sql } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import type { Invariant, Projection } from '../../../shared/module.ts'
import { type Dated, monthsOf } from './months.queries.ts'

/** Adds the months of conversions that have none yet, and with them what counts for their advocates. */
export async function addMonths(tx: Queries, dated: Dated[]): Promise<void> {
  await tx.run(sql`INSERT INTO leaderboard_months (referral_id, month)
    SELECT value ->> 'referralId', value ->> 'month' FROM json_each(${JSON.stringify(dated)}) WHERE true
    ON CONFLICT DO NOTHING`)
}

const mine = (organizationId: string) =>
  sql`board IN (SELECT id FROM leaderboards WHERE organization_id = ${organizationId})`

/** Kept by code, because the months are: what they lead to is kept by triggers. */
export const leaderboardProjection: Projection = {
  name: 'leaderboard',
  source: 'conversions',
  keptBy: 'code',
  async clear(tx, organizationId) {
    await tx.run(sql`DELETE FROM leaderboard_entries WHERE ${mine(organizationId)}`)
    await tx.run(sql`DELETE FROM leaderboard_tally WHERE ${mine(organizationId)}`)
    await tx.run(sql`DELETE FROM leaderboard_months
      WHERE referral_id IN (SELECT referral_id FROM conversions WHERE organization_id = ${organizationId})`)
  },
  fill: async (tx, ids) => addMonths(tx, await monthsOf(tx, ids)),
}

const walkedAtOnce = 500

const counted = `SELECT b.id AS board, e.contact_id, count(*) AS closed,
    sum(r.flags = '[]' OR r.flags_cleared_at IS NOT NULL) AS cleared
  FROM referrals r JOIN enrollments e ON e.id = r.enrollment_id JOIN leaderboard_months m ON m.referral_id = r.id
  JOIN leaderboards b ON b.organization_id = r.organization_id AND b.period IN
    (m.month, substr(m.month, 1, 4), 'all', substr(m.month, 1, 4) || '-Q' || ((substr(m.month, 6) + 2) / 3))
  WHERE r.status = 'converted' AND r.archived_at IS NULL GROUP BY 1, 2`

export const leaderboardInvariants: Invariant[] = [
  {
    invariant: 'The leaderboard counts the standing conversions of each advocate, in each period.',
    broken: `SELECT board, contact_id, sum(closed), sum(cleared) FROM (
        SELECT board, contact_id, closed, cleared FROM leaderboard_entries
        UNION ALL SELECT board, contact_id, -closed, -cleared FROM (${counted})
      ) GROUP BY 1, 2 HAVING sum(closed) <> 0 OR sum(cleared) <> 0`,
  },
  {
    invariant: 'The leaderboard lists in public exactly those who ask for it and are still here.',
    broken: `SELECT n.contact_id, n.board FROM leaderboard_entries n JOIN contacts c ON c.id = n.contact_id
      WHERE n.listed <> (c.leaderboard_since IS NOT NULL AND c.erased_at IS NULL AND c.merged_into IS NULL)`,
  },
  {
    invariant: 'The tally of the leaderboard is what counting its entries gives.',
    broken: `SELECT board, audience, closed, sum(advocates) FROM (
        SELECT board, audience, closed, advocates FROM leaderboard_tally
        UNION ALL SELECT board, 'console', closed, -1 FROM leaderboard_entries WHERE closed > 0
        UNION ALL SELECT board, 'public', cleared, -1 FROM leaderboard_entries WHERE cleared > 0 AND listed = 1
      ) GROUP BY 1, 2, 3 HAVING sum(advocates) <> 0`,
  },
  {
    invariant: 'Every conversion has its month in the time zone of its organization.',
    async broken(db) {
      const wrong: unknown[] = []
      for (let after = ''; ; ) {
        const rows = await db.all<[string, string, string | null, number]>(sql`
          SELECT c.id, c.referral_id, m.month, d.organization_id IS NOT NULL FROM conversions c
          LEFT JOIN leaderboard_months m ON m.referral_id = c.referral_id
          LEFT JOIN leaderboard_redating d ON d.organization_id = c.organization_id
          WHERE c.id > ${after} ORDER BY c.id LIMIT ${walkedAtOnce}`)
        const ids = rows.map(([id]) => id)
        const right = new Map((await monthsOf(db, ids)).map(({ referralId, month }) => [referralId, month]))
        for (const [id, referralId, month, isRedated] of rows)
          if (month === null || (!isRedated && month !== right.get(referralId))) wrong.push(id)
        if (rows.length < walkedAtOnce) return wrong
        after = ids.at(-1) ?? ''
      }
    },
  },
]
