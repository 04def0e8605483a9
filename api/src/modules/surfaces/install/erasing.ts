import { and, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { embedEvents } from './activity.table.ts'

/** The codes of these enrollments go from the feed: one of an advocate's choosing can hold their name. */
export async function eraseCodes(tx: Ctx, enrollmentIds: string[]): Promise<void> {
  await tx.db
    .update(embedEvents)
    .set({ code: null })
    .where(and(eq(embedEvents.organizationId, tx.organizationId), inArray(embedEvents.enrollmentId, enrollmentIds)))
}
