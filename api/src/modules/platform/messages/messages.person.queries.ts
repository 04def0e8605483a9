import { and, asc, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { messages } from './messages.table.ts'

export async function messagesTo(ctx: Ctx, contactId: string) {
  const rows = await ctx.db
    .select()
    .from(messages)
    .where(and(sql`+${messages.organizationId} = ${ctx.organizationId}`, eq(messages.contactId, contactId)))
    .orderBy(asc(messages.createdAt))
  return rows.map(({ channel, to, subject, state, createdAt, sentAt }) => ({
    channel,
    to,
    subject,
    state,
    at: iso(createdAt),
    sentAt: isoOrNull(sentAt),
  }))
}
