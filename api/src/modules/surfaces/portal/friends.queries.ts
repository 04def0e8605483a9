import type { Page, PortalFriend } from '@goodword/contracts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, type PageRequest } from '../../../shared/keyset.ts'
import { type PreparedSlice, preparedPages } from '../../../shared/preparedPages.ts'
import { rewardDeliveries } from '../../money/rewards/deliveries.table.ts'
import { discountCodes, rewards } from '../../money/rewards/rewards.table.ts'
import { campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { ofConversion } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { cardOf } from './cards.ts'
import { maskedName } from './maskedName.ts'
import { describeFriend, type FriendFacts, type Setting } from './portal.words.ts'

/** The placeholders are `organizationId` and `enrollmentId`. */
export const ofEnrollment = and(
  sql`+${referrals.organizationId} = ${sql.placeholder('organizationId')}`,
  eq(referrals.enrollmentId, sql.placeholder('enrollmentId')),
  isNull(referrals.archivedAt),
)

export const advocateReward = and(ofConversion, eq(rewards.side, 'advocate'))

/** A page of an enrollment's friends, newest first, as their advocate may see them: first name and initial. */
export async function friendsPage(
  ctx: Ctx,
  { enrollmentId, setting }: { enrollmentId: string; setting: Setting },
  request: PageRequest,
): Promise<Page<PortalFriend>> {
  const { db, organizationId } = ctx
  const page = await friendPages(db, { of: enrollmentId, ...request }, { organizationId, enrollmentId })
  return mapPage(page, ({ referral, conversion, holdDays, reward, code, delivery }) => {
    const facts: FriendFacts = {
      displayName: maskedName(referral.submitted.name),
      status: referral.status,
      sentAt: referral.createdAt,
      changedAt: referral.updatedAt,
      reason: referral.status === 'reversed' ? referral.reason : null,
      conversion: conversion && { holdDays: holdDays ?? 0, ...conversion },
      reward: reward && { code, card: cardOf(ctx, delivery, setting), ...reward },
    }
    return describeFriend(facts, setting)
  })
}

type FriendRow = Awaited<ReturnType<ReturnType<typeof friendRows>['all']>>[number]

const friendRows = (db: Queries, { where, orderBy, limit }: PreparedSlice) =>
  db
    .select({
      referral: {
        id: referrals.id,
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
      delivery: rewardDeliveries,
    })
    .from(referrals)
    .leftJoin(conversions, eq(conversions.referralId, referrals.id))
    .leftJoin(rewards, advocateReward)
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .leftJoin(rewardDeliveries, eq(rewardDeliveries.rewardId, rewards.id))
    .leftJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, conversions.campaignId), eq(campaignTerms.version, conversions.termsVersion)),
    )
    .where(and(ofEnrollment, where))
    .orderBy(...orderBy)
    .limit(limit)
    .prepare()

const friendPages = preparedPages<FriendRow>(
  [
    descending(referrals.createdAt, ({ referral }) => referral.createdAt),
    byRowid(referrals, 'desc', ({ referral }) => referral.id),
  ],
  friendRows,
)
