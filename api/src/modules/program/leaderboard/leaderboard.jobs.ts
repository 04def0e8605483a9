import { asc, eq, gt, sql } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { leaderboardRedating } from './leaderboard.table.ts'
import { monthsOf } from './months.queries.ts'

const batch = 500

/**
 * After an organization moved to another time zone, some of its conversions fall in another month: rewrites the months of
 * a batch of them. Returns how many it read.
 */
export function redateConversions({ database }: Services): Promise<number> {
  return database.write(async (tx) => {
    const [due] = await tx
      .select()
      .from(leaderboardRedating)
      .where(gt(leaderboardRedating.organizationId, ''))
      .orderBy(asc(leaderboardRedating.organizationId))
      .limit(1)
    if (!due) return 0
    const { organizationId, after } = due
    const rows = await tx.all<[string]>(sql`SELECT id FROM conversions
      WHERE organization_id = ${organizationId} AND id > ${after} ORDER BY id LIMIT ${batch}`)
    const ids = rows.map(([id]) => id)
    const dated = JSON.stringify(await monthsOf(tx, ids))
    await tx.run(sql`UPDATE leaderboard_months SET month = d.value ->> 'month' FROM json_each(${dated}) AS d
      WHERE referral_id = d.value ->> 'referralId' AND month <> d.value ->> 'month'`)
    const one = eq(leaderboardRedating.organizationId, organizationId)
    const last = ids.at(-1)
    if (last === undefined) await tx.delete(leaderboardRedating).where(one)
    else await tx.update(leaderboardRedating).set({ after: last }).where(one)
    return Math.max(ids.length, 1)
  })
}
