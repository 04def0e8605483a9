import { and, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { embedEvents } from './activity.table.ts'

/** Erases the codes of these enrollments from the activity, because a custom code can contain a name. */
export async function eraseCodes(tx: Ctx, enrollmentIds: string[]): Promise<void> {
  await tx.db
    .update(embedEvents)
    .set({ code: null })
    .where(and(eq(embedEvents.organizationId, tx.organizationId), inArray(embedEvents.enrollmentId, enrollmentIds)))
}
