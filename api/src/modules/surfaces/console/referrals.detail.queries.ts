import type { ReferralDetail, TimelineEntry } from '@goodword/contracts'
import { undoWindowMs } from '@goodword/domain'
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { actorIdOf, type Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { auditEntries } from '../../platform/audit/audit.table.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { actorNames } from '../../program/referrals/actorNames.queries.ts'
import { isErased } from '../../program/referrals/erased.ts'
import { referralEvents, referrals } from '../../program/referrals/referrals.table.ts'
import { nameOfAdvocate } from './referrals.actors.queries.ts'
import { referralRows, toReferral } from './referrals.queries.ts'
import { rewardsShown } from './referrals.rewards.queries.ts'

type Referral = typeof referrals.$inferSelect

const organizationId = sql.placeholder('organizationId')

const rowById = prepared((db) => referralRows(db, organizationId, eq(referrals.id, sql.placeholder('id'))).prepare())

const conversionOf = prepared((db) =>
  db
    .select()
    .from(conversions)
    .where(and(eq(conversions.referralId, sql.placeholder('id')), eq(conversions.organizationId, organizationId)))
    .prepare(),
)

/** One referral with its complete history. Throws not_found for another organization's. */
export async function loadReferral(ctx: Ctx, id: string): Promise<ReferralDetail> {
  const mine = { organizationId: ctx.organizationId, id }
  const row = await rowById(ctx.db).get(mine)
  if (!row) throw new AppError('not_found')
  const conversion = await conversionOf(ctx.db).get(mine)
  return {
    // Not the spread first: an object that grows after a spread is slow to make and to read.
    supersededBy: row.referral.supersededBy,
    ...toReferral(row),
    timeline: await timelineOf(ctx, id),
    rivalList: await rivalsShown(ctx, row.referral),
    friendErased: isErased(row.referral.submitted),
    conversion: conversion
      ? {
          id: conversion.id,
          jobValue: conversion.jobValue,
          currency: row.currency as ReferralDetail['currency'],
          paidOn: conversion.paidOn,
          invoice: conversion.invoice,
          convertedAt: iso(conversion.createdAt),
          termsVersion: conversion.termsVersion,
          advocateReward: conversion.advocateAmount,
          friendReward: conversion.friendAmount,
          convertedBy: actorIdOf(conversion.actor),
          undoUntil: iso(conversion.createdAt + undoWindowMs),
        }
      : null,
    rewards: conversion ? await rewardsShown(ctx, conversion.id) : [],
    answer: await answerShown(ctx, row.referral),
    metadata: row.referral.metadata,
  }
}

const eventsOf = prepared((db) =>
  db
    .select()
    .from(referralEvents)
    .where(and(eq(referralEvents.referralId, sql.placeholder('id')), eq(referralEvents.organizationId, organizationId)))
    .orderBy(asc(referralEvents.at), asc(referralEvents.id))
    .prepare(),
)

/** Actions other than status changes, by their name in the audit trail. */
const otherActions = {
  'referral.attributed': 'attributed',
  'referral.friend_named': 'friend_named',
  'referral.friend_separated': 'friend_separated',
  'referral.flags_cleared': 'flags_cleared',
} as const satisfies Record<string, TimelineEntry['kind']>
type OtherAction = keyof typeof otherActions

// The unary plus makes the planner use the subject's index; the organization's index covers the whole audit trail.
const actsOf = prepared((db) =>
  db
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectId, sql.placeholder('id')),
        sql`+${auditEntries.organizationId} = ${organizationId}`,
        inArray(auditEntries.action, Object.keys(otherActions)),
      ),
    )
    .orderBy(asc(auditEntries.at), asc(auditEntries.id))
    .prepare(),
)

async function timelineOf(ctx: Ctx, id: string): Promise<TimelineEntry[]> {
  const mine = { id, organizationId: ctx.organizationId }
  const events = await eventsOf(ctx.db).all(mine)
  const acts = await actsOf(ctx.db).all(mine)
  const names = await actorNames(
    ctx,
    [...events, ...acts].map(({ actor }) => actor),
  )
  const by = (actor: string) => names.get(actor) ?? 'Goodword'
  const entries: TimelineEntry[] = events.map((event) => ({
    id: event.id,
    kind: 'status',
    status: event.status,
    at: iso(event.at),
    by: by(event.actor),
    reason: event.reason,
    advocateName: null,
  }))
  for (const act of acts) {
    const { advocateId } = act.data
    entries.push({
      id: act.id,
      kind: otherActions[act.action as OtherAction],
      status: null,
      at: iso(act.at),
      by: by(act.actor),
      reason: null,
      advocateName: typeof advocateId === 'string' ? await nameOfAdvocate(ctx, advocateId) : null,
    })
  }
  return entries.sort((one, other) => one.at.localeCompare(other.at))
}

const formOf = prepared((db) =>
  db
    .select({ form: campaigns.form })
    .from(campaigns)
    .where(and(eq(campaigns.id, sql.placeholder('campaignId')), eq(campaigns.organizationId, organizationId)))
    .prepare(),
)

async function answerShown(ctx: Ctx, { campaignId, submitted }: Referral): Promise<ReferralDetail['answer']> {
  if (!submitted.answer) return null
  const campaign = await formOf(ctx.db).get({ campaignId, organizationId: ctx.organizationId })
  return { question: campaign?.form.question?.label ?? null, text: submitted.answer }
}

const referralsOfFriend = prepared((db) =>
  db
    .select({ id: referrals.id, status: referrals.status, createdAt: referrals.createdAt, advocateName: contacts.name })
    .from(referrals)
    .leftJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .leftJoin(contacts, eq(contacts.id, enrollments.contactId))
    .where(
      and(
        eq(referrals.organizationId, organizationId),
        eq(referrals.campaignId, sql.placeholder('campaignId')),
        eq(referrals.friendContactId, sql.placeholder('friendContactId')),
        ne(referrals.id, sql.placeholder('id')),
        isNull(referrals.archivedAt),
      ),
    )
    .orderBy(asc(referrals.createdAt))
    .limit(20)
    .prepare(),
)

async function rivalsShown(ctx: Ctx, referral: Referral) {
  if (referral.friendContactId === null) return []
  const rows = await referralsOfFriend(ctx.db).all({
    organizationId: ctx.organizationId,
    campaignId: referral.campaignId,
    friendContactId: referral.friendContactId,
    id: referral.id,
  })
  return rows.map((row) => ({
    id: row.id,
    advocateName: row.advocateName,
    status: row.status,
    submittedAt: iso(row.createdAt),
  }))
}
