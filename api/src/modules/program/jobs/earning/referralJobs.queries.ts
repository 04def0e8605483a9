import { Currency, type ReferralJob, type ReferralJobs } from '@goodword/contracts'
import { dayMs, decideJobConversion } from '@goodword/domain'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Ctx } from '../../../../shared/context.ts'
import { iso, isoOrNull } from '../../../../shared/pages.ts'
import { worthOf } from '../../../money/rewards/adjusting.ts'
import { getOrganization } from '../../../platform/organizations/organizations.ts'
import { getReferral } from '../../referrals/referrals.ts'
import type { JobRow } from '../jobRows.ts'
import { jobTodos } from '../todos.table.ts'
import { convertingJob, liveReferralsOf } from './candidates.queries.ts'
import { effectOf } from './converting.ts'
import { jobsOfContact } from './jobs.queries.ts'
import { earningJob } from './refundProposal.queries.ts'

/** Work may begin before anybody writes down who sent the customer. */
const aroundMs = 30 * dayMs

/** The jobs of a referral's friend since about when they were referred, newest first, and what each did to it. Throws not_found. */
export async function jobsOfReferral(ctx: Ctx, referralId: string): Promise<ReferralJobs> {
  const referral = await getReferral(ctx, referralId)
  if (referral.friendContactId === null) return { items: [] }
  const jobs = await jobsOfContact(ctx, referral.friendContactId)
  const items = []
  for (const job of jobs) {
    const shown = await toReferralJob(ctx, job, referralId)
    const isOlder = (job.completedAt ?? job.invoicedAt ?? job.createdAt) < referral.createdAt - aroundMs
    if (!isOlder || shown.role !== null || shown.todo !== null) items.push(shown)
  }
  return { items }
}

async function toReferralJob(ctx: Ctx, job: JobRow, referralId: string): Promise<ReferralJob> {
  const earning = await earningJob(ctx, job)
  const isHere = earning?.referral.id === referralId
  const amountOf = (side: 'advocate' | 'friend') =>
    (earning?.rewards ?? []).reduce((sum, reward) => sum + (reward.side === side ? worthOf(reward) : 0), 0)
  const todo = await todoOf(ctx, job.id, referralId)
  return {
    id: job.id,
    externalId: job.externalId,
    title: job.title,
    invoiceNumber: job.invoiceNumber,
    state: job.state,
    value: job.value,
    currency: job.currency,
    refundedAmount: job.refundedAmount,
    at: iso(job.invoicedAt ?? job.completedAt ?? job.createdAt),
    role: earning && isHere ? (earning.rewarded.isFurther ? 'further' : 'converted') : null,
    rewards:
      earning && isHere
        ? {
            advocate: amountOf('advocate'),
            friend: amountOf('friend'),
            currency: Currency.parse(earning.rewarded.currency),
            others: earning.rewards.flatMap(({ status, text, amount }) =>
              status === 'voided' || amount > 0 || text === null ? [] : [text],
            ),
          }
        : null,
    takenBackAt: isHere ? isoOrNull(earning?.rewarded.takenBackAt ?? null) : null,
    why: earning || todo ? null : await whyNothing(ctx, job, referralId),
    todo,
  }
}

async function todoOf(ctx: Ctx, jobId: string, referralId: string): Promise<ReferralJob['todo']> {
  const rows = await ctx.db
    .select()
    .from(jobTodos)
    .where(
      and(
        // The unary plus makes the planner use the job. By what is open it would read every to-do of the organization.
        sql`+${jobTodos.organizationId} = ${ctx.organizationId}`,
        eq(jobTodos.jobId, jobId),
        inArray(jobTodos.kind, ['conversion', 'refund', 'dispute']),
        eq(jobTodos.state, 'open'),
      ),
    )
  const mine = rows.find(
    (row) => row.referralId === referralId || String(row.facts.referralIds ?? '').includes(referralId),
  )
  return mine ? { id: mine.id, kind: mine.kind } : null
}

/** Why the job converts this referral not, by the rules of today; null if it isn't open, or if another one is meant. */
async function whyNothing(ctx: Ctx, job: JobRow, referralId: string): Promise<ReferralJob['why']> {
  const live = await liveReferralsOf(ctx, job)
  if (!live.some(({ id }) => id === referralId)) return null
  const { timeZone } = await getOrganization(ctx, ctx.organizationId)
  const decision = decideJobConversion(await convertingJob(ctx, job), live, timeZone)
  if (decision.do !== 'nothing') return null
  const { do: _, ...why } = decision
  return effectOf(why)
}
