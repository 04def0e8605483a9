import type { JobRefund } from './jobEvent.ts'
import { decide, isRefunded, type JobDecision, type JobFacts, type Refunds, refundedAmount } from './jobFacts.ts'

/** Applies what an event says about refunds to an invoiced job; `before` is the job without this event. */
export function applyRefund(job: JobFacts, refund: JobRefund, at: number, before: JobFacts): JobDecision {
  if (refund.is === 'dispute') return decide(job, 'ignored', 'payment_disputed', { amount: refund.amount }, true)
  if (refund.is === 'one' && refund.state === 'pending')
    return decide(job, 'ignored', 'refund_pending', { amount: refund.amount })
  const after = { ...job, refunds: withRefund(job.refunds, refund, at) }
  const [known, now] = [refundedAmount(before.refunds), refundedAmount(after.refunds)]
  const facts = { change: now - known, refunded: now, value: after.value, currency: after.currency }
  if (now > known) return decide(after, 'applied', 'job_refunded', { ...facts, full: isRefunded(after) })
  if (now < known) return decide(after, 'applied', 'refund_given_back', facts)
  if (before.invoicedAt === null) return decide(after, 'applied', 'job_invoiced', facts)
  if (before.value !== after.value) return decide(after, 'applied', 'job_updated', { ...facts, before: before.value })
  if (refund.is === 'one' && refund.state === 'failed')
    return decide(after, 'ignored', 'refund_failed', { amount: refund.amount })
  return decide(after, 'duplicate', 'happened_already', facts)
}

function withRefund(refunds: Refunds, refund: Exclude<JobRefund, { is: 'dispute' }>, at: number): Refunds {
  if (refund.is === 'total') {
    const { total, totalAt } = refunds
    if (totalAt !== null && (at < totalAt || (at === totalAt && refund.amount <= (total ?? 0)))) return refunds
    return { ...refunds, total: refund.amount, totalAt: at }
  }
  if (refund.is === 'list') return withList(refunds, refund.refunds, at)
  const known = Object.hasOwn(refunds.byId, refund.id) ? refunds.byId[refund.id] : undefined
  const [amount, failed] = refund.state === 'failed' ? [0, refund.amount] : [refund.amount, 0]
  if (known && (at < known.at || (at === known.at && amount >= known.amount))) return refunds
  return { ...refunds, byId: { ...refunds.byId, [refund.id]: { amount, failed, at } } }
}

/** The list is all there is: what it lacks was deleted. An older one says nothing anymore. */
function withList(refunds: Refunds, list: { id: string; amount: number }[], at: number): Refunds {
  if (refunds.listAt !== null && at < refunds.listAt) return refunds
  const gone = Object.entries(refunds.byId)
    .filter(([id, { at: said }]) => said <= at && !list.some((one) => one.id === id))
    .map(([id]) => [id, { amount: 0, failed: 0, at }] as const)
  const listed = list
    .filter(({ id }) => ((Object.hasOwn(refunds.byId, id) ? refunds.byId[id]?.at : undefined) ?? at) <= at)
    .map(({ id, amount }) => [id, { amount, failed: 0, at }] as const)
  return { ...refunds, listAt: at, byId: { ...refunds.byId, ...Object.fromEntries([...gone, ...listed]) } }
}
