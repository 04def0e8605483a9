import { firstName } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { addressFor, getContact } from '../../people/contacts/contacts.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { kinds, rewardInWords } from './kinds/kinds.ts'
import type { HandedOver } from './kinds/rewardKind.ts'
import type { Reward } from './reward.ts'
import { getReward } from './rewards.ts'

/**
 * Hands over a reward whose day has come and that nobody has to approve: credit can be used, a code is given, and its
 * owner is told. Answers whether it was issued by this call; one that waits for a code goes on waiting.
 */
export async function release(tx: Ctx, rewardId: string): Promise<boolean> {
  // Read anew: since it was found to be due it may have been refused, or its owner merged with another contact.
  const reward = await getReward(tx, rewardId)
  if (reward.status !== 'pending' || reward.needsApproval || reward.availableAt > tx.clock()) return false
  const handedOver = await kinds[reward.kind].release(tx, reward)
  if (!handedOver) return false
  await notifyReleased(tx, reward, handedOver)
  return true
}

/** What every message about a reward begins with; null when there is no way to reach its owner. */
export async function addressed(tx: Ctx, reward: Reward, step: string) {
  const reach = await addressFor(tx, reward.contactId)
  if (!reach) return null
  const contact = await getContact(tx, reward.contactId)
  const organization = await getOrganization(tx, tx.organizationId)
  return {
    message: {
      organizationId: tx.organizationId,
      contactId: contact.id,
      mentions: [] as string[],
      ...reach,
      name: contact.name,
      language: contact.language,
      link: 'portal_view',
      idempotencyKey: `reward:${reward.id}:${step}`,
    } as const,
    values: (words: Words) => ({
      organizationName: organization.name,
      firstName: firstName(contact.name),
      amount: rewardInWords(reward, words),
    }),
  }
}

async function notifyReleased(tx: Ctx, reward: Reward, { code }: HandedOver): Promise<void> {
  const to = await addressed(tx, reward, code === null ? 'released' : 'code')
  if (!to) return
  if (code === null) {
    await queueMessage(tx, { ...to.message, template: 'reward_released', values: to.values })
    return
  }
  const values = (words: Words) => ({ ...to.values(words), code })
  await queueMessage(tx, { ...to.message, template: 'reward_code', values })
}
