import { and, count, eq, inArray } from 'drizzle-orm'
import { withdraw } from '../../../queue/queue.ts'
import type { Ctx } from '../../../shared/context.ts'
import { moveMentions } from './mentions.ts'
import { messageKind, messages } from './messages.table.ts'

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

/** Messages still queued for a dropped address aren't sent. */
export async function stopMessagesTo(tx: Ctx, addressIds: string[]): Promise<void> {
  const waiting = await tx.db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.organizationId, tx.organizationId),
        eq(messages.state, 'queued'),
        inArray(messages.addressId, addressIds),
      ),
    )
  const withdrawn = await withdraw(
    tx,
    messageKind,
    waiting.map(({ id }) => id),
  )
  await tx.db.update(messages).set({ state: 'suppressed' }).where(inArray(messages.id, withdrawn))
}
