import { readReply } from '@goodword/domain'
import { languageOf } from '@goodword/words'
import { wordsIn } from '@goodword/words/server'
import { and, desc, eq } from 'drizzle-orm'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { messages } from './messages.table.ts'
import { suppress, suppressionReason, unsuppress } from './suppressions.ts'

/** A text that somebody sent to our number. `id` is the provider's; `answered`: the provider has answered it already. */
export type Reply = { id: string; from: string; text: string; answered: boolean }

/** What Twilio answers itself, unless that was switched off. */
const twilioAnswers = /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|start|yes|unstop|help|info)$/i

/**
 * Reads a reply to a text and returns what to answer; null for nothing. STOP and START belong to the number: they count for
 * every organization that texted it, and for every contact who has it. STOP is confirmed once.
 */
export async function receiveReply(services: Services, reply: Reply): Promise<string | null> {
  const { from, text } = reply
  const senders = await sendersTo(services, from)
  const [last] = senders
  if (!last) return null
  const wish = readReply(text)
  const isAnswered = reply.answered || (services.config.twilio?.answersStop === true && twilioAnswers.test(text.trim()))
  if (wish === 'none') {
    const { contactId, name } = last
    for (const { textReplied } of services.modules)
      await textReplied?.(contextOf(services, last), { id: reply.id, from, contactId, name, text })
    return null
  }
  const changed = []
  for (const sender of senders)
    if (wish !== 'help') changed.push(await applyWish(contextOf(services, sender), from, wish))
  if (isAnswered || wish === 'start' || (wish === 'stop' && !changed.includes(true))) return null
  const { name: organization } = await getOrganization(services, last.organizationId)
  const { say } = wordsIn(languageOf(last.language ?? undefined))
  return wish === 'stop' ? say('email.replied.stopped', { organization }) : say('email.replied.help', { organization })
}

const contextOf = (services: Services, { organizationId }: Sender): Ctx =>
  contextFor(services, organizationId, { type: 'system' })

/** Returns whether it changed anything. */
const applyWish = (ctx: Ctx, to: string, wish: 'stop' | 'start'): Promise<boolean> =>
  transaction(ctx, async (tx) => {
    const address = { channel: 'sms', to } as const
    const before = await suppressionReason(tx.db, tx.organizationId, address)
    if (wish === 'start') await unsuppress(tx, address)
    else await suppress(tx, address, 'stop')
    return (before === null) === (wish === 'stop')
  })

type Sender = { organizationId: string; contactId: string | null; name: string | null; language: string | null }

/** The organizations that texted a number, whoever did so last first, with whom they meant. */
async function sendersTo(services: Services, to: string): Promise<Sender[]> {
  const rows = await services.database.read
    .select({
      organizationId: messages.organizationId,
      contactId: messages.contactId,
      name: messages.name,
      language: messages.language,
    })
    .from(messages)
    .where(and(eq(messages.to, to), eq(messages.channel, 'sms')))
    .orderBy(desc(messages.id))
    .limit(1_000)
  const senders = new Map<string, Sender>()
  for (const { organizationId, ...row } of rows)
    if (organizationId !== null && !senders.has(organizationId)) senders.set(organizationId, { organizationId, ...row })
  return [...senders.values()]
}
