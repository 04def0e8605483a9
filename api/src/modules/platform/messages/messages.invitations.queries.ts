import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { messages } from './messages.table.ts'

const ofInvitation = prepared((db) =>
  db
    .select({
      id: messages.id,
      template: messages.template,
      state: messages.state,
      channel: messages.channel,
      sentAt: messages.sentAt,
    })
    .from(messages)
    .where(
      and(
        eq(messages.organizationId, sql.placeholder('organizationId')),
        eq(messages.invitationId, sql.placeholder('invitationId')),
      ),
    )
    .orderBy(messages.id)
    .prepare(),
)

/** The messages that carried an ask, the oldest first. Those of more than 180 days ago are deleted. */
export const messagesOfInvitation = (ctx: Ctx, invitationId: string) =>
  ofInvitation(ctx.db).all({ organizationId: ctx.organizationId, invitationId })

export type MessageOfInvitation = Awaited<ReturnType<typeof messagesOfInvitation>>[number]
