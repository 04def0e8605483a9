import { countedScores, type JobScores } from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'

const { days, most } = countedScores

/** One more than are counted, to see whether there are more. */
const newest = preparedSql<[score: number]>(
  sql`SELECT score FROM jobs WHERE organization_id = ${sql.placeholder('organizationId')}
    AND score_at >= ${sql.placeholder('since')} ORDER BY score_at DESC LIMIT ${most + 1}`,
)

/** How often each score was given lately. Reads one index, and no more of it than it counts. */
export async function countScores(ctx: Ctx): Promise<JobScores> {
  const rows = await newest(ctx.db).all({ organizationId: ctx.organizationId, since: ctx.clock() - days * dayMs })
  const counts = [0, 0, 0, 0, 0]
  for (const [score] of rows.slice(0, most)) counts[score - 1] = (counts[score - 1] ?? 0) + 1
  return { counts, isNewestOnly: rows.length > most }
}
