import type { MessageRow, TemplateName } from '@goodword/contracts'
import { languageOf } from '@goodword/words'
import { wordsIn } from '@goodword/words/server'
import { and, eq } from 'drizzle-orm'
import { enqueue } from '../../../queue/queue.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { renderCustom } from './customTemplates.render.ts'
import { customTemplateFor } from './customTemplates.ts'
import { writeAudit } from './messages.audit.ts'
import { getMessage } from './messages.queries.ts'
import { messageKind, messages } from './messages.table.ts'
import { renderMessage } from './messages.templates.ts'
import type { NewMessage } from './newMessage.ts'
import { addToOutbox, type Outbox, type Written } from './outbox.ts'

/**
 * Renders in the reader's language, using the organization's template if there is one. In a template for every
 * language, values are formatted as in English, because nobody knows its language.
 */
async function wordsOf<T extends TemplateName>(tx: Outbox, message: NewMessage<T>): Promise<Written> {
  const { organizationId, template, channel, values } = message
  const reads = languageOf(message.language)
  const own =
    organizationId === null ? undefined : await customTemplateFor(tx.db, organizationId, template, channel, reads)
  const language = own === undefined ? reads : own.language === 'all' ? null : own.language
  const words = wordsIn(language ?? 'en')
  const filledIn = typeof values === 'function' ? values(words) : values
  const options = { channel, withLink: message.link !== undefined, words }
  return { language, ...(own ? renderCustom(own, filledIn, options) : renderMessage(template, filledIn, options)) }
}

/**
 * Writes a message to the outbox, within the transaction it reports on. Returns its id. Preferences are checked when it
 * is sent.
 */
export async function queueMessage<T extends TemplateName>(tx: Outbox, message: NewMessage<T>): Promise<string> {
  return addToOutbox(tx, message, await wordsOf(tx, message))
}

/** Does the work of queueMessage and leaves nothing behind, so that an unknown address takes as long as a known one. */
export async function dryRunMessage<T extends TemplateName>(tx: Outbox, message: NewMessage<T>): Promise<void> {
  const id = await queueMessage(tx, message)
  await tx.db.delete(messages).where(and(eq(messages.id, id), eq(messages.state, 'queued')))
}

/** Retries a failed message, with as many attempts as a new one. Throws not_found, message_not_retryable. */
export const retryMessage = (ctx: Ctx, id: string): Promise<MessageRow> =>
  transaction(ctx, async (tx) => {
    const { body: _, language: __, ...known } = await getMessage(tx, id)
    if (known.state !== 'failed') throw new AppError('message_not_retryable')
    await tx.db.update(messages).set({ state: 'queued', attempts: 0, error: null }).where(eq(messages.id, id))
    await enqueue(tx, messageKind, { subjectId: id, organizationId: tx.organizationId, lane: tx.organizationId })
    await writeAudit(tx, { action: 'message.retried', subjectId: id })
    return { ...known, state: 'queued', attempts: 0, error: null, nextAttemptAt: iso(tx.clock()) }
  })
