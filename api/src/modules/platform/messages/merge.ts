import { and, count, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { messageMentions } from './mentions.table.ts'
import { moveMentions } from './mentions.ts'
import { messages } from './messages.table.ts'

const ofContact = (ctx: Ctx, contactId: string) =>
  and(eq(messages.organizationId, ctx.organizationId), eq(messages.contactId, contactId))

/** How many messages were sent to a contact. */
export async function countMessages(ctx: Ctx, contactId: string): Promise<number> {
  const row = await ctx.db.select({ n: count() }).from(messages).where(ofContact(ctx, contactId)).get()
  return row?.n ?? 0
}

/** Moves messages from one contact to another. */
export async function moveMessages(tx: Ctx, from: string, into: string): Promise<void> {
  await tx.db.update(messages).set({ contactId: into }).where(ofContact(tx, from))
  await moveMentions(tx, from, into)
}

/** Moves the messages about one referral, and their mentions, from the contact it was linked to. */
export async function moveMessagesOfReferral(tx: Ctx, referralId: string, from: string, into: string): Promise<void> {
  const ofReferral = and(eq(messages.organizationId, tx.organizationId), eq(messages.referralId, referralId))
  await tx.db
    .update(messages)
    .set({ contactId: into })
    .where(and(ofReferral, eq(messages.contactId, from)))
  const about = tx.db.select({ id: messages.id }).from(messages).where(ofReferral)
  await moveMentions(tx, from, into, inArray(messageMentions.messageId, about))
}
