import type { ConvertByTodo, SettleTodo } from '@goodword/contracts'
import type { RefundProposal } from '@goodword/domain'
import { assertAdmin } from '../../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../../shared/context.ts'
import { AppError } from '../../../../shared/errors.ts'
import { convertReferral } from '../../conversions/conversions.ts'
import { settleRewardedJob } from '../../conversions/rewardedJobs.ts'
import { addEffects } from '../effects.ts'
import { jobRow } from '../jobRows.ts'
import { writeAudit } from '../jobs.audit.ts'
import type { JobTodoRow } from '../todos.table.ts'
import { liveReferralsOf } from './candidates.queries.ts'
import { convertedEffect, valuesOfJob } from './converting.ts'
import { type EarningJob, earningJob, proposalOf, refundedSince, stands } from './refundProposal.queries.ts'
import { applyProposal } from './refunds.ts'
import { closeTodo, getTodo } from './todos.ts'

/**
 * Converts one of the choices with the job. Throws not_found, todo_closed, todo_changed if it is no choice anymore, and what
 * converting throws.
 */
export function convertByTodo(ctx: Ctx, id: string, input: ConvertByTodo): Promise<void> {
  return transaction(ctx, async (tx) => {
    const todo = await openTodoOf(tx, id, ['conversion'])
    const job = await jobRow(tx, todo.jobId)
    const choice = (await liveReferralsOf(tx, job)).find((one) => one.id === input.referralId)
    if (!choice) throw new AppError('todo_changed')
    const known = job.currency === null || job.currency === choice.currency ? job.value : null
    const net = known === null ? null : known - job.refundedAmount
    const jobValue = input.jobValue ?? (net !== null && net > 0 ? net : null)
    const link = { jobId: job.id, refundedBefore: job.refundedAmount }
    await convertReferral(tx, choice.id, { ...(await valuesOfJob(tx, job, jobValue)), notify: input.notify }, link)
    await closeTodo(tx, todo, 'done')
    if (todo.eventId !== null) await addEffects(tx, todo.eventId, [await convertedEffect(tx, choice.id)])
    await writeAudit(tx, {
      action: 'job_todo.converted',
      subjectId: job.id,
      data: { todoId: id, referralId: choice.id },
    })
  })
}

/**
 * Does what the refunds of a job call for, or other amounts that staff enter. Throws not_found, todo_closed, todo_changed if
 * more was refunded since, forbidden for staff if a conversion is reversed, credit_spent, reward_amount_needed.
 */
export function settleTodo(ctx: Ctx, id: string, input: SettleTodo): Promise<void> {
  return transaction(ctx, async (tx) => {
    const todo = await openTodoOf(tx, id, ['refund', 'dispute'])
    const earning = await earningOf(tx, todo)
    if (refundedSince(earning) !== input.refunded) throw new AppError('todo_changed')
    const proposal = await proposalFor(tx, todo, earning)
    if (proposal.do === 'nothing') throw new AppError('todo_changed')
    if (proposal.do === 'reverse' || input.confirmOwed) assertAdmin(tx)
    await applyProposal(tx, earning, proposal, input)
    await closeTodo(tx, todo, 'done')
    const data = { todoId: id, does: proposal.do, refunded: input.refunded }
    await writeAudit(tx, { action: 'job_todo.settled', subjectId: todo.jobId, data })
  })
}

/** Leaves everything as it is, also what was refunded until now. Throws not_found, todo_closed. */
export function dismissTodo(ctx: Ctx, id: string): Promise<void> {
  return transaction(ctx, async (tx) => {
    const todo = await openTodoOf(tx, id, ['conversion', 'refund', 'dispute'])
    const earning = todo.kind === 'refund' ? await earningJob(tx, await jobRow(tx, todo.jobId)) : null
    if (earning) await settleRewardedJob(tx, earning.rewarded, refundedSince(earning))
    await closeTodo(tx, todo, 'dismissed')
    await writeAudit(tx, { action: 'job_todo.dismissed', subjectId: todo.jobId, data: { todoId: id, kind: todo.kind } })
  })
}

async function openTodoOf(tx: Ctx, id: string, kinds: JobTodoRow['kind'][]): Promise<JobTodoRow> {
  const todo = await getTodo(tx, id)
  if (todo.state !== 'open') throw new AppError('todo_closed')
  if (!kinds.includes(todo.kind)) throw new AppError('todo_changed')
  return todo
}

async function earningOf(tx: Ctx, { jobId }: JobTodoRow): Promise<EarningJob> {
  const earning = await earningJob(tx, await jobRow(tx, jobId))
  if (!earning || !stands(earning)) throw new AppError('todo_changed')
  return earning
}

/** What a to-do proposes: what the refunds call for, or after a dispute everything. */
export const proposalFor = async (
  ctx: Ctx,
  { kind }: Pick<JobTodoRow, 'kind'>,
  earning: EarningJob,
): Promise<RefundProposal> => (kind === 'dispute' ? { do: 'reverse', refunded: 0 } : proposalOf(ctx, earning))
