import type { JobEffect } from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { membersToNotify } from '../../platform/members/notices.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { effectsOfJob } from '../jobs/effects.ts'
import { askingCampaigns, jobsOfContact } from './asking.queries.ts'

/** A score that is older when it comes tells nobody anything new. */
const newsMs = 7 * dayMs

/**
 * Tells the team that a customer is unhappy, once for each score: by the rule of the campaign that expects most. Returns
 * what the event says of it, for somebody to call them.
 */
export async function tellOfLowScore(
  tx: Ctx,
  { jobId, contactId }: { jobId: string; contactId: string },
): Promise<JobEffect[]> {
  const campaigns = await askingCampaigns(tx)
  if (campaigns.length === 0) return []
  const job = (await jobsOfContact(tx, contactId, [jobId], tx.clock())).find(({ id }) => id === jobId)
  if (!job || job.score === null || job.scoreAt === null || job.isHistory) return []
  const { score, scoreAt } = job
  if (tx.clock() - scoreAt > newsMs) return []
  const rules = campaigns.flatMap(({ rule }) => (rule && score < rule.minScore ? [rule] : []))
  const [rule] = rules.sort((a, b) => b.minScore - a.minScore)
  if (!rule) return []
  const contact = await getContact(tx, contactId)
  if (contact.erasedAt !== null) return []
  if (await isTold(tx, jobId, scoreAt)) return []
  const organization = await getOrganization(tx, tx.organizationId)
  const everyone = await membersToNotify(tx)
  const named = everyone.filter(({ id }) => id === rule.tellMemberId)
  for (const member of named.length > 0 ? named : everyone)
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      personId: member.personId,
      mentions: [contactId],
      channel: 'email',
      template: 'low_score_staff',
      to: member.email,
      name: member.name,
      values: {
        organizationName: organization.name,
        name: contact.name,
        score,
        job: job.title,
        contactUrl: `${tx.config.publicUrl}/console/contacts/${contactId}`,
      },
      idempotencyKey: `low score:${jobId}:${scoreAt}:${score}:${member.personId}`,
    })
  return [{ reason: 'call_customer', facts: { score, minScore: rule.minScore, scoreAt } }]
}

/** Whether an event of the job has said so of this score. */
async function isTold(tx: Ctx, jobId: string, scoreAt: number): Promise<boolean> {
  const effects = await effectsOfJob(tx, jobId)
  return effects.some(({ reason, facts }) => reason === 'call_customer' && facts.scoreAt === scoreAt)
}
