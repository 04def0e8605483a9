import { and, asc, eq, lt, lte, or } from 'drizzle-orm'
import type { Services } from '../../shared/context.ts'
import { replyAddressOf } from './audience.queries.ts'
import { canBeStopped, whyNotSent } from './audience.ts'
import { type Delivery, DeliveryError } from './delivery.ts'
import { messages } from './messages.table.ts'
import type { LinkKind } from './messages.ts'
import { stopLinkOf } from './stopping.ts'
import { isSuppressed } from './suppressions.ts'

/** A row of the outbox. */
export type Message = typeof messages.$inferSelect

type Tools = {
  delivery: Delivery
  /** Makes the link of a message, whole, with a token of its own. */
  makeLink: (kind: LinkKind, message: Message) => Promise<string>
}

const batch = 12
const leaseMs = 5 * 60_000
const seconds = (count: number) => count * 1_000
/** How long a message waits after each attempt that failed; after the last it stands as failed. */
const waits = [seconds(5), seconds(60), seconds(300), seconds(1_800), seconds(7_200)]

/**
 * Hands over what is due, a batch at most, and answers how many messages it took. Several processes may do so at once: a
 * message is claimed under a lease, and one whose process died is claimed again when the lease is over.
 */
export async function deliverMessages(services: Services, tools: Tools): Promise<number> {
  const now = services.clock()
  const [waiting] = await services.database.read.select({ id: messages.id }).from(messages).where(isDue(now)).limit(1)
  if (!waiting) return 0
  const claimed = await claim(services, now)
  const ended = await Promise.allSettled(claimed.map((message) => handOver(services, tools, message)))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return claimed.length
}

const isDue = (now: number) =>
  or(
    and(eq(messages.state, 'queued'), lte(messages.nextAttemptAt, now)),
    and(eq(messages.state, 'sending'), lt(messages.leaseUntil, now)),
  )

const claim = (services: Services, now: number): Promise<Message[]> =>
  services.database.write(async (tx) => {
    const due = await tx
      .select({ id: messages.id, attempts: messages.attempts })
      .from(messages)
      .where(isDue(now))
      .orderBy(asc(messages.createdAt))
      .limit(batch)
    const claimed: Message[] = []
    for (const { id, attempts } of due) {
      const rows = await tx
        .update(messages)
        .set({ state: 'sending', attempts: attempts + 1, leaseUntil: now + leaseMs })
        .where(and(eq(messages.id, id), eq(messages.attempts, attempts), isDue(now)))
        .returning()
      claimed.push(...rows)
    }
    return claimed
  })

async function handOver(services: Services, { delivery, makeLink }: Tools, message: Message): Promise<void> {
  const outcome = await attempt(services, { delivery, makeLink }, message).then(
    (state): Partial<Message> => ({
      state,
      error: null,
      nextAttemptAt: null,
      sentAt: state === 'sent' ? services.clock() : null,
    }),
    (error: unknown) => postponed(services, message, error),
  )
  await settle(services, message, { ...outcome, leaseUntil: null })
}

async function attempt(services: Services, { delivery, makeLink }: Tools, message: Message): Promise<'sent' | 'kept'> {
  if (message.attempts > waits.length + 1) throw new DeliveryError('The server stopped each time it was sent.', true)
  const stopped = await stoppedSince(services, message)
  if (stopped !== null) throw new DeliveryError(stopped, true)
  const url = await linkFor(delivery, makeLink, message)
  return delivery.deliver({
    id: message.id,
    channel: message.channel,
    to: message.to,
    name: message.name,
    subject: message.subject,
    body: url === null ? message.body : message.body.replaceAll('{{link}}', url),
    signInLink: showsOnly(message.link) ? null : url,
    replyTo: message.contactId === null ? null : await replyAddressOf(services.database.read, message.organizationId),
    stopLink: message.contactId !== null && canBeStopped(message.template) ? stopLinkOf(services, message.id) : null,
  })
}

/** A link that lets its reader look, and signs nobody in. */
const showsOnly = (link: Message['link']) => link === 'portal_view' || link === 'friend_page'

/** Somebody may have asked for an end to messages while this one waited for another try. */
async function stoppedSince({ database }: Services, message: Message): Promise<string | null> {
  const { organizationId, channel, template, to, attempts } = message
  if (organizationId === null || attempts < 2) return null
  const suppressed = await isSuppressed(database.read, organizationId, { channel, to })
  return whyNotSent(template, channel, { notify: 'all', suppressed })
}

/** A message that is kept needs no way to look at a balance; only a link that signs in is shown in the terminal. */
async function linkFor(delivery: Delivery, makeLink: Tools['makeLink'], message: Message): Promise<string | null> {
  if (message.link === null) return null
  if (showsOnly(message.link) && !delivery.leaves(message.channel)) return null
  return makeLink(message.link, message)
}

/** What the mail server said may hold an address: it stands in the row, not in the log. */
function postponed(services: Services, message: Message, error: unknown): Partial<Message> {
  const expected = error instanceof DeliveryError
  const wait = expected && error.permanent ? undefined : waits[message.attempts - 1]
  const facts = { messageId: message.id, attempts: message.attempts, ...(expected ? {} : { err: error }) }
  services.log.warn(facts, 'a message was not sent')
  return {
    state: wait === undefined ? 'failed' : 'queued',
    error: expected ? error.message : 'Something broke on our side before it was sent.',
    nextAttemptAt: wait === undefined ? null : services.clock() + wait,
  }
}

/** Only the attempt that holds the lease may say how it ended. */
const settle = (services: Services, message: Message, outcome: Partial<Message>): Promise<unknown> =>
  services.database.write((tx) =>
    tx
      .update(messages)
      .set(outcome)
      .where(
        and(
          eq(messages.id, message.id),
          eq(messages.leaseUntil, message.leaseUntil ?? 0),
          eq(messages.state, 'sending'),
        ),
      ),
  )
