import { languageOf } from '@goodword/words'
import type { Outcome } from '../../../queue/kind.ts'
import { defineQueue, type Queue } from '../../../queue/worker.ts'
import type { Services } from '../../../shared/context.ts'
import { canUnsubscribe } from './audience.ts'
import { createDelivery, type Delivery, showsOnly } from './delivery.ts'
import { inLanguageOf } from './messages.links.ts'
import { messageKind } from './messages.table.ts'
import type { LinkKind } from './newMessage.ts'
import type { Message } from './outgoing.queries.ts'
import { DeliveryError } from './outgoing.ts'
import { loadSendJobs, type SendJob, type SendResult, settleSendJobs } from './sending.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

type Tools = {
  /**
   * Creates the full link of a message with a token of its own. By default, the module responsible for the link's kind
   * does.
   */
  makeLink?: (kind: LinkKind, message: Message) => Promise<string>
  /** How messages are sent. By default, the configuration decides. */
  delivery?: Delivery | undefined
}

/** Few enough that even a hanging mail server times out on the last one before the lease ends. */
const maxSending = 24
const maxSavedOnly = 96
const seconds = (count: number) => count * 1_000

/** Outgoing emails and texts. Each organization has its own lane. */
export const messageQueue = ({ makeLink, delivery: given }: Tools = {}): Queue =>
  defineQueue<SendJob, SendResult>({
    name: messageKind,
    leaseMs: 5 * 60_000,
    waitsMs: [seconds(5), seconds(60), seconds(300), seconds(1_800), seconds(7_200)],
    prompt: true,
    open(services) {
      const delivery = given ?? createDelivery(services)
      const leaving = delivery.leaves('email') || delivery.leaves('sms')
      const batch = leaving ? maxSending : maxSavedOnly
      return {
        limits: { batch, perLane: batch / 2, strict: false },
        prepare: (tx, rows) => loadSendJobs(services, tx, rows),
        attempt: (work) => sendMessage(services, { makeLink: makeLink ?? linkMaker(services), delivery }, work),
        settle: (tx, ended) => settleSendJobs(services, tx, ended),
        close: () => delivery.close(),
      }
    },
  })

type Way = Required<Pick<Tools, 'makeLink'>> & { delivery: Delivery }

async function sendMessage(
  services: Services,
  way: Way,
  { message, reads, replyTo }: SendJob,
): Promise<Outcome<SendResult>> {
  const { delivery } = way
  try {
    const url = await linkFor(way, message)
    const stoppable = message.contactId !== null && canUnsubscribe(message.template) && delivery.leaves(message.channel)
    const state = await delivery.deliver({
      id: message.id,
      channel: message.channel,
      to: message.to,
      name: message.name,
      subject: message.subject,
      body: url === null ? message.body : message.body.replaceAll('{{link}}', url),
      language: message.language,
      reads: languageOf(message.language ?? reads ?? undefined),
      signInLink: showsOnly(message.link) ? null : url,
      replyTo: message.contactId === null ? null : replyTo,
      stopLink: stoppable ? inLanguageOf(message, unsubscribeUrl(services, message.id)) : null,
    })
    return { went: 'done', result: { state, sentAt: state === 'sent' ? services.clock() : null } }
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    const result = error.permanent ? { state: 'failed' as const, sentAt: null, refusal: error.refusal } : null
    return { went: error.permanent ? 'failed' : 'again', result, error: error.message }
  }
}

const linkMaker = (services: Services) => (kind: LinkKind, message: Message) => {
  const make = services.modules.flatMap(({ links }) => links?.[kind] ?? [])[0]
  if (!make) throw new Error(`No module creates links of kind ${kind}.`)
  return make(services, message)
}

/** A message that is only saved needs no view link. Only a sign-in link is printed in the terminal. */
async function linkFor({ delivery, makeLink }: Way, message: Message): Promise<string | null> {
  if (message.link === null) return null
  if (showsOnly(message.link) && !delivery.leaves(message.channel)) return null
  return makeLink(message.link, message)
}
