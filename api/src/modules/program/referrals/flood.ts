import { liveStatuses } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { dayMs, type Flood, hourMs } from './evidence.ts'
import { hasStatus } from './inStatus.ts'
import { referrals } from './referrals.table.ts'

/**
 * Flags the friends of a link who came before anyone could tell that it is a flood. Those that staff looked at and cleared
 * stay cleared.
 */
export async function flagFlood(tx: Ctx, enrollmentId: string, flood: NonNullable<Flood>): Promise<void> {
  const since = tx.clock() - (flood === 'hour' ? hourMs : dayMs)
  await tx.db.run(sql`UPDATE ${referrals} SET flags = json_insert(flags, '$[#]', 'velocity')
    WHERE enrollment_id = ${enrollmentId} AND organization_id = ${tx.organizationId} AND created_at > ${since}
      AND source IN ('widget', 'hosted', 'request') AND friend_contact_id IS NOT NULL
      AND ${hasStatus(...liveStatuses)} AND archived_at IS NULL AND flags_cleared_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM json_each(flags) WHERE value = 'velocity')`)
}
