import type { TextConsent } from '@goodword/contracts'
import { and, asc, eq, sql } from 'drizzle-orm'
import { placeholdersOf, prepared } from '../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { textConsents } from './contacts.table.ts'
import { addressesOf } from './contacts.ts'

const insert = prepared((db) =>
  db
    .insert(textConsents)
    .values(placeholdersOf(textConsents))
    .onConflictDoNothing({ target: [textConsents.addressId, textConsents.source] })
    .prepare(),
)

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
  const address = await phoneOf(tx, contactId, phone)
  if (!address) return
  await insert(tx.db).run({
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
}

const phoneOf = async (tx: Ctx, contactId: string, phone: string) =>
  (await addressesOf(tx, contactId)).find(({ kind, value }) => kind === 'phone' && value === phone)

/**
 * Records within a transaction that somebody ticked the box of the friend form and typed this number. It counts once the
 * number is vouched for; of a number that already is, a stranger can't say what its owner agreed to.
 */
export async function recordFormConsent(tx: Ctx, contactId: string, phone: string, wording: string): Promise<void> {
  if ((await phoneOf(tx, contactId, phone))?.proof === 'stranger')
    await recordTextConsent(tx, contactId, phone, { source: 'form', wording })
}

const ofAddress = prepared((db) =>
  db
    .select({ id: textConsents.id })
    .from(textConsents)
    .where(
      and(
        eq(textConsents.organizationId, sql.placeholder('organizationId')),
        eq(textConsents.addressId, sql.placeholder('addressId')),
      ),
    )
    .limit(1)
    .prepare(),
)

/** Whether somebody agreed to texts to an address. */
export const hasTextConsent = async (ctx: Ctx, addressId: string): Promise<boolean> =>
  (await ofAddress(ctx.db).get({ organizationId: ctx.organizationId, addressId })) !== undefined

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
