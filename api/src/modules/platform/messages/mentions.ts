import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { messageMentions } from './mentions.table.ts'
import { messages } from './messages.table.ts'

const addAll = prepared((db) =>
  db
    .insert(messageMentions)
    .select(
      db
        .select({
          organizationId: sql<string>`${sql.placeholder('organizationId')}`.as('organization_id'),
          contactId: sql<string>`value`.as('contact_id'),
          messageId: sql<string>`${sql.placeholder('messageId')}`.as('message_id'),
        })
        .from(sql`json_each(${sql.placeholder('contactIds')})`),
    )
    .prepare(),
)

/** Records whom a message mentions, within the transaction that queues it. The recipient is already known. */
export async function addMentions(
  tx: { db: Queries },
  message: { id: string; organizationId: string | null; contactId?: string },
  contactIds: readonly string[],
): Promise<void> {
  const { id: messageId, organizationId } = message
  if (organizationId === null) return
  const others = new Set(contactIds)
  if (message.contactId !== undefined) others.delete(message.contactId)
  if (others.size > 0) await addAll(tx.db).run({ organizationId, messageId, contactIds: JSON.stringify([...others]) })
}

/** SQL condition for messages that mention a contact. */
export const mentioning = (tx: Ctx, contactId: string): SQL =>
  inArray(
    messages.id,
    tx.db
      .select({ id: messageMentions.messageId })
      .from(messageMentions)
      .where(and(eq(messageMentions.organizationId, tx.organizationId), eq(messageMentions.contactId, contactId))),
  )

/** Staff were notified of a referral before a person in it was identified: link those notices to the contact now. */
export async function mentionInNotices(tx: Ctx, referralId: string, contactId: string): Promise<void> {
  const { organizationId } = tx
  await tx.db
    .insert(messageMentions)
    .select(
      tx.db
        .select({
          organizationId: sql<string>`${organizationId}`.as('organization_id'),
          contactId: sql<string>`${contactId}`.as('contact_id'),
          messageId: messages.id,
        })
        .from(messages)
        .where(
          and(
            eq(messages.organizationId, organizationId),
            eq(messages.referralId, referralId),
            isNull(messages.contactId),
          ),
        ),
    )
    .onConflictDoNothing()
}

/** Moves mentions of one contact to another: all, or those that `only` selects. */
export async function moveMentions(tx: Ctx, from: string, into: string, only?: SQL): Promise<void> {
  const { organizationId } = tx
  const ofFrom = and(eq(messageMentions.organizationId, organizationId), eq(messageMentions.contactId, from), only)
  await tx.db
    .insert(messageMentions)
    .select(
      tx.db
        .select({
          organizationId: messageMentions.organizationId,
          contactId: sql<string>`${into}`.as('contact_id'),
          messageId: messageMentions.messageId,
        })
        .from(messageMentions)
        .where(ofFrom),
    )
    .onConflictDoNothing()
  await tx.db.delete(messageMentions).where(ofFrom)
}
