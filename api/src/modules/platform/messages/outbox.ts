import type { Language, TemplateName } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { isUniqueViolation } from '../../../database/constraint.ts'
import { preparedInsert } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import type { CustomTemplate } from './customTemplates.render.ts'
import { isOnlySaved } from './delivery.ts'
import { addMentions } from './mentions.ts'
import { causeKey } from './messageKeys.ts'
import { messages } from './messages.table.ts'
import type { LinkKind, NewMessage } from './newMessage.ts'
import { checkSaved } from './saving.ts'

export type Outbox = Ctx | (Services & { db: Queries })

const addMessage = preparedInsert(messages)

/** A message without its text. */
export type Envelope = Omit<NewMessage<TemplateName>, 'values' | 'language'> & { link?: LinkKind }

/** The text and its language; null if unknown. */
export type Written = CustomTemplate & { language: Language | null }

/**
 * Inserts a message with its text. A trigger on the table queues it, unless nobody will send it: then it is only saved.
 * Returns its id.
 */
export async function addToOutbox(
  tx: Outbox,
  message: Envelope,
  { subject, body, language }: Written,
): Promise<string> {
  const now = tx.clock()
  const cause = `${message.organizationId ?? 'installation'}:${message.idempotencyKey}`
  const key = message.idempotencyKey ? causeKey(cause) : null
  const id = tx.newId('message')
  const link = body.includes('{{link}}') ? (message.link ?? null) : null
  const saved = isOnlySaved(tx, { channel: message.channel, link })
  const row: typeof messages.$inferSelect = {
    id,
    organizationId: message.organizationId,
    contactId: message.contactId ?? null,
    referralId: message.referralId ?? null,
    invitationId: message.invitationId ?? null,
    personId: message.personId ?? null,
    memberId: message.memberId ?? null,
    channel: message.channel,
    template: message.template,
    to: message.to,
    addressId: message.addressId ?? null,
    name: message.name,
    subject,
    body,
    language,
    link,
    state: saved ? 'kept' : 'queued',
    attempts: saved ? 1 : 0,
    idempotencyKey: key,
    createdAt: now,
    error: null,
    sentAt: null,
  }
  try {
    await addMessage(tx.db, row)
  } catch (error) {
    // Only this statement is undone, because the message already exists for the same cause.
    if (!isUniqueViolation(error, 'messages.idempotency_key')) throw error
    return idOfKey(tx.db, key)
  }
  if (saved) checkSaved(tx, row)
  await addMentions(tx, { id, ...message }, message.mentions)
  return id
}

async function idOfKey(db: Queries, key: string | null): Promise<string> {
  const [known] = await db
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.idempotencyKey, key ?? ''))
  if (!known) throw new Error('The message was neither inserted nor found.')
  return known.id
}
