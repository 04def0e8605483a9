import type { ConvertingJob, LiveReferral, RepeatSource } from '@goodword/domain'
import { liveStatuses } from '@goodword/domain'
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../../database/prepared.ts'
import type { Ctx } from '../../../../shared/context.ts'
import { getContact } from '../../../people/contacts/contacts.ts'
import { connectionOfEvent } from '../../../platform/connections/connections.ts'
import { campaigns } from '../../campaigns/campaigns.table.ts'
import { loadCampaignContext } from '../../campaigns/campaigns.ts'
import { type Conversion, conversions } from '../../conversions/conversions.table.ts'
import { termsOfPair } from '../../conversions/decision.ts'
import { rewardedJobsOf } from '../../conversions/rewardedJobs.ts'
import { hasStatus } from '../../referrals/inStatus.ts'
import { referrals } from '../../referrals/referrals.table.ts'
import { type Attributed, attributed } from '../../referrals/referrals.ts'
import type { JobRow } from '../jobRows.ts'

/** A job as the decisions about referrals see it. */
export async function convertingJob(ctx: Ctx, job: JobRow): Promise<ConvertingJob> {
  const heard = (at: number | null, heardAt: number | null) =>
    at === null ? null : { at, heardAt: heardAt ?? job.createdAt }
  return {
    id: job.id,
    completed: heard(job.completedAt, job.completedHeardAt),
    invoiced: heard(job.invoicedAt, job.invoicedHeardAt),
    canceled: job.state === 'canceled',
    value: job.value,
    currency: job.currency,
    refunded: job.refundedAmount,
    connectedAt: job.connectionId === null ? null : (await connectionOfEvent(ctx, job.connectionId)).createdAt,
  }
}

const ofFriend = and(
  sql`+${referrals.organizationId} = ${sql.placeholder('organizationId')}`,
  eq(referrals.friendContactId, sql.placeholder('contactId')),
  isNotNull(referrals.enrollmentId),
  isNull(referrals.archivedAt),
)

/** The friend has converted in the campaign already: then no other referral of theirs can. */
const hasWinner = sql`EXISTS (SELECT 1 FROM referrals winner WHERE winner.campaign_id = ${referrals.campaignId}
  AND winner.friend_contact_id = ${referrals.friendContactId} AND winner.status = 'converted')`

const live = prepared((db) =>
  db
    .select({ referral: referrals })
    .from(referrals)
    .innerJoin(campaigns, and(eq(campaigns.id, referrals.campaignId), isNull(campaigns.archivedAt)))
    .where(and(ofFriend, hasStatus(...liveStatuses), sql`NOT ${hasWinner}`))
    .orderBy(asc(referrals.createdAt), asc(referrals.id))
    .prepare(),
)

const converted = prepared((db) =>
  db
    .select({ referral: referrals, conversion: conversions })
    .from(referrals)
    .innerJoin(conversions, eq(conversions.referralId, referrals.id))
    .innerJoin(campaigns, and(eq(campaigns.id, referrals.campaignId), isNull(campaigns.archivedAt)))
    .where(and(ofFriend, hasStatus('converted')))
    .orderBy(asc(conversions.createdAt), asc(conversions.id))
    .prepare(),
)

/** The open referrals of a job's customer that could convert, oldest first. */
export async function liveReferralsOf(ctx: Ctx, job: JobRow): Promise<LiveReferral[]> {
  if (job.contactId === null) return []
  const { customerSince, erasedAt } = await getContact(ctx, job.contactId)
  if (erasedAt !== null) return []
  const rows = await live(ctx.db).all({ organizationId: ctx.organizationId, contactId: job.contactId })
  const found = []
  for (const { referral } of rows) found.push(await toLive(ctx, attributed(referral), { job, customerSince }))
  return found
}

async function toLive(
  ctx: Ctx,
  referral: Attributed,
  { job, customerSince }: { job: JobRow; customerSince: number | null },
): Promise<LiveReferral> {
  const context = await loadCampaignContext(ctx, referral.campaignId)
  const { campaign } = context
  const { current, promised } = await termsOfPair(ctx, referral, context)
  const isOver = campaign.status === 'ended' || (campaign.endsAt !== null && ctx.clock() >= campaign.endsAt)
  const ends = campaign.whenEnded === 'expire_all' || (campaign.whenEnded === 'expire_pending' && isPending(referral))
  return {
    id: referral.id,
    submittedAt: referral.createdAt,
    campaignId: campaign.id,
    campaignOpen: !(isOver && ends),
    attribution: campaign.attribution,
    currency: campaign.currency,
    convertAt: current.jobs?.convertAt ?? 'by_hand',
    current,
    promised,
    existingCustomer:
      current.existingCustomers === 'reject' && wasCustomer(customerSince, referral.createdAt, ownFinish(job)),
  }
}

const isPending = ({ status }: Attributed): boolean => status === 'pending'

/** The first thing that makes this job's customer one. */
const ownFinish = ({ completedAt, invoicedAt }: JobRow): number =>
  Math.min(completedAt ?? Number.POSITIVE_INFINITY, invoicedAt ?? Number.POSITIVE_INFINITY)

/** A customer before they were referred, and not only by this job. */
const wasCustomer = (since: number | null, referredAt: number, byThisJob: number): boolean =>
  since !== null && since < referredAt && since < byThisJob

/** A converted referral of the job's customer. */
export type Converted = { referral: Attributed; conversion: Conversion; source: RepeatSource }

/** The converted referrals of a job's customer, the earliest conversion first. */
export async function convertedReferralsOf(ctx: Ctx, contactId: string): Promise<Converted[]> {
  if ((await getContact(ctx, contactId)).erasedAt !== null) return []
  const rows = await converted(ctx.db).all({ organizationId: ctx.organizationId, contactId })
  const found = []
  for (const row of rows) found.push(await toConverted(ctx, attributed(row.referral), row.conversion))
  return found
}

async function toConverted(ctx: Ctx, referral: Attributed, conversion: Conversion): Promise<Converted> {
  const context = await loadCampaignContext(ctx, referral.campaignId)
  const { campaign } = context
  const { current } = await termsOfPair(ctx, referral, context)
  const jobs = await rewardedJobsOf(ctx, conversion.id)
  return {
    referral,
    conversion,
    source: {
      referralId: referral.id,
      jobId: jobs.find(({ isFurther }) => !isFurther)?.jobId ?? null,
      convertedAt: conversion.createdAt,
      campaignOpen: campaign.status !== 'ended' && (campaign.endsAt === null || ctx.clock() < campaign.endsAt),
      convertAt: current.jobs?.convertAt ?? 'by_hand',
      currency: campaign.currency,
      repeat: current.jobs?.repeat ?? null,
      rewardedJobs: jobs
        .filter(({ isFurther, takenBackAt }) => isFurther && takenBackAt === null)
        .map(({ jobId }) => jobId),
    },
  }
}
