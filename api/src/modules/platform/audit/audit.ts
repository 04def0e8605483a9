import type { AuditAction } from '@goodword/contracts'
import { rowAdder } from '../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { auditEntries } from './audit.table.ts'

type Entry = {
  action: AuditAction
  subjectId: string
  /** Ids, amounts and words of ours; never personal data. */
  data?: Record<string, string | number | boolean | null>
}

const addEntry = rowAdder(auditEntries)

/** Writes who did what, in the transaction of what was done. */
export async function writeAudit(tx: Ctx, entry: Entry): Promise<void> {
  await addEntry(tx.db, {
    id: tx.newId('audit'),
    organizationId: tx.organizationId,
    actor: actorKey(tx.actor),
    action: entry.action,
    subjectId: entry.subjectId,
    data: entry.data ?? {},
    at: tx.clock(),
  })
}
