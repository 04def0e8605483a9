import { and, count, eq, notInArray } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { messages } from './messages.table.ts'

const ofContact = (ctx: Ctx, contactId: string) =>
  and(eq(messages.organizationId, ctx.organizationId), eq(messages.contactId, contactId))

/** How many messages a contact was sent. */
export async function countMessages(ctx: Ctx, contactId: string): Promise<number> {
  const row = await ctx.db.select({ n: count() }).from(messages).where(ofContact(ctx, contactId)).get()
  return row?.n ?? 0
}

/** Messages to one contact are another's from now on; what still waits for an address that fell away is not sent. */
export async function moveMessages(tx: Ctx, from: string, into: string, keptAddresses: string[]): Promise<void> {
  await tx.db.update(messages).set({ contactId: into }).where(ofContact(tx, from))
  await tx.db
    .update(messages)
    .set({ state: 'suppressed', nextAttemptAt: null })
    .where(and(ofContact(tx, into), eq(messages.state, 'queued'), notInArray(messages.addressId, keptAddresses)))
}
