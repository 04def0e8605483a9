import type { MessageDetail, MessageQuery, MessageRow, MessageState, Page } from '@goodword/contracts'
import { and, eq, getTableColumns, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { queue } from '../../../queue/queue.table.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { messageKind, messages } from './messages.table.ts'

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

function inState(state: MessageState): SQL | undefined {
  if (state === 'sending') return and(eq(messages.state, 'queued'), isNotNull(queue.holder))
  return and(eq(messages.state, state), state === 'queued' ? isNull(queue.holder) : undefined)
}

const newestFirst = [
  descending<Shown>(messages.createdAt, ({ message }) => message.createdAt),
  descending<Shown>(messages.id, ({ message }) => message.id),
]

/** The organization's messages, newest first. */
export async function listMessages(ctx: Ctx, query: MessageQuery): Promise<Page<MessageRow>> {
  const page = await readPage(query, newestFirst, ({ where, orderBy, limit }) =>
    shown(ctx)
      .where(and(shownTo(ctx), query.state ? inState(query.state) : undefined, where))
      .orderBy(...orderBy)
      .limit(limit),
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
