import { Currency, type PortalHome, type PortalProgram } from '@goodword/contracts'
import {
  advocateOffer,
  campaignOpenness,
  explanation,
  firstName,
  friendOffer,
  headline,
  initials,
  maskName,
  monthIn,
} from '@goodword/domain'
import { and, asc, count, desc, eq, isNull, min, sql } from 'drizzle-orm'
import type { Ctx, Services } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { iso, isoOrNull } from '../../shared/pages.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { linkOf } from '../advocates/links.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { getContact } from '../contacts/contacts.ts'
import { conversions } from '../conversions/conversions.table.ts'
import { balancesOfContact } from '../ledger/ledger.ts'
import { organizations } from '../organizations/organizations.table.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { rewards } from '../rewards/rewards.table.ts'
import { historyOf } from './history.queries.ts'
import { type Booked, nextReward } from './nextReward.ts'
import { type FriendFacts, friendInWords, shareText } from './portal.words.ts'

const programsShown = 20
const friendsShown = 50
const bookedCounted = 1_000
const countriesRead = 20

/** Everything the portal shows its contact. Friends leave this file with first name and initial only (SPEC §13). */
export async function portalHome(ctx: Ctx): Promise<PortalHome> {
  const { actor } = ctx
  if (actor.type !== 'contact') throw new AppError('unauthenticated')
  const [organization, contact, enrolled] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    getContact(ctx, actor.id),
    enrollmentsOf(ctx, actor.id),
  ])
  const { name, phone, brandColor, timeZone, currency } = organization
  const [programs, booked, balances, heldUntil, history] = await Promise.all([
    Promise.all(enrolled.map((row) => programOf(ctx, row, organization))),
    bookedBecauseOf(ctx, actor.id),
    balancesOfContact(ctx, actor.id),
    nextRelease(ctx, actor.id),
    historyOf(ctx, actor.id, currency),
  ])
  const balance = balances.find((one) => one.currency === currency)
  return {
    scope: actor.scope,
    organization: { name, phone, brandColor, timeZone },
    firstName: firstName(contact.name),
    initials: initials(contact.name),
    booked,
    currency,
    available: balance?.available ?? 0,
    held: balance?.held ?? 0,
    heldUntil: isoOrNull(heldUntil),
    programs,
    history,
    asOf: iso(ctx.clock()),
  }
}

/** The countries of the installation's organizations; how a phone number without + may be meant. */
export async function countriesServed(services: Services): Promise<string[]> {
  const rows = await services.database.read
    .selectDistinct({ country: organizations.country })
    .from(organizations)
    .orderBy(organizations.country)
    .limit(countriesRead)
  return rows.map(({ country }) => country)
}

const enrollmentsOf = (ctx: Ctx, contactId: string) =>
  ctx.db
    .select({ enrollment: enrollments, campaign: campaigns, terms: campaignTerms.terms })
    .from(enrollments)
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(
      and(
        eq(enrollments.organizationId, ctx.organizationId),
        eq(enrollments.contactId, contactId),
        isNull(enrollments.archivedAt),
      ),
    )
    .orderBy(asc(enrollments.createdAt), asc(enrollments.id))
    .limit(programsShown)

type Enrolled = Awaited<ReturnType<typeof enrollmentsOf>>[number]
type Home = { name: string; timeZone: string }

async function programOf(ctx: Ctx, { enrollment, campaign, terms }: Enrolled, home: Home): Promise<PortalProgram> {
  const currency = Currency.parse(campaign.currency)
  const now = ctx.clock()
  const { open } = campaignOpenness(campaign, now)
  const [friends, friendsTotal, booked] = await Promise.all([
    friendsOf(ctx, enrollment.id),
    countFriends(ctx, enrollment.id),
    bookedOf(ctx, enrollment.id, terms.countEachYear ? home.timeZone : null),
  ])
  const setting = { now, timeZone: home.timeZone, offer: advocateOffer(terms, currency).short }
  return {
    campaignName: campaign.name,
    open,
    code: enrollment.code,
    link: linkOf({ campaign, code: enrollment.code, publicUrl: ctx.config.publicUrl }),
    headline: headline(terms, currency),
    explanation: explanation(terms, currency, campaign.friendOffer),
    shareText: shareText(
      home.name,
      terms.friend.kind === 'none' ? '' : friendOffer(terms, currency, campaign.friendOffer).sentence,
    ),
    nextReward: open ? nextReward(terms, booked, { currency, timeZone: home.timeZone }) : null,
    friends: friends.map((friend) => friendInWords(friend, setting)),
    friendsTotal,
  }
}

const ofEnrollment = (ctx: Ctx, enrollmentId: string) =>
  and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.enrollmentId, enrollmentId))

const advocateReward = and(eq(rewards.conversionId, conversions.id), eq(rewards.side, 'advocate'))

async function friendsOf(ctx: Ctx, enrollmentId: string): Promise<FriendFacts[]> {
  const rows = await ctx.db
    .select({
      referral: {
        status: referrals.status,
        submitted: referrals.submitted,
        createdAt: referrals.createdAt,
        updatedAt: referrals.updatedAt,
        reason: referrals.reason,
      },
      conversion: { at: conversions.createdAt, paidOn: conversions.paidOn },
      holdDays: sql<number | null>`json_extract(${campaignTerms.terms}, '$.holdDays')`,
      reward: rewards,
    })
    .from(referrals)
    .leftJoin(conversions, eq(conversions.referralId, referrals.id))
    .leftJoin(rewards, advocateReward)
    .leftJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, conversions.campaignId), eq(campaignTerms.version, conversions.termsVersion)),
    )
    .where(ofEnrollment(ctx, enrollmentId))
    .orderBy(desc(referrals.createdAt), desc(referrals.id))
    .limit(friendsShown)
  return rows.map(({ referral, conversion, holdDays, reward }) => ({
    ...masked(referral.submitted.name),
    status: referral.status,
    sentAt: referral.createdAt,
    changedAt: referral.updatedAt,
    reason: referral.status === 'reversed' ? referral.reason : null,
    conversion: conversion && { ...conversion, holdDays: holdDays ?? 0 },
    reward: reward && {
      kind: reward.kind,
      text: reward.text,
      amount: reward.amount,
      waits: reward.status === 'pending',
      availableAt: reward.availableAt,
    },
  }))
}

function masked(name: string): { displayName: string; initials: string } {
  const displayName = maskName(name)
  return { displayName, initials: initials(displayName) }
}

async function countFriends(ctx: Ctx, enrollmentId: string): Promise<number> {
  const [row] = await ctx.db.select({ friends: count() }).from(referrals).where(ofEnrollment(ctx, enrollmentId))
  return row?.friends ?? 0
}

/** Who booked, oldest first; of this calendar year only when the count starts anew each year. */
async function bookedOf(ctx: Ctx, enrollmentId: string, yearIn: string | null): Promise<Booked[]> {
  const rows = await ctx.db
    .select({
      submitted: referrals.submitted,
      at: conversions.createdAt,
      status: rewards.status,
      availableAt: rewards.availableAt,
    })
    .from(referrals)
    .innerJoin(conversions, eq(conversions.referralId, referrals.id))
    .leftJoin(rewards, advocateReward)
    .where(and(ofEnrollment(ctx, enrollmentId), eq(referrals.status, 'converted')))
    .orderBy(asc(conversions.createdAt), asc(conversions.id))
    .limit(bookedCounted)
  const year = (at: number, timeZone: string) => monthIn(timeZone, at).slice(0, 4)
  return rows
    .filter(({ at }) => yearIn === null || year(at, yearIn) === year(ctx.clock(), yearIn))
    .map(({ submitted, status, availableAt }) => ({
      displayName: maskName(submitted.name),
      heldUntil: status === 'pending' ? availableAt : null,
    }))
}

async function bookedBecauseOf(ctx: Ctx, contactId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ booked: count() })
    .from(referrals)
    .innerJoin(enrollments, eq(enrollments.id, referrals.enrollmentId))
    .where(
      and(
        eq(referrals.organizationId, ctx.organizationId),
        eq(enrollments.contactId, contactId),
        eq(referrals.status, 'converted'),
      ),
    )
  return row?.booked ?? 0
}

/** The next day some of the held credit is released; null when nothing waits. */
async function nextRelease(ctx: Ctx, contactId: string): Promise<number | null> {
  const [row] = await ctx.db
    .select({ at: min(rewards.availableAt) })
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, ctx.organizationId),
        eq(rewards.contactId, contactId),
        eq(rewards.status, 'pending'),
        eq(rewards.kind, 'credit'),
      ),
    )
  return row?.at ?? null
}
