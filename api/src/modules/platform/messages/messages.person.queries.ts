import { and, eq, sql } from 'drizzle-orm'
import { byRowid } from '../../../shared/byRowid.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { preparedPages } from '../../../shared/preparedPages.ts'
import { everyPage } from '../../../shared/wholeLists.ts'
import { messages } from './messages.table.ts'

const { id, channel, to, subject, state, createdAt, sentAt } = messages
type Row = Pick<typeof messages.$inferSelect, 'id' | 'channel' | 'to' | 'subject' | 'state' | 'createdAt' | 'sentAt'>

const messagePages = preparedPages<Row>([byRowid(messages, 'asc', (row) => row.id)], (db, { where, orderBy, limit }) =>
  db
    .select({ id, channel, to, subject, state, createdAt, sentAt })
    .from(messages)
    .where(
      and(
        sql`+${messages.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(messages.contactId, sql.placeholder('contactId')),
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(limit)
    .prepare(),
)

/** All messages to a contact, in pages. */
export function messagesTo(ctx: Ctx, contactId: string) {
  const { db, organizationId } = inBackground(ctx)
  return everyPage(
    (request) => messagePages(db, request, { organizationId, contactId }),
    (row) => ({
      channel: row.channel,
      to: row.to,
      subject: row.subject,
      state: row.state,
      at: iso(row.createdAt),
      sentAt: isoOrNull(row.sentAt),
    }),
  )
}
