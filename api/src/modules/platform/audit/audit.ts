import { preparedInsert } from '../../../database/prepared.ts'
import { type AuditWords, actorKey, type Ctx } from '../../../shared/context.ts'
import { auditEntries } from './audit.table.ts'

type Entry<Action extends string> = {
  action: Action
  subjectId: string
  /** Ids, amounts and our own text; never personal data. */
  data?: Record<string, string | number | boolean | null>
}

const addEntry = preparedInsert(auditEntries)

/** The only way to write a module's audit entries: declares its actions with their labels. */
export const describeAudit = <Action extends string>(auditWords: AuditWords<Action>) => ({
  auditWords,
  /** Records who did what, in the transaction of the change. */
  writeAudit: (tx: Ctx, entry: Entry<Action>): Promise<void> =>
    addEntry(tx.db, {
      id: tx.newId('audit'),
      organizationId: tx.organizationId,
      actor: actorKey(tx.actor),
      action: entry.action,
      subjectId: entry.subjectId,
      data: entry.data ?? {},
      at: tx.clock(),
    }),
})
