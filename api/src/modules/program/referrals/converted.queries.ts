import type { Terms } from '@goodword/contracts'
import { periodsAround } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { referrals } from './referrals.table.ts'

/** Far beyond any tier: then the index is walked no further. */
const countedMost = 100_000

/** By the referrals' own dates of conversion, which an index of the advocate's converted ones holds. */
const convertedSince = prepared((db) =>
  db
    .select({ count: sql<number>`count(*)` })
    .from(
      sql`(SELECT 1 FROM ${referrals} INDEXED BY referrals_of_advocate_converted
        WHERE enrollment_id = (SELECT id FROM ${enrollments} WHERE id = ${sql.placeholder('enrollmentId')}
            AND organization_id = ${sql.placeholder('organizationId')})
          AND status = 'converted' AND archived_at IS NULL AND converted_at >= ${sql.placeholder('yearStart')}
        LIMIT ${sql.raw(String(countedMost))})`,
    )
    .prepare(),
)

/** How many friends of an advocate converted since a moment and weren't reversed. */
export async function countConvertedSince({ db, organizationId }: Ctx, enrollmentId: string, yearStart: number) {
  return (await convertedSince(db).get({ organizationId, enrollmentId, yearStart }))?.count ?? 0
}

/** Which friend the next one of an advocate to convert will be, as the tiers of their terms count: 1 for the first. */
export async function nextFriendOf(
  ctx: Ctx,
  { id, convertedCount }: { id: string; convertedCount: number },
  { countEachYear, tiers }: Terms,
  timeZone: string,
): Promise<number> {
  if (!countEachYear || tiers.length === 0 || convertedCount === 0) return convertedCount + 1
  return (await countConvertedSince(ctx, id, periodsAround(ctx.clock(), timeZone).yearStart)) + 1
}
