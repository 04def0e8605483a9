import type { Exceptions } from '@goodword/contracts'
import { normalizeCode } from '@goodword/domain'
import { and, eq, inArray } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getActiveContact } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { writeAudit } from './advocates.audit.ts'
import { enrollmentCodes, enrollments } from './advocates.table.ts'
import { archiveEnrollment, type Enrollment, getEnrollment, restoreEnrollment } from './advocates.ts'
import { isRetiredCode } from './retiredCodes.ts'

const addCode = preparedInsert(enrollmentCodes)

/**
 * Gives an advocate a custom code. Previous codes keep working, and one of them can be chosen again. A code of an
 * erased advocate is never given to another: friends who saved that link would be attributed to the wrong person. Throws
 * code_taken with a similar free code.
 */
export const changeCode = (ctx: Ctx, id: string, wanted: string): Promise<Enrollment> =>
  transaction(ctx, async (tx) => {
    const enrollment = await getEnrollment(tx, id)
    const code = normalizeCode(wanted)
    const known = await tx.db.select().from(enrollmentCodes).where(eq(enrollmentCodes.code, code)).get()
    const isTaken = known ? known.enrollmentId !== enrollment.id : await isRetiredCode(tx, code)
    if (isTaken) {
      const message = `${code} is taken. ${await suggestFreeCode(tx, code)} is free.`
      throw new AppError('code_taken', { detail: message, errors: [{ path: 'code', message }] })
    }
    if (!known) {
      const { organizationId } = tx
      await addCode(tx.db, { code, organizationId, enrollmentId: enrollment.id, createdAt: tx.clock() })
    }
    await tx.db.update(enrollments).set({ code }).where(mine(tx, id))
    searchChanged(tx, 'advocate', id)
    await writeAudit(tx, { action: 'advocate.code_changed', subjectId: id })
    return getEnrollment(tx, id)
  })

/** The code with the lowest number appended that nobody has or has had. */
async function suggestFreeCode(tx: Ctx, code: string): Promise<string> {
  const like = Array.from({ length: 98 }, (_, n) => `${code.slice(0, 18)}${n + 2}`)
  const taken = await tx.db
    .select({ code: enrollmentCodes.code })
    .from(enrollmentCodes)
    .where(inArray(enrollmentCodes.code, like))
  const known = new Set(taken.map((row) => row.code))
  for (const one of like) if (!known.has(one) && !(await isRetiredCode(tx, one))) return one
  return `${code.slice(0, 12)}${tx.clock() % 1_000_000}`
}

/** Sets custom terms for one advocate; null restores the campaign's. Existing referrals keep their terms. */
export const changeExceptions = (ctx: Ctx, id: string, exceptions: Exceptions | null): Promise<Enrollment> =>
  transaction(ctx, async (tx) => {
    await getEnrollment(tx, id)
    const none = exceptions === null || Object.keys(exceptions).length === 0
    await tx.db
      .update(enrollments)
      .set({ exceptions: none ? null : exceptions })
      .where(mine(tx, id))
    await writeAudit(tx, { action: none ? 'advocate.exceptions_removed' : 'advocate.exceptions_set', subjectId: id })
    return getEnrollment(tx, id)
  })

/** Deactivates the link. Earned credit stays usable, and open referrals continue. */
export const archiveAdvocate = (ctx: Ctx, id: string): Promise<Enrollment> =>
  transaction(ctx, async (tx) => {
    const { archivedAt, contactId, campaignId } = await getEnrollment(tx, id)
    if (archivedAt === null) {
      await archiveEnrollment(tx, id)
      await writeAudit(tx, { action: 'advocate.archived', subjectId: id })
      await recordEvent(tx, 'advocate.archived', { advocateId: id, contactId, campaignId })
    }
    return getEnrollment(tx, id)
  })

/** Reactivates the link. Throws contact_gone if the contact was merged or erased since. */
export const restoreAdvocate = (ctx: Ctx, id: string): Promise<Enrollment> =>
  transaction(ctx, async (tx) => {
    const { archivedAt, contactId, campaignId } = await getEnrollment(tx, id)
    await getActiveContact(tx, contactId)
    if (archivedAt !== null) {
      await restoreEnrollment(tx, id)
      await writeAudit(tx, { action: 'advocate.restored', subjectId: id })
      await recordEvent(tx, 'advocate.enrolled', { advocateId: id, contactId, campaignId })
    }
    return getEnrollment(tx, id)
  })

const mine = (tx: Ctx, id: string) => and(eq(enrollments.organizationId, tx.organizationId), eq(enrollments.id, id))
