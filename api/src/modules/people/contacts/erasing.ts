import type { ContactDetail } from '@goodword/contracts'
import { sameName } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { eraseAnswersAbout } from '../../../shared/idempotency.ts'
import { eraseCreditNotes } from '../../money/rewards/merge.ts'
import { writeAudit } from '../../platform/audit/audit.ts'
import { eraseMessages } from '../../platform/messages/erasing.ts'
import { suppress } from '../../platform/messages/suppressions.ts'
import { recordEvent } from '../../platform/webhooks/events.ts'
import { retireEnrollments } from '../../program/advocates/erasing.ts'
import { eraseTraces } from '../../program/advocates/traces.ts'
import { erasedName } from '../../program/referrals/erased.ts'
import { eraseReferrals } from '../../program/referrals/erasing.ts'
import { eraseCodes } from '../../surfaces/embed/erasing.ts'
import { endPortalAccess } from '../../surfaces/portal/revokeAccess.ts'
import { loadContact } from './contact.detail.queries.ts'
import { contactAddresses, contacts } from './contacts.table.ts'
import { addressesOf, getStandingContact } from './contacts.ts'
import { eraseDuplicates } from './duplicates.ts'

/** An admin erases a contact. Throws forbidden, contact_gone, and name_differs unless their name is typed once more. */
export async function eraseContact(ctx: Ctx, id: string, typedName: string): Promise<ContactDetail> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const contact = await getStandingContact(tx, id)
    if (!sameName(contact.name, typedName)) {
      throw new AppError('name_differs', { errors: [{ path: 'name', message: `Type ${contact.name}.` }] })
    }
    await eraseContactRows(tx, id)
    return loadContact(tx, id)
  })
}

/**
 * Everything that says who a contact was goes, here and in every module, also for those that were merged into it. The
 * contact stays as an erased person, so that every sum stays what it was; keyed hashes of the addresses stay, so that
 * nobody writes to them again. What was on the disk is overwritten after the commit.
 */
export async function eraseContactRows(tx: Ctx, id: string): Promise<void> {
  await getStandingContact(tx, id)
  const merged = await tx.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.organizationId, tx.organizationId), eq(contacts.mergedInto, id)))
  for (const one of [...merged, { id }]) await eraseOne(tx, one.id)
  await writeAudit(tx, { action: 'contact.erased', subjectId: id })
  await recordEvent(tx, 'contact.erased', { contactId: id })
  void tx.database.overwriteDeleted()
}

async function eraseOne(tx: Ctx, id: string): Promise<void> {
  const { organizationId } = tx
  const mine = and(eq(contacts.organizationId, organizationId), eq(contacts.id, id))
  const contact = await tx.db.select({ name: contacts.name }).from(contacts).where(mine).get()
  const addresses = await addressesOf(tx, id)
  for (const { kind, value } of addresses)
    await suppress(tx, { channel: kind === 'email' ? 'email' : 'sms', to: value }, 'erased')
  const name = contact?.name ?? ''
  const values = addresses.map(({ value }) => value)
  const enrollmentIds = await retireEnrollments(tx, id)
  await eraseCodes(tx, enrollmentIds)
  const referralIds = await eraseReferrals(tx, id, enrollmentIds)
  await eraseMessages(tx, { contactId: id, referralIds, name, values })
  await eraseCreditNotes(tx, id)
  await endPortalAccess(tx, id)
  await eraseTraces(tx, id)
  await eraseDuplicates(tx, id)
  await eraseAnswersAbout(tx, [id, ...referralIds, ...values])
  await tx.db
    .delete(contactAddresses)
    .where(and(eq(contactAddresses.organizationId, organizationId), eq(contactAddresses.contactId, id)))
  await tx.db
    .update(contacts)
    .set({
      name: erasedName,
      customerSince: null,
      sharesName: false,
      notify: 'none',
      language: 'en',
      erasedAt: tx.clock(),
    })
    .where(mine)
}
