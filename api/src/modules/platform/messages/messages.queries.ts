import type { MessageDetail, MessageQuery, MessageRow, MessageState, Page } from '@goodword/contracts'
import { and, eq, getTableColumns, ne, type SQL, sql } from 'drizzle-orm'
import { queue } from '../../../queue/queue.table.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage, readPage, type Slice } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { byRowid, inWalks, walkEach, walked } from '../../../shared/walks.ts'
import { messageKind, messages, storedStates } from './messages.table.ts'

/** A message's status; distinguishes messages being sent right now from waiting ones. */
export const messageState = sql<MessageState>`CASE WHEN ${messages.state} = 'queued' AND EXISTS (SELECT 1 FROM ${queue}
  WHERE ${queue.kind} = ${messageKind} AND ${queue.subjectId} = ${messages.id} AND ${queue.holder} IS NOT NULL)
  THEN 'sending' ELSE ${messages.state} END`

/** Sign-in emails of members belong to the person, not to the organization, and are never listed. */
const shownTo = (ctx: Ctx) =>
  and(eq(messages.organizationId, ctx.organizationId), ne(messages.template, 'member_sign_in'))

const shown = (ctx: Ctx) =>
  ctx.db
    .select({
      message: getTableColumns(messages),
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
function inSlice(ctx: Ctx, state: MessageState | undefined, slice: Slice): SQL | undefined {
  if (state === 'sending') return and(shownTo(ctx), heldMessages, slice.where)
  const stretch = and(
    shownTo(ctx),
    sql`${messages.state} = ${walked}`,
    state === 'queued' ? sql`${messages.id} NOT IN (SELECT ${queue.subjectId} FROM ${held})` : undefined,
  )
  return inWalks(messages, walkEach(state === undefined ? storedStates : [state]), stretch, slice)
}

const held = sql`${queue} WHERE ${queue.kind} = ${messageKind} AND ${queue.holder} IS NOT NULL`
const heldMessages = and(eq(messages.state, 'queued'), sql`${messages.id} IN (SELECT ${queue.subjectId} FROM ${held})`)

const newestFirst = [
  descending<Shown>(messages.createdAt, ({ message }) => message.createdAt),
  byRowid<Shown>(messages, 'desc', ({ message }) => message.id),
]

/** The organization's messages, newest first. */
export async function listMessages(ctx: Ctx, query: MessageQuery): Promise<Page<MessageRow>> {
  const page = await readPage(query, newestFirst, (slice) =>
    shown(ctx)
      .where(inSlice(ctx, query.state, slice))
      .orderBy(...slice.orderBy)
      .limit(slice.limit),
  )
  return mapPage(page, rowOf)
}

/** One message with its body. Sign-in links are hidden. Throws not_found. */
export async function getMessage(ctx: Ctx, id: string): Promise<MessageDetail> {
  const [one] = await shown(ctx).where(and(shownTo(ctx), eq(messages.id, id)))
  if (!one) throw new AppError('not_found')
  return {
    ...rowOf(one),
    body: one.message.body.replaceAll('{{link}}', '[link hidden]'),
    language: one.message.language,
  }
}
