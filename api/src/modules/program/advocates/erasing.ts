import { randomBytes } from 'node:crypto'
import { codeFrom } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { enrollmentCodes, enrollments } from './advocates.table.ts'
import { enrollmentsOf } from './merge.ts'
import { retireCodes } from './retiredCodes.ts'

const addCode = preparedInsert(enrollmentCodes)

/** Deactivates a contact's enrollments and erases their codes, because a custom code can contain a name. */
export async function deactivateEnrollments(tx: Ctx, contactId: string): Promise<void> {
  const { organizationId } = tx
  const all = await enrollmentsOf(tx, contactId)
  for (const { id, archivedAt } of all) {
    const code = codeFrom(randomBytes(32))
    await tx.db
      .update(enrollments)
      .set({ code, archivedAt: archivedAt ?? tx.clock() })
      .where(and(eq(enrollments.organizationId, organizationId), eq(enrollments.id, id)))
    const erased = await tx.db
      .delete(enrollmentCodes)
      .where(and(eq(enrollmentCodes.organizationId, organizationId), eq(enrollmentCodes.enrollmentId, id)))
      .returning({ code: enrollmentCodes.code })
    await retireCodes(
      tx,
      erased.map((one) => one.code),
    )
    await addCode(tx.db, { code, organizationId, enrollmentId: id, createdAt: tx.clock() })
  }
}
