import type { MessageRow, MessageTemplate } from '@goodword/contracts'
import { languageOf } from '@goodword/words'
import { wordsIn } from '@goodword/words/server'
import { and, eq } from 'drizzle-orm'
import { enqueue } from '../../../queue/queue.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { writeAudit } from './messages.audit.ts'
import { getMessage } from './messages.queries.ts'
import { messageKind, messages } from './messages.table.ts'
import { goesToContacts, renderMessage } from './messages.templates.ts'
import type { NewMessage } from './newMessage.ts'
import { addToOutbox, type Outbox, type Written } from './outbox.ts'
import { renderOwn } from './wordings.render.ts'
import { ownWordingOf } from './wordings.ts'

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
  const filledIn = typeof values === 'function' ? values(words) : values
  const options = { channel, withLink: message.link !== undefined, words }
  return { ...(own ? renderOwn(own, filledIn, options) : renderMessage(template, filledIn, options)), language }
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
