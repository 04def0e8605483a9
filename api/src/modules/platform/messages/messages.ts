import type { MessageRow, MessageTemplate } from '@goodword/contracts'
import { languageOf } from '@goodword/words'
import { type Words, wordsIn } from '@goodword/words/server'
import { and, eq } from 'drizzle-orm'
import { enqueue } from '../../../queue/queue.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { writeAudit } from '../audit/audit.ts'
import { getMessage } from './messages.queries.ts'
import { messageKind, messages } from './messages.table.ts'
import { goesToContacts, renderMessage, type TemplateValues } from './messages.templates.ts'
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
  /** The member whose sign-in link it carries. */
  memberId?: string
  channel: 'email' | 'sms'
  template: T
  to: string
  name: string | null
  /** As they are, or as the words say them that the message is written with. */
  values: TemplateValues[T] | ((words: Words) => TemplateValues[T])
  /** What its reader is spoken to in, where a contact gets it; the team gets English. */
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
  const reads = goesToContacts(template) ? languageOf(message.language) : 'en'
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

/** A failed message goes out again, with as many attempts as a new one. Throws not_found, message_not_retryable. */
export const retryMessage = (ctx: Ctx, id: string): Promise<MessageRow> =>
  transaction(ctx, async (tx) => {
    const { body: _, language: __, ...known } = await getMessage(tx, id)
    if (known.state !== 'failed') throw new AppError('message_not_retryable')
    await tx.db.update(messages).set({ state: 'queued', attempts: 0, error: null }).where(eq(messages.id, id))
    await enqueue(tx, messageKind, { subjectId: id, organizationId: tx.organizationId, lane: tx.organizationId })
    await writeAudit(tx, { action: 'message.retried', subjectId: id })
    return { ...known, state: 'queued', attempts: 0, error: null, nextAttemptAt: iso(tx.clock()) }
  })
