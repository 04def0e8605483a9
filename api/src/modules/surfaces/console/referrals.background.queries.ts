import type { ReferralBackground } from '@goodword/contracts'
import { and, desc, eq, isNull, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { contactDuplicates, contacts } from '../../people/contacts/contacts.table.ts'
import { auditEntries } from '../../platform/audit/audit.table.ts'
import { auditLabels } from '../../platform/audit/auditLabels.ts'
import { messageState } from '../../platform/messages/messages.queries.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { actorNames } from '../../program/referrals/actorNames.queries.ts'
import { notesOf } from '../../program/referrals/notes.ts'
import { getReferral, type ReferralRecord } from '../../program/referrals/referrals.ts'
import { evidenceShown, mine } from './referrals.evidence.queries.ts'

const mostShown = 50

/** Notes, messages, audit trail and details about the flags. Throws not_found for another organization's. */
export async function loadBackground(ctx: Ctx, id: string): Promise<ReferralBackground> {
  const referral = await getReferral(ctx, id)
  return {
    notes: await notesOf(ctx, id),
    messages: await messagesAbout(ctx, id),
    audit: await trailOf(ctx, id),
    duplicates: await duplicatesOf(ctx, referral),
    evidence: await evidenceShown(ctx, referral),
  }
}

async function messagesAbout(ctx: Ctx, referralId: string): Promise<ReferralBackground['messages']> {
  const rows = await ctx.db
    .select({
      id: messages.id,
      subject: messages.subject,
      name: messages.name,
      to: messages.to,
      channel: messages.channel,
      state: messageState,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(and(mine(ctx, messages.organizationId), eq(messages.referralId, referralId)))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(mostShown)
  return rows.map(({ createdAt, ...row }) => ({ at: iso(createdAt), ...row }))
}

async function trailOf(ctx: Ctx, referralId: string): Promise<ReferralBackground['audit']> {
  const rows = await ctx.db
    .select()
    .from(auditEntries)
    .where(and(mine(ctx, auditEntries.organizationId), eq(auditEntries.subjectId, referralId)))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(mostShown)
  const names = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  )
  const { label, onSubject } = auditLabels(ctx)
  return rows.map(({ id, action, actor, at }) => ({
    id,
    action,
    label: onSubject(action) ?? label(action),
    by: names.get(actor) ?? 'Goodword',
    at: iso(at),
  }))
}

const one = alias(contacts, 'one')
const other = alias(contacts, 'other')

/** Contacts who may be the same person as the friend, unless staff dismissed it. */
async function duplicatesOf(ctx: Ctx, { friendContactId }: ReferralRecord): Promise<ReferralBackground['duplicates']> {
  if (friendContactId === null) return []
  const rows = await ctx.db
    .select({
      reason: contactDuplicates.reason,
      oneId: one.id,
      oneName: one.name,
      otherId: other.id,
      otherName: other.name,
    })
    .from(contactDuplicates)
    .innerJoin(one, eq(one.id, contactDuplicates.contactId))
    .innerJoin(other, eq(other.id, contactDuplicates.otherId))
    .where(
      and(
        eq(contactDuplicates.organizationId, ctx.organizationId),
        isNull(contactDuplicates.dismissedAt),
        or(eq(contactDuplicates.contactId, friendContactId), eq(contactDuplicates.otherId, friendContactId)),
      ),
    )
    .limit(mostShown)
  return rows.map((row) => ({
    reason: row.reason,
    ...(row.oneId === friendContactId
      ? { contactId: row.otherId, name: row.otherName }
      : { contactId: row.oneId, name: row.oneName }),
  }))
}
