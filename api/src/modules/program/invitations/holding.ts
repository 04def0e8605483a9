import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { assertJobsOn } from '../../platform/connections/connections.ts'
import { setDontAsk } from '../jobs/askingOfJob.ts'
import { decideForContact } from './deciding.ts'
import { writeAudit } from './invitations.audit.ts'

/**
 * Keeps a job's customer from being asked because of it, or lets it happen after all. An ask that was scheduled is canceled.
 * Doing it again changes nothing. Throws not_found, feature_off.
 */
export const holdBack = (ctx: Ctx, jobId: string, hold: boolean): Promise<void> =>
  transaction(ctx, async (tx) => {
    const job = await setDontAsk(tx, jobId, hold)
    if (!job) throw new AppError('not_found')
    await assertJobsOn(tx)
    if (job.changed)
      await writeAudit(tx, { action: hold ? 'invitation.held_back' : 'invitation.let_go', subjectId: jobId })
    if (job.contactId !== null) await decideForContact(tx, job.contactId, jobId)
  })
