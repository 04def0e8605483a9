import { and, eq, isNull, or } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { writeAudit } from './contacts.audit.ts'
import { contactDuplicates } from './contacts.table.ts'
import { type ContactRow, getContact } from './contacts.ts'

/** Dismisses a possible duplicate: the two contacts are different people. Throws not_found if they weren't flagged. */
export const dismissDuplicate = (ctx: Ctx, id: string, otherId: string): Promise<ContactRow> =>
  transaction(ctx, async (tx) => {
    const dismissed = await tx.db
      .update(contactDuplicates)
      .set({ dismissedAt: tx.clock() })
      .where(
        and(
          eq(contactDuplicates.organizationId, tx.organizationId),
          pairWith(id, otherId),
          isNull(contactDuplicates.dismissedAt),
        ),
      )
      .returning({ id: contactDuplicates.id })
    if (dismissed.length === 0) throw new AppError('not_found')
    await writeAudit(tx, { action: 'contact.duplicate_dismissed', subjectId: id, data: { otherId } })
    return getContact(tx, id)
  })

const pairWith = (id: string, otherId: string) =>
  or(
    and(eq(contactDuplicates.contactId, id), eq(contactDuplicates.otherId, otherId)),
    and(eq(contactDuplicates.contactId, otherId), eq(contactDuplicates.otherId, id)),
  )
