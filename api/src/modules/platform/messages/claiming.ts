import { eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Services } from '../../../shared/context.ts'
import { whyNotSent } from './audience.ts'
import { type DueMessage, dueMessages, isAnyDue, type Message } from './due.queries.ts'
import { messages } from './messages.table.ts'
import { suppressedAmong } from './suppressions.ts'

/** A message this process may hand over until the lease ends, and with what: see DueMessage. */
export type Claimed = Message & { leaseUntil: number } & Pick<DueMessage, 'reads' | 'replyTo'>

/** How an attempt ended. */
export type Outcome = Pick<Message, 'state' | 'error' | 'nextAttemptAt' | 'sentAt'>

const ids = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`
// The plus keeps the planner on the ids: by their state it would walk everything that is being sent.
const beingSent = sql`+${messages.state} = 'sending'`

const takeMessages = prepared((db) =>
  db
    .update(messages)
    .set({
      state: 'sending',
      attempts: sql`${messages.attempts} + 1`,
      leaseUntil: sql`${sql.placeholder('leaseUntil')}`,
    })
    .where(sql`${messages.id} IN ${ids}`)
    .prepare(),
)

const stopMessage = prepared((db) =>
  db
    .update(messages)
    .set({ state: 'suppressed', error: sql`${sql.placeholder('why')}`, nextAttemptAt: null, leaseUntil: null })
    .where(eq(messages.id, sql.placeholder('id')))
    .prepare(),
)

/**
 * Takes what is due, `most` at a time, under a lease until `leaseUntil`. Whoever wants no such message any more is asked
 * here, at every attempt: theirs stand as not sent, with the reason.
 */
export async function claimMessages(
  { database, clock }: Services,
  { most, leaseMs }: { most: number; leaseMs: number },
): Promise<Claimed[]> {
  const now = clock()
  const leaseUntil = now + leaseMs
  if (!(await isAnyDue(database.read, now))) return []
  return database.write(async (tx) => {
    const due = await dueMessages(tx, { now, most })
    const reasons = await reasonsAgainst(tx, due)
    for (const [{ message }, why] of reasons) await stopMessage(tx).run({ id: message.id, why })
    const taken = due.filter((one) => !reasons.has(one))
    if (taken.length > 0)
      await takeMessages(tx).run({ leaseUntil, ids: JSON.stringify(taken.map(({ message }) => message.id)) })
    return taken.map(({ message, reads, replyTo }) => ({
      ...message,
      state: 'sending',
      attempts: message.attempts + 1,
      leaseUntil,
      reads,
      replyTo,
    }))
  })
}

/** Why some of them are not sent. */
async function reasonsAgainst(tx: Queries, due: DueMessage[]): Promise<Map<DueMessage, string>> {
  const keyed = due.flatMap((one) => {
    const { organizationId, channel, to } = one.message
    const key = one.suppressionKey
    return organizationId === null || key === null ? [] : [{ one, organizationId, channel, to, key }]
  })
  const stopped = await suppressedAmong(tx, keyed)
  const reasons = new Map<DueMessage, string>()
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

const settleMessages = prepared((db) =>
  db
    .update(messages)
    .set({
      state: sql`${sql.placeholder('state')}`,
      error: sql`${sql.placeholder('error')}`,
      nextAttemptAt: sql`${sql.placeholder('nextAttemptAt')}`,
      sentAt: sql`${sql.placeholder('sentAt')}`,
      leaseUntil: null,
    })
    .where(sql`${messages.id} IN ${ids} AND ${messages.leaseUntil} = ${sql.placeholder('leaseUntil')} AND ${beingSent}`)
    .prepare(),
)

/**
 * Writes how the attempts of one claim ended. What ends while a write waits for its turn is written with it. Only the
 * attempt that holds the lease may say how it ended.
 */
export function createSettling({ database }: Services): (message: Claimed, outcome: Outcome) => Promise<void> {
  let ended: { message: Claimed; outcome: Outcome }[] = []
  let writing: Promise<void> | null = null
  const writeAll = (tx: Queries) => {
    const all = ended
    ended = []
    writing = null
    return settleAll(tx, all)
  }
  return (message, outcome) => {
    ended.push({ message, outcome })
    writing ??= database.write(writeAll)
    return writing
  }
}

async function settleAll(tx: Queries, ended: { message: Claimed; outcome: Outcome }[]): Promise<void> {
  const alike = new Map<string, string[]>()
  for (const { message, outcome } of ended) {
    const how = JSON.stringify({ ...outcome, leaseUntil: message.leaseUntil })
    alike.set(how, [...(alike.get(how) ?? []), message.id])
  }
  for (const [how, which] of alike) await settleMessages(tx).run({ ...JSON.parse(how), ids: JSON.stringify(which) })
}
