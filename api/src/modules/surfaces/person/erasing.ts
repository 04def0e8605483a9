import { sameName } from '@goodword/domain'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { eraseAnswersAbout } from '../../../shared/idempotency.ts'
import { getActiveContact, mergedIntoContact } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { contactParts } from './contactParts.ts'
import { writeAudit } from './person.audit.ts'

/** Erases a contact for an admin. Throws forbidden, contact_gone, and name_differs unless the name is typed again. */
export async function eraseContact(ctx: Ctx, id: string, typedName: string): Promise<void> {
  assertAdmin(ctx)
  await transaction(ctx, async (tx) => {
    const contact = await getActiveContact(tx, id)
    if (!sameName(contact.name, typedName)) {
      throw new AppError('name_differs', { errors: [{ path: 'name', message: `Type ${contact.name}.` }] })
    }
    await erasePerson(tx, id)
  })
}

/**
 * Erases everything that identifies a contact, in every module, and the same for contacts merged into it. The row stays
 * as an erased person, so that every sum stays. The data on disk is overwritten after the commit. Throws contact_gone.
 */
export async function erasePerson(tx: Ctx, id: string): Promise<void> {
  await getActiveContact(tx, id)
  for (const one of [...(await mergedIntoContact(tx, id)), id]) await eraseOne(tx, one)
  await writeAudit(tx, { action: 'contact.erased', subjectId: id })
  await recordEvent(tx, 'contact.erased', { contactId: id })
  void tx.database.overwriteDeleted()
}

async function eraseOne(tx: Ctx, contactId: string): Promise<void> {
  const erasure = { contactId, subjectIds: [] as string[] }
  for (const part of contactParts(tx)) await part.erase?.(tx, erasure)
  await eraseAnswersAbout(tx, { ids: [contactId, ...erasure.subjectIds], ownedBy: contactId })
}
