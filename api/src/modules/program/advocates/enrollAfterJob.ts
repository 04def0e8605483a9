import type { Ctx } from '../../../shared/context.ts'
import { writeAudit } from './advocates.audit.ts'
import { type Enrollment, enroll, findEnrollment, restoreEnrollment } from './advocates.ts'

/** Makes the customer of a finished job an advocate, or one again whose link was taken back before anybody used it. */
export async function enrollAfterJob(tx: Ctx, campaignId: string, contactId: string): Promise<Enrollment> {
  const known = await findEnrollment(tx, campaignId, contactId)
  const enrollment = known ?? (await enroll(tx, { campaignId, contactId, source: 'job' }))
  if (known) await restoreEnrollment(tx, known.id)
  await writeAudit(tx, { action: 'advocate.enrolled_after_job', subjectId: enrollment.id })
  return enrollment
}
