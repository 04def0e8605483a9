import { languageOf } from '@goodword/words'
import type { Services } from '../../../shared/context.ts'
import { canBeStopped } from './audience.ts'
import { type Claimed, claimMessages, createSettling, type Outcome } from './claiming.ts'
import { type Delivery, DeliveryError } from './delivery.ts'
import type { Message } from './due.queries.ts'
import { inLanguageOf } from './messages.links.ts'
import type { LinkKind } from './messages.ts'
import { stopLinkOf } from './stopping.ts'

type Tools = {
  delivery: Delivery
  /** Makes the link of a message, whole, with a token of its own. */
  makeLink: (kind: LinkKind, message: Message) => Promise<string>
}

/** So few that even a mail server that hangs has refused the last of them before the lease ends. */
const mostThatLeave = 24
const mostThatStay = 96
const leaseMs = 5 * 60_000
const seconds = (count: number) => count * 1_000
/** How long a message waits after each attempt that failed; after the last it stands as failed. */
const waits = [seconds(5), seconds(60), seconds(300), seconds(1_800), seconds(7_200)]

/**
 * Hands over what is due, a batch at most, and answers how many messages it took. Several processes may do so at once: a
 * message is claimed under a lease, and one whose process died is claimed again when the lease is over.
 */
export async function deliverMessages(services: Services, tools: Tools): Promise<number> {
  const leaving = tools.delivery.leaves('email') || tools.delivery.leaves('sms')
  const claimed = await claimMessages(services, { most: leaving ? mostThatLeave : mostThatStay, leaseMs })
  const settle = createSettling(services)
  const ended = await Promise.allSettled(
    claimed.map(async (message) => settle(message, await handOver(services, tools, message))),
  )
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return claimed.length
}

const handOver = (services: Services, tools: Tools, message: Claimed): Promise<Outcome> =>
  attempt(services, tools, message).then(
    (state) => ({ state, error: null, nextAttemptAt: null, sentAt: state === 'sent' ? services.clock() : null }),
    (error: unknown) => postponed(services, message, error),
  )

async function attempt(services: Services, { delivery, makeLink }: Tools, message: Claimed): Promise<'sent' | 'kept'> {
  if (message.attempts > waits.length + 1) throw new DeliveryError('The server stopped each time it was sent.', true)
  const url = await linkFor(delivery, makeLink, message)
  const stoppable = message.contactId !== null && canBeStopped(message.template) && delivery.leaves(message.channel)
  return delivery.deliver({
    id: message.id,
    channel: message.channel,
    to: message.to,
    name: message.name,
    subject: message.subject,
    body: url === null ? message.body : message.body.replaceAll('{{link}}', url),
    language: message.language,
    reads: languageOf(message.language ?? message.reads ?? undefined),
    signInLink: showsOnly(message.link) ? null : url,
    replyTo: message.contactId === null ? null : message.replyTo,
    stopLink: stoppable ? inLanguageOf(message, stopLinkOf(services, message.id)) : null,
  })
}

/** A link that lets its reader look, and signs nobody in. */
const showsOnly = (link: Message['link']) => link === 'portal_view' || link === 'friend_page'

/** A message that is kept needs no way to look at a balance; only a link that signs in is shown in the terminal. */
async function linkFor(delivery: Delivery, makeLink: Tools['makeLink'], message: Message): Promise<string | null> {
  if (message.link === null) return null
  if (showsOnly(message.link) && !delivery.leaves(message.channel)) return null
  return makeLink(message.link, message)
}

/** What the mail server said may hold an address: it stands in the row, not in the log. */
function postponed(services: Services, message: Claimed, error: unknown): Outcome {
  const expected = error instanceof DeliveryError
  const wait = expected && error.permanent ? undefined : waits[message.attempts - 1]
  const facts = { messageId: message.id, attempts: message.attempts, ...(expected ? {} : { err: error }) }
  services.log.warn(facts, 'a message was not sent')
  return {
    state: wait === undefined ? 'failed' : 'queued',
    error: expected ? error.message : 'Something broke on our side before it was sent.',
    nextAttemptAt: wait === undefined ? null : services.clock() + wait,
    sentAt: null,
  }
}
