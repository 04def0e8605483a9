import type { ConversionChoice, JobTodo, JobTodoQuery, Page } from '@goodword/contracts'
import { jobValueRequired, suggestedRival } from '@goodword/domain'
import { and, eq, sql } from 'drizzle-orm'
import type { Queries } from '../../../../database/queries.ts'
import type { Ctx } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { iso } from '../../../../shared/pages.ts'
import { type PreparedSlice, preparedPages, shapes } from '../../../../shared/preparedPages.ts'
import { byRowid } from '../../../../shared/walks.ts'
import { contacts } from '../../../people/contacts/contacts.table.ts'
import { getContact } from '../../../people/contacts/contacts.ts'
import { getEnrollment } from '../../advocates/advocates.ts'
import { getCampaign } from '../../campaigns/campaigns.ts'
import { shownChanges } from '../../conversions/rewardChanges.queries.ts'
import { getReferral } from '../../referrals/referrals.ts'
import type { JobRow } from '../jobRows.ts'
import { jobs } from '../jobs.table.ts'
import { type JobTodoRow, jobTodos } from '../todos.table.ts'
import { proposalFor } from './answers.ts'
import { liveReferralsOf } from './candidates.queries.ts'
import { earningJob, refundedSince, stands } from './refundProposal.queries.ts'
import { changesOf, isReversal } from './refunds.ts'

const columns = { todo: jobTodos, job: jobs, contactName: contacts.name }

const rowsIn = (db: Queries) =>
  db
    .select(columns)
    .from(jobTodos)
    .innerJoin(jobs, eq(jobs.id, jobTodos.jobId))
    .leftJoin(contacts, eq(contacts.id, jobs.contactId))

type Row = Awaited<ReturnType<typeof rowsIn>>[number]

const placeholder = (name: string) => sql`${sql.placeholder(name)}`
const newestFirst = [byRowid<Row>(jobTodos, 'desc', ({ todo }) => todo.id)]
const isOpen = sql`${jobTodos.state} = 'open'`

const pagesOf = shapes(({ ofJob }: { ofJob: boolean }) =>
  preparedPages<Row>(newestFirst, (db: Queries, slice: PreparedSlice) =>
    rowsIn(db)
      .where(
        ofJob
          ? and(
              sql`+${jobTodos.organizationId} = ${placeholder('organizationId')}`,
              eq(jobTodos.jobId, placeholder('jobId')),
              isOpen,
              slice.where,
            )
          : and(eq(jobTodos.organizationId, placeholder('organizationId')), isOpen, slice.where),
      )
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare(),
  ),
)

/** What jobs leave to decide, newest first, each with what deciding would do now. */
export async function listTodos(ctx: Ctx, query: JobTodoQuery): Promise<Page<JobTodo>> {
  const { organizationId } = ctx
  const page = await pagesOf({ ofJob: query.jobId !== undefined })(ctx.db, query, {
    organizationId,
    jobId: query.jobId,
  })
  const items = []
  for (const row of page.items) items.push(await toTodo(ctx, row))
  return { ...page, items }
}

/** One to-do, also one that is closed. Throws not_found. */
export async function loadTodo(ctx: Ctx, id: string): Promise<JobTodo> {
  const [row] = await rowsIn(ctx.db).where(and(eq(jobTodos.organizationId, ctx.organizationId), eq(jobTodos.id, id)))
  if (!row) throw new AppError('not_found')
  return toTodo(ctx, row)
}

async function toTodo(ctx: Ctx, { todo, job, contactName }: Row): Promise<JobTodo> {
  const { id, kind, state, reason, facts, openedAt } = todo
  const isConversion = kind === 'conversion'
  return {
    id,
    kind,
    state,
    reason,
    facts,
    openedAt: iso(openedAt),
    job: {
      id: job.id,
      externalId: job.externalId,
      title: job.title,
      invoiceNumber: job.invoiceNumber,
      state: job.state,
      value: job.value,
      currency: job.currency,
      refundedAmount: job.refundedAmount,
    },
    contact: job.contactId === null ? null : { id: job.contactId, name: contactName ?? '' },
    choices: isConversion && state === 'open' ? await choicesOf(ctx, job) : [],
    rewards: isConversion || state !== 'open' ? null : await rewardsOf(ctx, todo, job),
  }
}

async function choicesOf(ctx: Ctx, job: JobRow): Promise<ConversionChoice[]> {
  const live = await liveReferralsOf(ctx, job)
  const suggested = suggestedRival(live, live[0]?.attribution ?? 'manual')
  const inOrder = [...live].sort((a, b) => Number(b.id === suggested) - Number(a.id === suggested))
  const choices: ConversionChoice[] = []
  for (const { id, currency, submittedAt, current, promised } of inOrder) {
    const referral = await getReferral(ctx, id)
    const { name } = await getCampaign(ctx, referral.campaignId)
    const known = job.currency === null || job.currency === currency ? job.value : null
    choices.push({
      referralId: id,
      advocateName: await advocateName(ctx, referral.enrollmentId),
      campaign: { id: referral.campaignId, name },
      currency,
      submittedAt: iso(submittedAt),
      jobValueRequired: !referral.withoutReward && jobValueRequired(current, promised),
      jobValue: known === null ? null : Math.max(0, known - job.refundedAmount),
    })
  }
  return choices
}

const advocateName = async (ctx: Ctx, enrollmentId: string | null): Promise<string> =>
  enrollmentId === null ? '' : (await getContact(ctx, (await getEnrollment(ctx, enrollmentId)).contactId)).name

async function rewardsOf(ctx: Ctx, todo: JobTodoRow, job: JobRow): Promise<JobTodo['rewards']> {
  const earning = await earningJob(ctx, job)
  if (!earning) return null
  const refunded = refundedSince(earning)
  const about = { referralId: earning.referral.id, refunded }
  if (!stands(earning)) return { ...about, proposal: 'stays', reverses: false, changes: [] }
  const proposal = await proposalFor(ctx, todo, earning)
  const changes = await changesOf(ctx, earning, proposal)
  return {
    ...about,
    proposal: shownProposal(proposal),
    reverses: proposal.do === 'reverse' && isReversal(earning),
    changes: await shownChanges(ctx, changes),
  }
}

const shownProposal = (
  proposal: Awaited<ReturnType<typeof proposalFor>>,
): NonNullable<JobTodo['rewards']>['proposal'] => {
  if (proposal.do === 'nothing') return 'stays'
  if (proposal.do === 'reverse') return 'take_back'
  return proposal.refunded < 0 ? 'give_back' : 'adjust'
}
