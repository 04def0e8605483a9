import type { TextConsent } from '@goodword/contracts'
import { and, asc, eq } from 'drizzle-orm'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { textConsents } from './contacts.table.ts'
import { addressesOf } from './contacts.ts'

/**
 * Records within a transaction that a contact agreed to texts to a number (E.164) of theirs. The first time that a source said
 * so stays.
 */
export async function recordTextConsent(
  tx: Ctx,
  contactId: string,
  phone: string,
  { source, wording, at = tx.clock() }: Pick<TextConsent, 'source' | 'wording'> & { at?: number },
): Promise<void> {
  const address = (await addressesOf(tx, contactId)).find(({ kind, value }) => kind === 'phone' && value === phone)
  if (!address) return
  await tx.db
    .insert(textConsents)
    .values({
      id: tx.newId('textConsent'),
      organizationId: tx.organizationId,
      contactId,
      addressId: address.id,
      source,
      at,
      wording,
      recordedBy: actorKey(tx.actor),
      createdAt: tx.clock(),
    })
    .onConflictDoNothing({ target: [textConsents.addressId, textConsents.source] })
}

/** How a contact agreed to texts, the oldest first. */
export const textConsentsOf = (ctx: Ctx, contactId: string) =>
  ctx.db
    .select({
      addressId: textConsents.addressId,
      source: textConsents.source,
      at: textConsents.at,
      wording: textConsents.wording,
    })
    .from(textConsents)
    .where(and(eq(textConsents.organizationId, ctx.organizationId), eq(textConsents.contactId, contactId)))
    .orderBy(asc(textConsents.at), asc(textConsents.id))
