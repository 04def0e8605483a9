import { poolWarning } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { membersToNotify } from '../../platform/members/notices.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { originOf } from './origin.ts'
import type { Reward } from './reward.ts'
import { discountCodeCounts } from './rewards.table.ts'
import { codesUrl, notifyStaff } from './staffNotices.ts'

type Waiting = Pick<Reward, 'id' | 'campaignId' | 'sourceType' | 'sourceId'>

/** Tells staff that a reward waits because no code is left. */
export async function notifyCodesNeeded(tx: Ctx, reward: Waiting): Promise<void> {
  const { campaignName } = await originOf(tx, reward)
  const organization = await getOrganization(tx, tx.organizationId)
  for (const member of await membersToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      personId: member.personId,
      mentions: [],
      channel: 'email',
      to: member.email,
      name: member.name,
      template: 'codes_needed_staff',
      values: { organizationName: organization.name, campaignName, rewardsUrl: codesUrl(tx, reward.campaignId) },
      idempotencyKey: `reward:${reward.id}:codes_needed:${member.personId}`,
    })
  }
}

/**
 * Tells staff that few codes are left in a campaign, if the change of its counts that was just made is what makes them few.
 */
export async function notifyCodesLow(
  tx: Ctx,
  { id: campaignId, name: campaign }: { id: string; name: string },
  change: { left: number; given: number },
): Promise<void> {
  const counts = await tx.db
    .select({ left: discountCodeCounts.leftCount, given: discountCodeCounts.givenCount })
    .from(discountCodeCounts)
    .where(and(eq(discountCodeCounts.organizationId, tx.organizationId), eq(discountCodeCounts.campaignId, campaignId)))
    .get()
  if (!counts || poolWarning(counts) !== 'low') return
  const before = { left: counts.left - change.left, given: counts.given - change.given }
  if (poolWarning(before) === 'low') return
  const count = counts.left
  await notifyStaff(tx, `campaign:${campaignId}:codes_low:${counts.given}:${count}`, ({ say }) => ({
    subject: say('staff.codesLow.subject', { count, campaign }),
    sentence: say('staff.codesLow.body', { count, campaign }),
    open: say('staff.codes.open'),
    url: codesUrl(tx, campaignId),
  }))
}
