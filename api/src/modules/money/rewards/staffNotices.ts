import { type Words, wordsIn } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { membersToNotify } from '../../platform/members/notices.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'

/** Where staff see the codes of a campaign. */
export const codesUrl = ({ config }: Ctx, campaignId: string): string =>
  `${config.publicUrl}/console/rewards?tab=codes&campaign=${campaignId}`

type Notice = { subject: string; sentence: string; open: string; url: string }

/** Emails everyone who works on referrals about rewards, once for each `cause`. `mentions` are the contacts it names. */
export async function notifyStaff(
  tx: Ctx,
  cause: string,
  notice: (words: Words) => Notice,
  mentions: string[] = [],
): Promise<void> {
  const { name: organizationName } = await getOrganization(tx, tx.organizationId)
  const values = { organizationName, ...notice(wordsIn('en')) }
  for (const { personId, email, name } of await membersToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      personId,
      mentions,
      channel: 'email',
      to: email,
      name,
      template: 'reward_notice_staff',
      values,
      idempotencyKey: `${cause}:${personId}`,
    })
  }
}
