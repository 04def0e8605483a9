import { sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Claimed, Ended } from '../../../queue/kind.ts'
import type { Services } from '../../../shared/context.ts'
import { whyNotSent } from './audience.ts'
import { messages } from './messages.table.ts'
import { type Message, type OutgoingMessage, outgoingMessages } from './outgoing.queries.ts'
import { suppressedAmong } from './suppressions.ts'

/** What an attempt needs: see OutgoingMessage. */
export type Handover = Pick<OutgoingMessage, 'message' | 'reads' | 'replyTo'>

/** How a message left: handed to a provider at this time, or kept. */
export type HandedOver = { state: 'sent' | 'kept'; sentAt: number | null }

type End = Pick<Message, 'state' | 'attempts' | 'error' | 'sentAt'>

const ids = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`
// The plus keeps the planner on the ids. What was erased meanwhile holds no words of a mail server about it.
const endMessages = prepared((db) =>
  db
    .update(messages)
    .set({
      state: sql`${sql.placeholder('state')}`,
      attempts: sql`${sql.placeholder('attempts')}`,
      error: sql`CASE WHEN ${messages.to} <> '' THEN ${sql.placeholder('error')} END`,
      sentAt: sql`${sql.placeholder('sentAt')}`,
    })
    .where(sql`${messages.id} IN ${ids} AND +${messages.state} = 'queued'`)
    .prepare(),
)

/** Writes how messages ended, those that ended alike in one statement. */
async function writeEnds(tx: Queries, ends: { id: string; end: End }[]): Promise<void> {
  const alike = new Map<string, string[]>()
  for (const { id, end } of ends) {
    const how = JSON.stringify(end)
    alike.set(how, [...(alike.get(how) ?? []), id])
  }
  for (const [how, which] of alike) await endMessages(tx).run({ ...JSON.parse(how), ids: JSON.stringify(which) })
}

/**
 * The messages of claimed rows. Whoever wants no such message any more is asked here, at every attempt: theirs stand as not
 * sent, with the reason, and what was taken back or erased is left out.
 */
export async function loadHandovers(
  services: Pick<Services, 'modules'>,
  tx: Queries,
  rows: Claimed[],
): Promise<Map<Claimed, Handover>> {
  const found = await outgoingMessages(
    services,
    tx,
    rows.map(({ subjectId }) => subjectId),
  )
  const waiting = new Map(found.flatMap((one) => (one.message.state === 'queued' ? [[one.message.id, one]] : [])))
  const reasons = await reasonsAgainst(tx, [...waiting.values()])
  const handovers = new Map<Claimed, Handover>()
  const stopped: { id: string; end: End }[] = []
  for (const row of rows) {
    const one = waiting.get(row.subjectId)
    if (!one) continue
    const error = reasons.get(one)
    if (error === undefined) handovers.set(row, one)
    // Nobody tried to send it this time.
    else
      stopped.push({ id: row.subjectId, end: { state: 'suppressed', attempts: row.attempts - 1, error, sentAt: null } })
  }
  await writeEnds(tx, stopped)
  return handovers
}

/** Why some of them are not sent. */
async function reasonsAgainst(tx: Queries, outgoing: OutgoingMessage[]): Promise<Map<OutgoingMessage, string>> {
  const keyed = outgoing.flatMap((one) => {
    const { organizationId, channel, to } = one.message
    const key = one.suppressionKey
    return organizationId === null || key === null ? [] : [{ one, organizationId, channel, to, key }]
  })
  const stopped = await suppressedAmong(tx, keyed)
  const reasons = new Map<OutgoingMessage, string>()
  for (const address of keyed) {
    const { one, channel } = address
    // Mail to who is no contact is work; a number that said STOP gets no text of any kind.
    const asked = one.message.contactId !== null || channel === 'sms'
    const audience = { notify: one.notify ?? 'all', stopped: asked ? (stopped.get(address) ?? null) : null }
    const why = whyNotSent(one.message.template, channel, audience)
    if (why !== null) reasons.set(one, why)
  }
  return reasons
}

/** What left, and what is given up; what waits for another attempt is the queue's. */
export const settleHandovers = (tx: Queries, ended: Ended<Handover, HandedOver>[]): Promise<void> =>
  writeEnds(
    tx,
    ended.flatMap(({ row, became, result, error }) => {
      if (became === 'waits') return []
      const { state, sentAt } = became === 'done' && result ? result : { state: 'failed' as const, sentAt: null }
      return [{ id: row.subjectId, end: { state, attempts: row.attempts, error, sentAt } }]
    }),
  )
