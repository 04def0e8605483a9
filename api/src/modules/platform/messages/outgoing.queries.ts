import { eq, getTableColumns, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Recipient, Services } from '../../../shared/context.ts'
import { organizations } from '../organizations/organizations.table.ts'
import { messages } from './messages.table.ts'

/** A row of the outbox. */
export type Message = typeof messages.$inferSelect

/** A message with everything that decides, when it is about to be sent, whether it may be. */
export type OutgoingMessage = {
  message: Message
  /** The contact's current preference; null if the recipient isn't a contact. */
  notify: Recipient['notify'] | null
  /** The contact's language; null if the recipient isn't a contact. */
  reads: string | null
  /** Keys the hashes of the organization's suppressed addresses; null for a message of the installation. */
  suppressionKey: string | null
  replyTo: string | null
}

const byIds = prepared((db) =>
  db
    .select({
      message: getTableColumns(messages),
      suppressionKey: organizations.suppressionKey,
      replyTo: organizations.replyTo,
    })
    .from(messages)
    .leftJoin(organizations, eq(organizations.id, messages.organizationId))
    .where(sql`${messages.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare(),
)

/** Messages by id, in any order. */
export async function outgoingMessages(
  { modules }: Pick<Services, 'modules'>,
  db: Queries,
  ids: string[],
): Promise<OutgoingMessage[]> {
  return withRecipients({ modules }, db, await byIds(db).all({ ids: JSON.stringify(ids) }))
}

/** Adds what the recipients of messages want and read. */
export async function withRecipients(
  { modules }: Pick<Services, 'modules'>,
  db: Queries,
  rows: Omit<OutgoingMessage, 'notify' | 'reads'>[],
): Promise<OutgoingMessage[]> {
  const contactIds = [...new Set(rows.flatMap(({ message }) => message.contactId ?? []))]
  const recipients = new Map<string, Recipient>()
  for (const module of contactIds.length > 0 ? modules : [])
    for (const [id, recipient] of (await module.recipients?.(db, contactIds)) ?? []) recipients.set(id, recipient)
  return rows.map((row) => {
    const recipient = recipients.get(row.message.contactId ?? '')
    return { notify: recipient?.notify ?? null, reads: recipient?.language ?? null, ...row }
  })
}
