import { type SQL, sql } from 'drizzle-orm'
import { preparedRows } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'

const about = {
  id: sql<string>`t.id`,
  side: sql<'advocate' | 'friend' | null>`w.side`,
  friendName: sql<string | null>`json_extract(r.submitted, '$.name')`,
}

/**
 * Reads what transfers are about, by their id: the reward (`w`) and the referral it was earned by (`r`), with these
 * fields of them and of what `more` joins to the transfer (`t`).
 */
export function transferFacts<Fields extends Record<string, SQL>>(fields: Fields, more: SQL = sql``) {
  const rows = preparedRows((db) =>
    db
      .select({ ...about, ...fields })
      .from(
        sql`ledger_transfers t
          LEFT JOIN rewards w ON t.refers_to_type = 'reward' AND w.id = t.refers_to_id
          LEFT JOIN rewarded_jobs j ON w.source_type = 'job' AND j.job_id = w.source_id
          LEFT JOIN conversions c ON c.id = coalesce(j.conversion_id, w.source_id)
          LEFT JOIN referrals r ON r.id = c.referral_id ${more}`,
      )
      .where(sql`t.id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
      .prepare(),
  )
  return async ({ db }: Ctx, transfers: readonly { id: string }[]) => {
    const found = await rows(db).all({ ids: JSON.stringify(transfers.map(({ id }) => id)) })
    return new Map(found.map((row) => [row.id, row]))
  }
}

/** What is known of one transfer. */
export type FactsOf<Read extends (ctx: Ctx, transfers: readonly { id: string }[]) => Promise<Map<string, unknown>>> =
  Awaited<ReturnType<Read>> extends Map<string, infer Facts> ? Facts : never
