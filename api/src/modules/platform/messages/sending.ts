import { sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Claimed, Ended } from '../../../queue/kind.ts'
import { type AddressRefusal, contextWithin, type EndedMessage, type Services } from '../../../shared/context.ts'
import { suppressionKeyOf } from './audience.queries.ts'
import { reasonNotSent } from './audience.ts'
import { messages } from './messages.table.ts'
import { type Message, type OutgoingMessage, outgoingMessages, withRecipients } from './outgoing.queries.ts'
import { findSuppressed, suppress } from './suppressions.ts'

/** What an attempt needs: see OutgoingMessage. */
export type SendJob = Pick<OutgoingMessage, 'message' | 'reads' | 'replyTo'>

/** How a message left the queue: handed to a provider at this time, saved only, or refused by it. */
export type SendResult = { state: 'sent' | 'kept' | 'failed'; sentAt: number | null; refusal?: AddressRefusal | null }

type End = Pick<Message, 'state' | 'attempts' | 'error' | 'sentAt'>

const ids = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`
// The unary plus makes the planner use the ids. Erased messages don't get the mail server's reply, which may name a
// person.
const endMessages = prepared((db) =>
  db
    .update(messages)
    .set({
      state: sql`${sql.placeholder('state')}`,
      attempts: sql`${sql.placeholder('attempts')}`,
      error: sql`CASE WHEN ${messages.to} <> '' THEN ${sql.placeholder('error')} END`,
      sentAt: sql`${sql.placeholder('sentAt')}`,
    })
    .where(sql`${messages.id} IN ${ids} AND +${messages.state} = ${sql.placeholder('was')}`)
    .prepare(),
)

/** Records results, with one statement for all messages that ended the same way. `was`: their state until now. */
async function writeEnds(
  tx: Queries,
  ends: { id: string; end: End }[],
  was: Message['state'] = 'queued',
): Promise<void> {
  const alike = new Map<string, string[]>()
  for (const { id, end } of ends) {
    const how = JSON.stringify(end)
    alike.set(how, [...(alike.get(how) ?? []), id])
  }
  for (const [how, which] of alike) await endMessages(tx).run({ ...JSON.parse(how), was, ids: JSON.stringify(which) })
}

/**
 * Loads the messages of claimed rows. Recipients and their preferences are checked here, before every attempt: messages
 * whose reader is gone or no longer wants them are marked as not sent, with the reason. Erased messages are left out.
 */
export async function loadSendJobs(services: Services, tx: Queries, rows: Claimed[]): Promise<Map<Claimed, SendJob>> {
  const found = await outgoingMessages(
    services,
    tx,
    rows.map(({ subjectId }) => subjectId),
  )
  const waiting = new Map(found.flatMap((one) => (one.message.state === 'queued' ? [[one.message.id, one]] : [])))
  const reasons = await reasonsNotToSend(services, tx, [...waiting.values()])
  const handovers = new Map<Claimed, SendJob>()
  const stopped: { id: string; end: End }[] = []
  for (const row of rows) {
    const one = waiting.get(row.subjectId)
    if (!one) continue
    const error = reasons.get(one)
    if (error === undefined) handovers.set(row, one)
    // Nothing was attempted this time.
    else
      stopped.push({ id: row.subjectId, end: { state: 'suppressed', attempts: row.attempts - 1, error, sentAt: null } })
  }
  await writeEnds(tx, stopped)
  const ids = new Set(stopped.map(({ id }) => id))
  await tellOfEnds(
    services,
    tx,
    found.flatMap(({ message }) => (ids.has(message.id) ? [ended(message, 'suppressed')] : [])),
  )
  return handovers
}

/** Why some of them aren't sent: the recipient is gone or doesn't want them. */
async function reasonsNotToSend(
  services: Services,
  tx: Queries,
  outgoing: OutgoingMessage[],
): Promise<Map<OutgoingMessage, string>> {
  const keyed = outgoing.flatMap((one) => {
    const { organizationId, contactId, channel, to } = one.message
    const key = one.suppressionKey
    // Email to people who aren't contacts is internal. A number that replied STOP gets no texts of any kind.
    if (organizationId === null || key === null || (contactId === null && channel === 'email')) return []
    return [{ one, organizationId, channel, to, key }]
  })
  const stopped = await findSuppressed(tx, keyed)
  const reasons = new Map<OutgoingMessage, string>()
  for (const address of keyed) {
    const { one, channel } = address
    const audience = { notify: one.notify ?? 'all', stopped: stopped.get(address) ?? null }
    const why = reasonNotSent(one.message.template, channel, audience)
    if (why !== null) reasons.set(one, why)
  }
  const subjects = outgoing.map(({ message }) => message)
  for (const { withhold } of services.modules) {
    const withheld = (await withhold?.(tx, subjects, services)) ?? new Map<string, string>()
    for (const one of outgoing) {
      const why = withheld.get(one.message.id)
      if (why !== undefined) reasons.set(one, why)
    }
  }
  return reasons
}

/** Marks messages that were saved a moment ago as not wanted, for the reasons for which the worker wouldn't send them. */
export async function withholdSaved(services: Services, tx: Queries, saved: Message[]): Promise<void> {
  const keys = new Map<string, string>()
  const rows = []
  for (const message of saved) {
    const { organizationId } = message
    if (organizationId !== null && !keys.has(organizationId))
      keys.set(organizationId, await suppressionKeyOf(tx, organizationId))
    rows.push({ message, suppressionKey: keys.get(organizationId ?? '') ?? null, replyTo: null })
  }
  const reasons = await reasonsNotToSend(services, tx, await withRecipients(services, tx, rows))
  const ends = [...reasons].map(
    ([
      {
        message: { id },
      },
      error,
    ]): { id: string; end: End } => ({
      id,
      end: { state: 'suppressed', attempts: 0, error, sentAt: null },
    }),
  )
  await writeEnds(tx, ends, 'kept')
  const withheld = new Set(ends.map(({ id }) => id))
  await tellOfEnds(
    services,
    tx,
    saved.map((message) => ended(message, withheld.has(message.id) ? 'suppressed' : 'kept')),
  )
}

const ended = (message: Message, state: EndedMessage['state'], refusal: AddressRefusal | null = null): EndedMessage => {
  const { id, organizationId, contactId, addressId, invitationId, channel, template } = message
  return { id, organizationId, contactId, addressId, invitationId, channel, template, state, refusal }
}

async function tellOfEnds(services: Services, tx: Queries, all: EndedMessage[]): Promise<void> {
  if (all.length === 0) return
  for (const { messagesEnded } of services.modules) await messagesEnded?.(tx, all, services)
}

/**
 * Takes note of a text that its provider took and then could not deliver. Only what is known as sent becomes failed, once.
 */
export async function noteUndelivered(
  services: Services,
  tx: Queries,
  id: string,
  { error, refusal }: { error: string; refusal: AddressRefusal | null },
): Promise<void> {
  const [message] = await tx.select().from(messages).where(sql`${messages.id} = ${id}`)
  if (message?.state !== 'sent' || message.channel !== 'sms') return
  const { attempts, sentAt, organizationId, to } = message
  await writeEnds(tx, [{ id, end: { state: 'failed', attempts, error, sentAt } }], 'sent')
  if (refusal === 'stopped' && organizationId !== null && to !== '')
    await suppress(contextWithin(services, organizationId, tx), { channel: 'sms', to }, 'stop')
  await tellOfEnds(services, tx, [ended(message, 'failed', refusal)])
}

/** Records what was sent and what was parked. The queue keeps track of retries. */
export async function settleSendJobs(
  services: Services,
  tx: Queries,
  settled: Ended<SendJob, SendResult>[],
): Promise<void> {
  const ends = settled.flatMap(({ row, work, became, result, error }) => {
    if (became === 'waits') return []
    const { state, sentAt } = became === 'done' && result ? result : { state: 'failed' as const, sentAt: null }
    const end: End = { state, attempts: row.attempts, error, sentAt }
    return [{ id: row.subjectId, end, is: ended(work.message, state, result?.refusal ?? null), to: work.message.to }]
  })
  await writeEnds(tx, ends)
  for (const { is, to } of ends)
    if (is.refusal === 'stopped' && is.organizationId !== null && to !== '')
      await suppress(contextWithin(services, is.organizationId, tx), { channel: 'sms', to }, 'stop')
  await tellOfEnds(
    services,
    tx,
    ends.map(({ is }) => is),
  )
}
