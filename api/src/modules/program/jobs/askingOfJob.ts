import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { jobs } from './jobs.table.ts'

/**
 * Notes within a transaction whether a job's customer may be asked because of it. Returns the job's contact, and whether
 * that changed anything; null for another organization's job.
 */
export async function setDontAsk(
  tx: Ctx,
  jobId: string,
  dontAsk: boolean,
): Promise<{ contactId: string | null; changed: boolean } | null> {
  const mine = and(eq(jobs.organizationId, tx.organizationId), eq(jobs.id, jobId))
  const [row] = await tx.db.select({ contactId: jobs.contactId, dontAsk: jobs.dontAsk }).from(jobs).where(mine)
  if (!row) return null
  const changed = row.dontAsk !== dontAsk
  if (changed) await tx.db.update(jobs).set({ dontAsk }).where(mine)
  return { contactId: row.contactId, changed }
}
