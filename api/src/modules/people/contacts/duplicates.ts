import { canonicalEmail, sameName } from '@goodword/domain'
import { and, eq, or, sql } from 'drizzle-orm'
import { prepared, preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { contactAddresses, contactDuplicates } from './contacts.table.ts'

/** A contact matched by an address. */
export type MatchedContact = { id: string; name: string; customerSince: number | null }

type Reason = typeof contactDuplicates.$inferSelect.reason

const addPair = preparedInsert(contactDuplicates)

const pairOf = prepared((db) =>
  db
    .select({ id: contactDuplicates.id })
    .from(contactDuplicates)
    .where(
      and(
        eq(contactDuplicates.contactId, sql.placeholder('contactId')),
        eq(contactDuplicates.otherId, sql.placeholder('otherId')),
      ),
    )
    .prepare(),
)

/** Flags two contacts as possibly the same person. Once flagged or dismissed, they aren't flagged again. */
export async function flagDuplicate(tx: Ctx, ids: [string, string], reason: Reason): Promise<void> {
  const [contactId = '', otherId = ''] = [...ids].sort()
  if (contactId === otherId || (await pairOf(tx.db).get({ contactId, otherId }))) return
  const { organizationId } = tx
  await addPair(tx.db, {
    id: tx.newId('duplicate'),
    organizationId,
    contactId,
    otherId,
    reason,
    createdAt: tx.clock(),
    dismissedAt: null,
  })
}

/**
 * The email matches one contact and the phone another. With the same name they are probably one person, with different
 * names a family.
 */
export const flagTwoMatches = (tx: Ctx, one: MatchedContact, two: MatchedContact): Promise<void> =>
  flagDuplicate(tx, [one.id, two.id], sameName(one.name, two.name) ? 'email_and_phone_differ' : 'same_phone_other_name')

const ofCanonical = prepared((db) =>
  db
    .select({ contactId: contactAddresses.contactId })
    .from(contactAddresses)
    .where(
      and(
        eq(contactAddresses.organizationId, sql.placeholder('organizationId')),
        eq(contactAddresses.canonical, sql.placeholder('canonical')),
      ),
    )
    .limit(5)
    .prepare(),
)

/** Flags contacts whose email reaches the same mailbox as this one's. Returns whether there are any. */
export async function flagSimilarEmails(tx: Ctx, contactId: string, email: string): Promise<boolean> {
  const canonical = canonicalEmail(email)
  const alike = await ofCanonical(tx.db).all({ organizationId: tx.organizationId, canonical })
  for (const like of alike) await flagDuplicate(tx, [contactId, like.contactId], 'same_canonical_email')
  return alike.some((like) => like.contactId !== contactId)
}

/** Moves the duplicate flags of one contact to another, except the flag between the two. */
export async function moveDuplicates(tx: Ctx, from: string, into: string): Promise<void> {
  const pairs = await tx.db
    .delete(contactDuplicates)
    .where(
      and(
        eq(contactDuplicates.organizationId, tx.organizationId),
        or(eq(contactDuplicates.contactId, from), eq(contactDuplicates.otherId, from)),
      ),
    )
    .returning()
  for (const pair of pairs) {
    const third = pair.contactId === from ? pair.otherId : pair.contactId
    if (third !== into && pair.dismissedAt === null) await flagDuplicate(tx, [into, third], pair.reason)
  }
}

/** Deletes the duplicate flags of an erased contact. */
export const eraseDuplicates = (tx: Ctx, contactId: string) =>
  tx.db
    .delete(contactDuplicates)
    .where(
      and(
        eq(contactDuplicates.organizationId, tx.organizationId),
        or(eq(contactDuplicates.contactId, contactId), eq(contactDuplicates.otherId, contactId)),
      ),
    )
