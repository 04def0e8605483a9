import type { MessageDetail, MessageQuery, MessageRow, MessageTemplate, Page } from '@goodword/contracts'
import { languageOf } from '@goodword/words'
import { type Words, wordsIn } from '@goodword/words/server'
import { and, desc, eq, lt, ne, or } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { cutPage, decodeCursor, iso, isoOrNull } from '../../../shared/pages.ts'
import { writeAudit } from '../audit/audit.ts'
import { goesToFriends } from './messages.friends.ts'
import { messages } from './messages.table.ts'
import { renderMessage, type TemplateValues } from './messages.templates.ts'
import { addToOutbox, type Outbox, type Written } from './outbox.ts'
import { renderOwn } from './wordings.render.ts'
import { ownWordingOf } from './wordings.ts'

/** The link that takes the place of {{link}} when the message is handed over. */
export type LinkKind = 'member_sign_in' | 'portal_sign_in' | 'portal_view' | 'portal_address' | 'friend_page'

export type NewMessage<T extends MessageTemplate> = {
  /** null for a message of the installation itself. */
  organizationId: string | null
  contactId?: string
  /**
   * Contacts whose data its words hold or may hold, besides the one it goes to: a name, or what staff wrote about them. When
   * one of them is erased, so are the words, and they are sent no more.
   */
  mentions: readonly string[]
  /** The referral it is about, whose page lists it. */
  referralId?: string
  personId?: string
  channel: 'email' | 'sms'
  template: T
  to: string
  name: string | null
  /** As they are, or as the words say them that the message is written with. */
  values: TemplateValues[T] | ((words: Words) => TemplateValues[T])
  /** What its reader is spoken to in, where friends get it; anything else is in English. */
  language?: string
  /** Without it the paragraph of the link is left out. */
  link?: LinkKind
  /** The contact's address that opening a portal link proves: the one in `to`. */
  addressId?: string
  /** The same key within an organization queues one message, however often it is asked for. */
  idempotencyKey?: string
}

/**
 * In the language of its reader; in the organization's own words where it has some. Those that are for everyone are filled
 * in as English is, since nobody knows their language.
 */
async function wordsOf<T extends MessageTemplate>(tx: Outbox, message: NewMessage<T>): Promise<Written> {
  const { organizationId, template, channel, values } = message
  const reads = goesToFriends(template) ? languageOf(message.language) : 'en'
  const own = organizationId === null ? undefined : await ownWordingOf(tx.db, organizationId, template, channel, reads)
  const language = own === undefined ? reads : own.language === 'all' ? null : own.language
  const words = wordsIn(language ?? 'en')
  const told = typeof values === 'function' ? values(words) : values
  const options = { channel, withLink: message.link !== undefined, words }
  return { ...(own ? renderOwn(own, told, options) : renderMessage(template, told, options)), language }
}

/**
 * Writes a message into the outbox, within the transaction of what it tells about; answers its id. Whether its reader
 * still wants it is asked when it is handed over.
 */
export async function queueMessage<T extends MessageTemplate>(tx: Outbox, message: NewMessage<T>): Promise<string> {
  return addToOutbox(tx, message, await wordsOf(tx, message))
}

/** Does the work of queueMessage and leaves nothing behind: an address we do not know takes as long as one we do. */
export async function dryRunMessage<T extends MessageTemplate>(tx: Outbox, message: NewMessage<T>): Promise<void> {
  const id = await queueMessage(tx, message)
  await tx.db.delete(messages).where(and(eq(messages.id, id), eq(messages.state, 'queued')))
}

/** Sign-in mails of members belong to the person, not to the organization, and are never listed. */
const shownTo = (ctx: Ctx) =>
  and(eq(messages.organizationId, ctx.organizationId), ne(messages.template, 'member_sign_in'))

type Stored = typeof messages.$inferSelect

const rowOf = (message: Stored): MessageRow => ({
  id: message.id,
  channel: message.channel,
  template: message.template,
  to: message.to,
  name: message.name,
  subject: message.subject,
  state: message.state,
  attempts: message.attempts,
  error: message.error,
  createdAt: iso(message.createdAt),
  sentAt: isoOrNull(message.sentAt),
  nextAttemptAt: message.state === 'queued' ? isoOrNull(message.nextAttemptAt) : null,
})

/** The organization's messages, newest first. */
export async function listMessages(ctx: Ctx, query: MessageQuery): Promise<Page<MessageRow>> {
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : []
  const before =
    typeof at === 'number' && typeof id === 'string'
      ? or(lt(messages.createdAt, at), and(eq(messages.createdAt, at), lt(messages.id, id)))
      : undefined
  const rows = await ctx.db
    .select()
    .from(messages)
    .where(and(shownTo(ctx), query.state ? eq(messages.state, query.state) : undefined, before))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(query.limit + 1)
  return cutPage(rows, query.limit, rowOf, (row) => [row.createdAt, row.id])
}

/** One message with its body; links that sign someone in are hidden. Throws not_found. */
export async function getMessage(ctx: Ctx, id: string): Promise<MessageDetail> {
  const [message] = await ctx.db
    .select()
    .from(messages)
    .where(and(shownTo(ctx), eq(messages.id, id)))
  if (!message) throw new AppError('not_found')
  return {
    ...rowOf(message),
    body: message.body.replaceAll('{{link}}', '[link hidden]'),
    language: message.language,
  }
}

/** A failed message goes out again, with as many attempts as a new one. Throws not_found, message_not_retryable. */
export const retryMessage = (ctx: Ctx, id: string): Promise<MessageRow> =>
  transaction(ctx, async (tx) => {
    const [queued] = await tx.db
      .update(messages)
      .set({ state: 'queued', attempts: 0, error: null, nextAttemptAt: tx.clock(), leaseUntil: null })
      .where(and(shownTo(tx), eq(messages.id, id), eq(messages.state, 'failed')))
      .returning()
    if (!queued) {
      await getMessage(tx, id)
      throw new AppError('message_not_retryable')
    }
    await writeAudit(tx, { action: 'message.retried', subjectId: id })
    return rowOf(queued)
  })
