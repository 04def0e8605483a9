import { discountSaid, firstName, releaseReward } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { addressFor, getContact } from '../../people/contacts/contacts.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { postEntries } from '../ledger/ledger.ts'
import { markUsedRewards } from './redemption.ts'
import { entryOf, getReward, issueCode, markIssued, type Reward } from './rewards.ts'

/**
 * Hands over a reward whose day has come and that nobody has to approve: credit can be used, a code is given, and its
 * owner is told. Answers whether it was issued by this call; one that waits for a code goes on waiting.
 */
export async function release(tx: Ctx, rewardId: string): Promise<boolean> {
  // Read anew: since it was found to be due it may have been refused, or its owner merged with another contact.
  const reward = await getReward(tx, rewardId)
  if (reward.status !== 'pending' || reward.needsApproval || reward.availableAt > tx.clock()) return false
  if (reward.kind === 'discount_code') {
    const code = await issueCode(tx, reward)
    if (code !== null) await notifyCode(tx, reward, code)
    return code !== null
  }
  if (!(await markIssued(tx, reward))) return false
  if (reward.kind === 'credit') {
    const setOffs = await postEntries(tx, [entryOf(reward.id, 'released', releaseReward(reward))])
    for (const { contactId, currency } of setOffs) await markUsedRewards(tx, contactId, currency)
  }
  await notifyReleased(tx, reward)
  return true
}

/** "$112.50", or the words of what it is, in the language of `words`. */
export function rewardInWords(reward: Pick<Reward, 'kind' | 'amount' | 'currency' | 'text'>, words: Words): string {
  const { kind, amount, currency } = reward
  if (kind === 'credit') return words.money(amount, currency)
  const text = reward.text ?? ''
  const discount = kind === 'discount_code' ? discountSaid(text, currency) : null
  return discount ? words.discount(discount, currency) : text
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

async function notifyReleased(tx: Ctx, reward: Reward): Promise<void> {
  const to = await addressed(tx, reward, 'released')
  if (to) await queueMessage(tx, { ...to.message, template: 'reward_released', values: to.values })
}

async function notifyCode(tx: Ctx, reward: Reward, code: string): Promise<void> {
  const to = await addressed(tx, reward, 'code')
  if (!to) return
  const values = (words: Words) => ({ ...to.values(words), code })
  await queueMessage(tx, { ...to.message, template: 'reward_code', values })
}
