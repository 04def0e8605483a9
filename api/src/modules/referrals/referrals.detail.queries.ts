import type { ReferralDetail } from '@goodword/contracts'
import { undoWindowMs } from '@goodword/domain'
import { and, asc, eq, inArray, ne } from 'drizzle-orm'
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

/** One referral with everything that happened to it. Throws not_found for another organization's. */
export async function loadReferral(ctx: Ctx, id: string): Promise<ReferralDetail> {
  const row = await referralRows(ctx, eq(referrals.id, id)).get()
  if (!row) throw new AppError('not_found')
  const conversion = await ctx.db
    .select()
    .from(conversions)
    .where(and(eq(conversions.organizationId, ctx.organizationId), eq(conversions.referralId, id)))
    .get()
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

async function timelineOf(ctx: Ctx, referralId: string) {
  const events = await ctx.db
    .select()
    .from(referralEvents)
    .where(and(eq(referralEvents.organizationId, ctx.organizationId), eq(referralEvents.referralId, referralId)))
    .orderBy(asc(referralEvents.at), asc(referralEvents.id))
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

async function actorNames(ctx: Ctx, actors: string[]): Promise<Map<string, string>> {
  const idsOf = (type: string) =>
    actors.filter((actor) => actor.startsWith(`${type}:`)).map((actor) => actor.slice(type.length + 1))
  const names = new Map([
    ['friend', 'A friend'],
    ['system', 'Goodword'],
  ])
  const memberRows = await ctx.db
    .select({ id: members.id, name: persons.name })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, ctx.organizationId), inArray(members.id, idsOf('member'))))
  for (const row of memberRows) names.set(`member:${row.id}`, row.name)
  const keyRows = await ctx.db
    .select({ id: keys.id, name: keys.name })
    .from(keys)
    .where(and(eq(keys.organizationId, ctx.organizationId), inArray(keys.id, idsOf('key'))))
  for (const row of keyRows) names.set(`key:${row.id}`, row.name)
  return names
}

async function rivalsShown(ctx: Ctx, referral: Referral) {
  const rows = await ctx.db
    .select({ id: referrals.id, status: referrals.status, createdAt: referrals.createdAt, advocateName: contacts.name })
    .from(referrals)
    .innerJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .innerJoin(contacts, eq(contacts.id, enrollments.contactId))
    .where(
      and(
        eq(referrals.organizationId, ctx.organizationId),
        eq(referrals.campaignId, referral.campaignId),
        eq(referrals.friendContactId, referral.friendContactId),
        ne(referrals.id, referral.id),
      ),
    )
    .orderBy(asc(referrals.createdAt))
    .limit(20)
  return rows.map((row) => ({
    id: row.id,
    advocateName: row.advocateName,
    status: row.status,
    submittedAt: iso(row.createdAt),
  }))
}

async function rewardsShown(ctx: Ctx, conversionId: string) {
  const rows = await ctx.db
    .select({ reward: rewards, name: contacts.name })
    .from(rewards)
    .innerJoin(contacts, eq(contacts.id, rewards.contactId))
    .where(and(eq(rewards.organizationId, ctx.organizationId), eq(rewards.conversionId, conversionId)))
    .orderBy(asc(rewards.side))
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
