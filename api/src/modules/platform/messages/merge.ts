import { and, count, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
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
