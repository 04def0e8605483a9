import { Currency, type PortalProgram, Terms } from '@goodword/contracts'
import {
  advocateOffer,
  campaignOpenness,
  explanation,
  friendOffer,
  headline,
  initials,
  maskName,
  monthIn,
  withExceptions,
} from '@goodword/domain'
import { and, asc, count, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '../../shared/context.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { linkOf } from '../advocates/links.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { conversions } from '../conversions/conversions.table.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { discountCodes, rewards } from '../rewards/rewards.table.ts'
import { howItWorks, smallPrint } from './howItWorks.ts'
import { type Booked, nextReward } from './nextReward.ts'
import { type FriendFacts, friendInWords, shareText } from './portal.words.ts'

const programsShown = 20
const friendsShown = 50
const bookedCounted = 1_000

/** The campaigns a contact is enrolled in, oldest first, that were not put away. */
export const enrollmentsOf = (ctx: Ctx, contactId: string) =>
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
        isNull(campaigns.archivedAt),
      ),
    )
    .orderBy(asc(enrollments.createdAt), asc(enrollments.id))
    .limit(programsShown)

type Enrolled = Awaited<ReturnType<typeof enrollmentsOf>>[number]
type Home = { name: string; timeZone: string }

/** One program as its advocate sees it: link, offer by their own terms, friends. */
export async function programOf(ctx: Ctx, enrolled: Enrolled, home: Home): Promise<PortalProgram> {
  const { enrollment, campaign } = enrolled
  const terms = withExceptions(Terms.parse(enrolled.terms), enrollment.exceptions)
  const currency = Currency.parse(campaign.currency)
  const now = ctx.clock()
  const { open } = campaignOpenness(campaign, now)
  const [friends, friendsTotal, booked] = await Promise.all([
    friendsOf(ctx, enrollment.id),
    countFriends(ctx, enrollment.id),
    bookedOf(ctx, enrollment.id, terms.countEachYear ? home.timeZone : null),
  ])
  const setting = { now, timeZone: home.timeZone, offer: advocateOffer(terms, currency).short }
  const offered = terms.friend.kind === 'none' ? '' : friendOffer(terms, currency, campaign.friendOffer).sentence
  return {
    campaignName: campaign.name,
    open,
    code: enrollment.code,
    link: linkOf({ campaign, code: enrollment.code, publicUrl: ctx.config.publicUrl }),
    headline: headline(terms, currency),
    explanation: explanation(terms, currency, campaign.friendOffer),
    friendOffer: offered,
    shareText: campaign.shareText === '' ? shareText(home.name, offered) : campaign.shareText,
    howItWorks: howItWorks(terms, campaign, home),
    smallPrint: smallPrint(terms, campaign, home),
    nextReward: open ? nextReward(terms, booked, { currency, timeZone: home.timeZone }) : null,
    friends: friends.map((friend) => friendInWords(friend, setting)),
    friendsTotal,
  }
}

const ofEnrollment = (ctx: Ctx, enrollmentId: string) =>
  and(
    eq(referrals.organizationId, ctx.organizationId),
    eq(referrals.enrollmentId, enrollmentId),
    isNull(referrals.archivedAt),
  )

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
      code: discountCodes.code,
    })
    .from(referrals)
    .leftJoin(conversions, eq(conversions.referralId, referrals.id))
    .leftJoin(rewards, advocateReward)
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .leftJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, conversions.campaignId), eq(campaignTerms.version, conversions.termsVersion)),
    )
    .where(ofEnrollment(ctx, enrollmentId))
    .orderBy(desc(referrals.createdAt), desc(referrals.id))
    .limit(friendsShown)
  return rows.map(({ referral, conversion, holdDays, reward, code }) => ({
    ...masked(referral.submitted.name),
    status: referral.status,
    sentAt: referral.createdAt,
    changedAt: referral.updatedAt,
    reason: referral.status === 'reversed' ? referral.reason : null,
    conversion: conversion && { ...conversion, holdDays: holdDays ?? 0 },
    reward: reward && { ...reward, code },
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
