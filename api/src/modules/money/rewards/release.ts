import { firstName } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { addressFor, getContact } from '../../people/contacts/contacts.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { describeReward, kinds } from './kinds/kinds.ts'
import type { CardContent, IssuedReward } from './kinds/rewardKind.ts'
import type { Reward } from './reward.ts'
import { getReward } from './rewards.ts'

/**
 * Releases a reward whose hold has ended and that needs no approval: credit becomes available or a code is assigned,
 * and its owner is notified. Returns whether this call issued it; one that waits for a code keeps waiting.
 */
export async function release(tx: Ctx, rewardId: string): Promise<boolean> {
  // Reads the row again, because since it became due the reward may have been rejected, or its owner merged.
  const reward = await getReward(tx, rewardId)
  if (reward.status !== 'pending' || reward.needsApproval || reward.availableAt > tx.clock()) return false
  const handedOver = await kinds[reward.kind].release(tx, reward)
  if (!handedOver) return false
  await notifyReleased(tx, reward, handedOver)
  return true
}

/** The values that every message about a reward starts with; null if its owner can't be reached. */
export async function messageBase(tx: Ctx, reward: Reward, step: string) {
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
      amount: describeReward(reward, words),
    }),
  }
}

/** Tells the recipient that their gift card is here, and how to use it. `step` makes the message once for each card. */
export async function notifyCard(tx: Ctx, reward: Reward, step: string, card: CardContent): Promise<void> {
  const to = await messageBase(tx, reward, step)
  if (!to) return
  const values = (words: Words) => ({ ...to.values(words), ...card })
  await queueMessage(tx, { ...to.message, template: 'reward_card', values })
}

async function notifyReleased(tx: Ctx, reward: Reward, { code, card }: IssuedReward): Promise<void> {
  if (card) return notifyCard(tx, reward, 'card', card)
  const to = await messageBase(tx, reward, code === null ? 'released' : 'code')
  if (!to) return
  if (code === null) {
    await queueMessage(tx, { ...to.message, template: 'reward_released', values: to.values })
    return
  }
  const values = (words: Words) => ({ ...to.values(words), code })
  await queueMessage(tx, { ...to.message, template: 'reward_code', values })
}
