import { type EventReading, settleTime } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import type { ConnectionRow } from '../../platform/connections/connections.ts'
import { findRewardedJob } from '../conversions/rewardedJobs.ts'
import type { Applied } from './applying.ts'
import { addAliases, findJob, type JobRow } from './jobRows.ts'
import type { Ending } from './outcomes.ts'
import type { EventRow } from './receiving.ts'

/**
 * Notes that two ids belong to one job. If both are known as jobs already, later events go to the one that earned first, so
 * that a refund finds its rewards; if both earned, one payment was rewarded twice, and a person looks at it.
 */
export async function applyLink(
  tx: Ctx,
  row: EventRow,
  { id: connectionId }: ConnectionRow,
  link: Extract<EventReading, { is: 'link' }>,
): Promise<Applied> {
  const own = await findJob(tx, connectionId, link.jobId)
  const other = await findJob(tx, connectionId, link.alias)
  const earned = { own: await earnedAt(tx, own), other: await earnedAt(tx, other) }
  const keepsOther = other !== undefined && (own === undefined || earned.other < earned.own)
  const [from, to] = keepsOther ? [link.jobId, link.alias] : [link.alias, link.jobId]
  const isNew = await addAliases(tx, connectionId, to, [from])
  const isTwice = isNew && Number.isFinite(earned.own) && Number.isFinite(earned.other)
  const ending: Ending = {
    outcome: isNew ? 'applied' : 'duplicate',
    reason: isNew ? 'ids_linked' : 'happened_already',
    facts: { job: link.jobId, alias: link.alias, ...(isTwice ? { twice: true } : {}) },
    needsPerson: isTwice,
    occurredAt: settleTime(link.occurredAt, row.receivedAt).at,
    jobId: (keepsOther ? other : (own ?? other))?.id ?? null,
  }
  return { ending, nowKnown: isNew ? [link.jobId, link.alias] : [] }
}

/** When a job earned something; later than anything if it hasn't. */
const earnedAt = async (tx: Ctx, job: JobRow | undefined): Promise<number> =>
  (job && (await findRewardedJob(tx, job.id))?.createdAt) ?? Number.POSITIVE_INFINITY
