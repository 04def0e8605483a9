import { type EventReading, settleTime } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import type { ConnectionRow } from '../../platform/connections/connections.ts'
import { findRewardedJob, referralOfConversion } from '../conversions/rewardedJobs.ts'
import type { Applied } from './applying.ts'
import { addAliases, findJob, type JobRow } from './jobRows.ts'
import type { Ending } from './outcomes.ts'
import type { EventRow } from './receiving.ts'

type RewardedJob = NonNullable<Awaited<ReturnType<typeof findRewardedJob>>>

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
  const earned = { own: await earnedBy(tx, own), other: await earnedBy(tx, other) }
  const keepsOther = other !== undefined && (own === undefined || atOf(earned.other) < atOf(earned.own))
  const [from, to] = keepsOther ? [link.jobId, link.alias] : [link.alias, link.jobId]
  const isNew = await addAliases(tx, connectionId, to, [from])
  // What earned later is what is to be taken back.
  const later = keepsOther ? earned.own : earned.other
  const isTwice = isNew && earned.own !== undefined && earned.other !== undefined
  const twice = isTwice && later ? { twice: true, ...(await referralFact(tx, later)) } : {}
  const ending: Ending = {
    outcome: isNew ? 'applied' : 'duplicate',
    reason: isNew ? 'ids_linked' : 'happened_already',
    facts: { job: link.jobId, alias: link.alias, ...twice },
    needsPerson: isTwice,
    occurredAt: settleTime(link.occurredAt, row.receivedAt).at,
    jobId: (keepsOther ? other : (own ?? other))?.id ?? null,
  }
  return { ending, nowKnown: isNew ? [link.jobId, link.alias] : [] }
}

const earnedBy = async (tx: Ctx, job: JobRow | undefined): Promise<RewardedJob | undefined> =>
  job && (await findRewardedJob(tx, job.id))

/** When a job earned something; later than anything if it hasn't. */
const atOf = (earned: RewardedJob | undefined): number => earned?.createdAt ?? Number.POSITIVE_INFINITY

async function referralFact(tx: Ctx, { conversionId }: RewardedJob): Promise<{ referralId?: string }> {
  const referralId = await referralOfConversion(tx, conversionId)
  return referralId === undefined ? {} : { referralId }
}
