import { firstName, formatMoney, releaseReward } from '@goodword/domain'
import { and, asc, eq, lte } from 'drizzle-orm'
import { type Ctx, contextFor, type Services } from '../../shared/context.ts'
import { addressFor, getContact } from '../contacts/contacts.ts'
import { postEntries } from '../ledger/ledger.ts'
import { queueMessage } from '../messages/messages.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { rewards } from './rewards.table.ts'
import { entryOf, type Reward } from './rewards.ts'

const batch = 200

/**
 * Rewards whose hold is over become usable, each in a transaction of its own, and their owner is told. One that
 * fails is logged, keeps waiting and delays no other. Answers how many.
 */
export async function releaseDueRewards(services: Services): Promise<number> {
  const due = await services.database.read
    .select()
    .from(rewards)
    .where(and(eq(rewards.status, 'pending'), lte(rewards.availableAt, services.clock())))
    .orderBy(asc(rewards.availableAt))
    .limit(batch)
  for (const reward of due) {
    const ctx = contextFor(services, reward.organizationId, { type: 'system' })
    await services.database
      .write((db) => release({ ...ctx, db, inTransaction: true }, reward))
      .catch((error: unknown) => services.log.error({ err: error, rewardId: reward.id }, 'a reward was not released'))
  }
  return due.length
}

async function release(tx: Ctx, reward: Reward): Promise<void> {
  const [released] = await tx.db
    .update(rewards)
    .set({ status: 'issued', updatedAt: tx.clock() })
    .where(and(eq(rewards.id, reward.id), eq(rewards.status, 'pending')))
    .returning({ id: rewards.id })
  if (!released) return
  if (reward.kind === 'credit') {
    await postEntries(tx, [entryOf(reward.id, 'released', releaseReward(reward))])
  }
  const reach = await addressFor(tx, reward.contactId)
  if (!reach) return
  const contact = await getContact(tx, reward.contactId)
  const organization = await getOrganization(tx, tx.organizationId)
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    contactId: reward.contactId,
    ...reach,
    name: contact.name,
    template: 'reward_released',
    values: {
      organizationName: organization.name,
      firstName: firstName(contact.name),
      amount: reward.kind === 'credit' ? formatMoney(reward.amount, reward.currency) : (reward.text ?? ''),
    },
    link: 'portal_view',
    idempotencyKey: `reward:${reward.id}:released`,
  })
}
