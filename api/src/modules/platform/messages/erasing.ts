import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { messages } from './messages.table.ts'

const erased = 'Erased'

/**
 * What was written to a contact, or about them to others, goes; that there was a message stays. What still waited is not
 * sent. Name and addresses find those that are about the contact without saying so in a column.
 */
export async function eraseMessages(
  tx: Ctx,
  about: { contactId: string; referralIds: string[]; name: string; values: string[] },
): Promise<void> {
  const mine = eq(messages.organizationId, tx.organizationId)
  const toThem = eq(messages.contactId, about.contactId)
  const sentThere = inArray(messages.to, about.values)
  const aboutThem = or(
    sentThere,
    inArray(messages.referralId, about.referralIds),
    ...about.values.map(mentions),
    and(isNull(messages.contactId), mentions(about.name)),
  )
  await tx.db
    .update(messages)
    .set({ state: 'suppressed', nextAttemptAt: null, leaseUntil: null })
    .where(and(mine, or(toThem, aboutThem), inArray(messages.state, ['queued', 'failed'])))
  await tx.db
    .update(messages)
    .set({ subject: erased, body: erased, error: null, link: null })
    .where(and(mine, or(toThem, aboutThem)))
  await tx.db
    .update(messages)
    .set({ to: '', name: null, addressId: null })
    .where(and(mine, or(toThem, sentThere)))
}

const mentions = (word: string): SQL =>
  sql`instr(lower(${messages.subject} || char(10) || ${messages.body} || char(10) || coalesce(${messages.name}, '') || char(10) || ${messages.to} || char(10) || coalesce(${messages.error}, '')), ${word.toLowerCase()}) > 0`
