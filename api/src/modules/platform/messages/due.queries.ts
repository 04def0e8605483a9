import { and, asc, eq, getTableColumns, lt, lte, or, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { organizations } from '../organizations/organizations.table.ts'
import { messages } from './messages.table.ts'

/** A row of the outbox. */
export type Message = typeof messages.$inferSelect

/** A message with what decides, at the moment it is handed over, whether it may go out. */
export type DueMessage = {
  message: Message
  /** What its contact wants to hear now; null for whoever is no contact. */
  notify: (typeof contacts.$inferSelect)['notify'] | null
  /** The language its contact is spoken to in; null for whoever is no contact. */
  reads: string | null
  /** Keys the hashes of the organization's stopped addresses; null for a message of the installation. */
  suppressionKey: string | null
  replyTo: string | null
}

const now = sql.placeholder('now')
const waiting = and(eq(messages.state, 'queued'), lte(messages.nextAttemptAt, now))
const abandoned = and(eq(messages.state, 'sending'), lt(messages.leaseUntil, now))

/** Each walks the index to its end, so that a long queue costs no more than a short one. */
const facts = (db: Queries, which: typeof waiting) =>
  db
    .select({
      message: getTableColumns(messages),
      notify: contacts.notify,
      reads: contacts.language,
      suppressionKey: organizations.suppressionKey,
      replyTo: organizations.replyTo,
    })
    .from(messages)
    .leftJoin(contacts, eq(contacts.id, messages.contactId))
    .leftJoin(organizations, eq(organizations.id, messages.organizationId))
    .where(which)
    .orderBy(asc(messages.nextAttemptAt))
    .limit(sql.placeholder('most'))
    .prepare()

const waitingMessages = prepared((db) => facts(db, waiting))
const abandonedMessages = prepared((db) => facts(db, abandoned))

/** What is due, the longest due first: what waits, and what a process that died had taken. */
export async function dueMessages(db: Queries, given: { now: number; most: number }): Promise<DueMessage[]> {
  const due = await waitingMessages(db).all(given)
  const left = given.most - due.length
  return left === 0 ? due : [...due, ...(await abandonedMessages(db).all({ ...given, most: left }))]
}

const anyDue = prepared((db) =>
  db.select({ id: messages.id }).from(messages).where(or(waiting, abandoned)).limit(1).prepare(),
)

export const isAnyDue = async (db: Queries, at: number): Promise<boolean> =>
  (await anyDue(db).get({ now: at })) !== undefined
