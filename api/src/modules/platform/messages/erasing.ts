import { and, eq, inArray, or, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { messageMentions } from './mentions.table.ts'
import { mentioning } from './mentions.ts'
import { messages } from './messages.table.ts'

const erased = 'Erased'

/**
 * Erases the text of messages to a contact and of messages to others that mention them. The rows stay. Queued ones
 * won't be sent. Returns the ids of these messages.
 */
export async function eraseMessages(tx: Ctx, contactId: string): Promise<string[]> {
  const ids = await blank(tx, {
    toThem: eq(messages.contactId, contactId),
    aboutThem: mentioning(tx, contactId),
  })
  await tx.db
    .delete(messageMentions)
    .where(and(eq(messageMentions.organizationId, tx.organizationId), eq(messageMentions.contactId, contactId)))
  return ids
}

/**
 * The same for one referral of a friend who stays a contact: the confirmation to the friend, and messages to others
 * that name the friend.
 */
export async function eraseMessagesOfReferral(
  tx: Ctx,
  { referralId, friendContactId }: { referralId: string; friendContactId: string },
): Promise<string[]> {
  const ofReferral = eq(messages.referralId, referralId)
  return blank(tx, {
    toThem: and(ofReferral, eq(messages.contactId, friendContactId), eq(messages.template, 'referral_received_friend')),
    aboutThem: and(ofReferral, mentioning(tx, friendContactId)),
  })
}

async function blank(
  tx: Ctx,
  { toThem, aboutThem }: { toThem: SQL | undefined; aboutThem: SQL | undefined },
): Promise<string[]> {
  const mine = eq(messages.organizationId, tx.organizationId)
  const blanked = await tx.db
    .update(messages)
    .set({ subject: erased, body: erased, error: null, link: null })
    .where(and(mine, or(toThem, aboutThem)))
    .returning({ id: messages.id })
  await tx.db
    .update(messages)
    .set({ state: 'suppressed', error: 'The person it was for, or about, was erased.' })
    .where(and(mine, or(toThem, aboutThem), inArray(messages.state, ['queued', 'failed'])))
  await tx.db.update(messages).set({ to: '', name: null, addressId: null }).where(and(mine, toThem))
  return blanked.map(({ id }) => id)
}
