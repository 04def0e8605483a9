import type { ReferralDetail } from '@goodword/contracts'
import { undoWindowMs } from '@goodword/domain'
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { prepared } from '../../database/prepared.ts'
import type { Ctx } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { iso } from '../../shared/pages.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { contacts } from '../contacts/contacts.table.ts'
import { conversions } from '../conversions/conversions.table.ts'
import { keys } from '../keys/keys.table.ts'
import { members, persons } from '../members/members.table.ts'
import { rewards } from '../rewards/rewards.table.ts'
import { referralRows, shownRow } from './referrals.queries.ts'
import { referralEvents, referrals } from './referrals.table.ts'

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

/** One referral with everything that happened to it. Throws not_found for another organization's. */
export async function loadReferral(ctx: Ctx, id: string): Promise<ReferralDetail> {
  const mine = { organizationId: ctx.organizationId, id }
  const row = await rowById(ctx.db).get(mine)
  if (!row) throw new AppError('not_found')
  const conversion = await conversionOf(ctx.db).get(mine)
  return {
    ...shownRow(row),
    timeline: await timelineOf(ctx, id),
    rivalList: await rivalsShown(ctx, row.referral),
    supersededBy: row.referral.supersededBy,
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
          undoUntil: iso(conversion.createdAt + undoWindowMs),
        }
      : null,
    rewards: conversion ? await rewardsShown(ctx, conversion.id) : [],
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

async function timelineOf(ctx: Ctx, id: string) {
  const events = await eventsOf(ctx.db).all({ id, organizationId: ctx.organizationId })
  const names = await actorNames(
    ctx,
    events.map((event) => event.actor),
  )
  return events.map((event) => ({
    id: event.id,
    status: event.status,
    at: iso(event.at),
    by: names.get(event.actor) ?? 'Goodword',
    reason: event.reason,
  }))
}

const memberName = prepared((db) =>
  db
    .select({ name: persons.name })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.id, sql.placeholder('id')), eq(members.organizationId, organizationId)))
    .prepare(),
)

const keyName = prepared((db) =>
  db
    .select({ name: keys.name })
    .from(keys)
    .where(and(eq(keys.id, sql.placeholder('id')), eq(keys.organizationId, organizationId)))
    .prepare(),
)

/** The names of those who acted, by actor key. */
async function actorNames(ctx: Ctx, actors: string[]): Promise<Map<string, string>> {
  const names = new Map([['friend', 'A friend']])
  for (const actor of new Set(actors)) {
    const [type, id = ''] = actor.split(':')
    const named = type === 'member' ? memberName : type === 'key' ? keyName : null
    const known = await named?.(ctx.db).get({ id, organizationId: ctx.organizationId })
    if (known) names.set(actor, known.name)
  }
  return names
}

const referralsOfFriend = prepared((db) =>
  db
    .select({ id: referrals.id, status: referrals.status, createdAt: referrals.createdAt, advocateName: contacts.name })
    .from(referrals)
    .innerJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .innerJoin(contacts, eq(contacts.id, enrollments.contactId))
    .where(
      and(
        eq(referrals.organizationId, organizationId),
        eq(referrals.campaignId, sql.placeholder('campaignId')),
        eq(referrals.friendContactId, sql.placeholder('friendContactId')),
        ne(referrals.id, sql.placeholder('id')),
      ),
    )
    .orderBy(asc(referrals.createdAt))
    .limit(20)
    .prepare(),
)

async function rivalsShown(ctx: Ctx, referral: Referral) {
  const rows = await referralsOfFriend(ctx.db).all({ ...referral, organizationId: ctx.organizationId })
  return rows.map((row) => ({
    id: row.id,
    advocateName: row.advocateName,
    status: row.status,
    submittedAt: iso(row.createdAt),
  }))
}

const rewardsOf = prepared((db) =>
  db
    .select({ reward: rewards, name: contacts.name })
    .from(rewards)
    .innerJoin(contacts, eq(contacts.id, rewards.contactId))
    .where(and(eq(rewards.conversionId, sql.placeholder('conversionId')), eq(rewards.organizationId, organizationId)))
    .orderBy(asc(rewards.side))
    .prepare(),
)

async function rewardsShown(ctx: Ctx, conversionId: string) {
  const rows = await rewardsOf(ctx.db).all({ conversionId, organizationId: ctx.organizationId })
  return rows.map(({ reward, name }) => ({
    id: reward.id,
    side: reward.side,
    kind: reward.kind,
    name,
    text: reward.text,
    amount: reward.amount,
    status: reward.status,
    availableAt: iso(reward.availableAt),
  }))
}
