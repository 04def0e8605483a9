import type { ReferralDetail } from '@goodword/contracts'
import { eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { jobs } from '../../program/jobs/jobs.table.ts'

const furtherShown = 100

const conversionId = sql.placeholder('conversionId')
const source = { type: rewards.sourceType, id: rewards.sourceId }

/** Those of the conversion itself, and of the first further jobs of its friend. */
const ofReferral = prepared((db) =>
  db
    .select({
      reward: rewards,
      name: contacts.name,
      job: { id: jobs.id, externalId: jobs.externalId, title: jobs.title },
    })
    .from(rewards)
    .innerJoin(contacts, eq(contacts.id, rewards.contactId))
    .leftJoin(jobs, sql`${source.type} = 'job' AND ${jobs.id} = ${source.id}`)
    .where(
      sql`+${rewards.organizationId} = ${sql.placeholder('organizationId')} AND (
        (${source.type} = 'conversion' AND ${source.id} = ${conversionId})
        OR (${source.type} = 'job' AND ${source.id} IN (SELECT job_id FROM rewarded_jobs
          WHERE conversion_id = ${conversionId} AND is_further = 1 ORDER BY created_at LIMIT ${furtherShown})))`,
    )
    .prepare(),
)

type Shown = ReferralDetail['rewards'][number]

/** The rewards of a conversion, then those of further jobs of its friend, the oldest first. */
export async function rewardsShown(ctx: Ctx, conversionId: string): Promise<Shown[]> {
  const rows = await ofReferral(ctx.db).all({ conversionId, organizationId: ctx.organizationId })
  const inOrder = rows.sort(
    (one, other) =>
      Number(one.job !== null) - Number(other.job !== null) ||
      one.reward.createdAt - other.reward.createdAt ||
      one.reward.sourceId.localeCompare(other.reward.sourceId) ||
      one.reward.side.localeCompare(other.reward.side),
  )
  return inOrder.map(({ reward, name, job }) => ({
    id: reward.id,
    job,
    side: reward.side,
    kind: reward.kind,
    name,
    text: reward.text,
    amount: reward.amount,
    offThisJob: reward.offThisJob,
    status: reward.status,
    availableAt: iso(reward.availableAt),
    needsApproval: reward.status === 'pending' && reward.needsApproval,
  }))
}
