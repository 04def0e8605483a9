import { type CardOrder, externalIdOf } from '@goodword/domain'
import type { Queries } from '../../../../database/queries.ts'
import type { Claimed } from '../../../../queue/kind.ts'
import { type Ctx, contextFor, type Services } from '../../../../shared/context.ts'
import { addressesOf, getContact } from '../../../people/contacts/contacts.ts'
import { changeDelivery, type Delivery, findDelivery } from '../deliveries.ts'
import type { Reward } from '../reward.ts'
import { getReward } from '../rewards.ts'
import { settleCard } from './settleCard.ts'
import type { Step } from './step.ts'

/** The steps of claimed rewards, in the transaction of the claim. What can't be ordered is left to staff at once. */
export async function prepareCards(services: Services, db: Queries, rows: Claimed[]): Promise<Map<Claimed, Step>> {
  const steps = new Map<Claimed, Step>()
  for (const row of rows) {
    if (row.organizationId === null) continue
    const ctx = contextFor(services, row.organizationId, { type: 'system' })
    const tx = { ...ctx, db, inTransaction: true }
    const step = await stepOf(tx, row.subjectId)
    if (step) steps.set(row, step)
  }
  return steps
}

async function stepOf(tx: Ctx, rewardId: string): Promise<Step | null> {
  const delivery = await findDelivery(tx, rewardId)
  const action = delivery && actionFor(delivery)
  if (!delivery || !action) return null
  const reward = await getReward(tx, rewardId)
  const recipient = await recipientOf(tx, reward, delivery)
  const step = (email: string, name: string): Step => ({
    organizationId: tx.organizationId,
    rewardId,
    action,
    order: orderOf(reward, delivery, { email, name }),
    card: delivery.card,
  })
  if (recipient) return step(recipient.email, recipient.name)
  await settleCard(tx, step('', ''), { card: { state: 'rejected', because: 'no_address' }, link: null })
  return null
}

function actionFor({ way, state, card }: Delivery): Step['action'] | null {
  if (way === 'hand') return null
  if (state === 'canceled') return 'cancel'
  if (state === 'ordering' && (card === null || card.state === 'rejected' || card.state === 'failed')) return 'buy'
  if (state === 'ordering' && card?.state === 'undelivered') return 'resend'
  return card === null || card.state === 'rejected' ? null : 'look'
}

const orderOf = (
  { id, amount, currency, cardProducts }: Reward,
  { attempt, way, cardAmount }: Delivery,
  recipient: CardOrder['recipient'],
): CardOrder => ({
  externalId: externalIdOf(id, attempt),
  amount: cardAmount ?? amount,
  currency,
  recipient,
  products: cardProducts,
  delivery: way === 'email' ? 'email' : 'link',
})

/**
 * Whom the card is for. The first order keeps them and the amount, because an order of the same id with other values is
 * refused. Null without an email address.
 */
async function recipientOf(tx: Ctx, reward: Reward, delivery: Delivery): Promise<CardOrder['recipient'] | null> {
  const { askedEmail, askedName, rewardId, contactId } = delivery
  if (askedEmail !== null) return { email: askedEmail, name: askedName ?? askedEmail }
  const email = (await addressesOf(tx, contactId)).find(({ kind }) => kind === 'email')?.value
  if (email === undefined) return null
  const { name } = await getContact(tx, contactId)
  await changeDelivery(tx, rewardId, {
    askedEmail: email,
    askedName: name,
    cardAmount: delivery.cardAmount ?? reward.amount,
  })
  return { email, name }
}
