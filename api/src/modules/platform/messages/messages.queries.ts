import type { MessageDetail, MessageQuery, MessageRow, MessageState, Page } from '@goodword/contracts'
import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { queue } from '../../../queue/queue.table.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { type PreparedSlice, preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { byRowid, inWalks, walkEach, walked } from '../../../shared/walks.ts'
import { messageKind, messages, storedStates } from './messages.table.ts'

/** A message's status; distinguishes messages being sent right now from waiting ones. */
export const messageState = sql<MessageState>`CASE WHEN ${messages.state} = 'queued' AND EXISTS (SELECT 1 FROM ${queue}
  WHERE ${queue.kind} = ${messageKind} AND ${queue.subjectId} = ${messages.id} AND ${queue.holder} IS NOT NULL)
  THEN 'sending' ELSE ${messages.state} END`

/** Sign-in emails of members belong to the person, not to the organization, and are never listed. */
const shownTo = and(
  eq(messages.organizationId, sql.placeholder('organizationId')),
  ne(messages.template, 'member_sign_in'),
)

/** A list doesn't read bodies. */
const { id, channel, template, to, name, subject, state, attempts, error, createdAt, sentAt } = messages
const columns = { id, channel, template, to, name, subject, state, attempts, error, createdAt, sentAt }

const shown = (db: Queries) =>
  db
    .select({
      message: columns,
      waiting: { dueAt: queue.dueAt, holder: queue.holder, attempts: queue.attempts, error: queue.error },
    })
    .from(messages)
    .leftJoin(queue, and(eq(queue.kind, messageKind), eq(queue.subjectId, messages.id)))

type Shown = Awaited<ReturnType<typeof shown>>[number]

function rowOf({ message, waiting }: Shown): MessageRow {
  const isSending = waiting !== null && waiting.holder !== null
  return {
    id: message.id,
    channel: message.channel,
    template: message.template,
    to: message.to,
    name: message.name,
    subject: message.subject,
    state: isSending ? 'sending' : message.state,
    attempts: waiting?.attempts ?? message.attempts,
    error: waiting ? waiting.error : message.error,
    createdAt: iso(message.createdAt),
    sentAt: isoOrNull(message.sentAt),
    nextAttemptAt: waiting && !isSending ? iso(waiting.dueAt) : null,
  }
}

/** The messages of a slice. Those being sent are few; the others are walked state by state. */
function inSlice(state: MessageState | 'any', slice: PreparedSlice): SQL | undefined {
  if (state === 'sending') return and(shownTo, heldMessages, slice.where)
  const stretch = and(
    shownTo,
    sql`${messages.state} = ${walked}`,
    state === 'queued' ? sql`${messages.id} NOT IN (SELECT ${queue.subjectId} FROM ${held})` : undefined,
  )
  return inWalks(messages, walkEach(state === 'any' ? storedStates : [state]), stretch, slice)
}

const held = sql`${queue} WHERE ${queue.kind} = ${messageKind} AND ${queue.holder} IS NOT NULL`
const heldMessages = and(eq(messages.state, 'queued'), sql`${messages.id} IN (SELECT ${queue.subjectId} FROM ${held})`)

const newestFirst = [
  descending<Shown>(messages.createdAt, ({ message }) => message.createdAt),
  byRowid<Shown>(messages, 'desc', ({ message }) => message.id),
]

const pagesIn = shapes(({ state }: { state: MessageState | 'any' }) =>
  preparedPages<Shown>(newestFirst, (db, slice) =>
    shown(db)
      .where(inSlice(state, slice))
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare(),
  ),
)

/** The organization's messages, newest first. */
export async function listMessages({ db, organizationId }: Ctx, query: MessageQuery): Promise<Page<MessageRow>> {
  return mapPage(await pagesIn({ state: query.state ?? 'any' })(db, query, { organizationId }), rowOf)
}

const messageById = prepared((db) =>
  shown(db)
    .where(and(shownTo, eq(messages.id, sql.placeholder('id'))))
    .prepare(),
)

const bodyById = prepared((db) =>
  db
    .select({ body: messages.body, language: messages.language })
    .from(messages)
    .where(and(shownTo, eq(messages.id, sql.placeholder('id'))))
    .prepare(),
)

/** One message with its body. Sign-in links are hidden. Throws not_found. */
export async function getMessage({ db, organizationId }: Ctx, id: string): Promise<MessageDetail> {
  const one = await messageById(db).get({ organizationId, id })
  const text = await bodyById(db).get({ organizationId, id })
  if (!one || !text) throw new AppError('not_found')
  return {
    body: text.body.replaceAll('{{link}}', '[link hidden]'),
    language: text.language,
    ...rowOf(one),
  }
}
