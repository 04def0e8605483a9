import { dayIn, dayMs, nextAttempt } from '@goodword/domain'
import { and, eq, inArray } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import { enqueue } from '../../../queue/queue.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { cardQueueKind, rewardDeliveries } from './deliveries.table.ts'
import type { Reward } from './reward.ts'
import { rewards } from './rewards.table.ts'

export type Delivery = typeof rewardDeliveries.$inferSelect

/** By when staff want to deliver what is due, unless they set another day. */
const daysToDeliver = 7

/** The day until which staff want to deliver what is due at a moment. */
export const dayToDeliver = (timeZone: string, dueAt: number): string => dayIn(timeZone, dueAt + daysToDeliver * dayMs)

const addRow = preparedInsert(rewardDeliveries)

export const deliveryOf = (ctx: Ctx, rewardId: string) =>
  and(eq(rewardDeliveries.organizationId, ctx.organizationId), eq(rewardDeliveries.rewardId, rewardId))

export const findDelivery = (ctx: Ctx, rewardId: string): Promise<Delivery | undefined> =>
  ctx.db.select().from(rewardDeliveries).where(deliveryOf(ctx, rewardId)).get()

/** Changes a delivery, and puts it in the queue if our next step is with the provider. */
export async function changeDelivery(tx: Ctx, rewardId: string, change: Partial<Delivery>): Promise<void> {
  await tx.db
    .update(rewardDeliveries)
    .set({ ...change, updatedAt: tx.clock() })
    .where(deliveryOf(tx, rewardId))
  if (change.state === 'ordering') await enqueueCard(tx, rewardId)
}

/** The next step with the provider is due now. */
export async function enqueueCard(tx: Ctx, rewardId: string): Promise<void> {
  const { organizationId } = tx
  await enqueue(tx, cardQueueKind, { subjectId: rewardId, organizationId, lane: organizationId })
}

/**
 * A due reward is to be delivered: by staff, or by the provider through the queue. One whose delivery was canceled starts
 * again, and what somebody has already stays theirs. Returns the delivery if nothing is left to do.
 */
export async function startDelivery(tx: Ctx, reward: Reward, kind: Delivery['kind']): Promise<Delivery | null> {
  const { id: rewardId, contactId } = reward
  const { organizationId } = tx
  const way = reward.cardDelivery ?? 'hand'
  const now = tx.clock()
  const [due] = await tx.db
    .update(rewards)
    .set({ isDelivering: true })
    .where(and(eq(rewards.organizationId, organizationId), eq(rewards.id, rewardId)))
    .returning({ id: rewards.id })
  if (!due) throw new AppError('not_found')
  const before = await findDelivery(tx, rewardId)
  if (before) return restart(tx, before)
  const { timeZone } = await getOrganization(tx, organizationId)
  const row: Delivery = {
    rewardId,
    organizationId,
    contactId,
    kind,
    way,
    state: way === 'hand' ? 'to_do' : 'ordering',
    dueOn: dayToDeliver(timeZone, now),
    attempt: 1,
    card: null,
    trouble: null,
    providerOrder: null,
    providerCard: null,
    cardAmount: null,
    askedName: null,
    askedEmail: null,
    code: null,
    link: null,
    doneAt: null,
    createdAt: now,
    updatedAt: now,
  }
  // A trigger puts what is ordered in the queue.
  await addRow(tx.db, row)
  return null
}

/** The recipient may choose from all cards of the account's campaign. */
export async function allowAnyCard(tx: Ctx, rewardId: string): Promise<void> {
  const mine = and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, rewardId))
  await tx.db.update(rewards).set({ cardProducts: null }).where(mine)
}

/** What the provider was asked for no longer holds. */
export const askedNothing = { askedName: null, askedEmail: null, cardAmount: null }

async function restart(tx: Ctx, before: Delivery): Promise<Delivery | null> {
  const { rewardId, way, card, attempt } = before
  if (before.state !== 'canceled') return before.state === 'done' ? before : null
  if (isDelivered(before)) {
    await changeDelivery(tx, rewardId, { state: 'done' })
    return { ...before, state: 'done' }
  }
  // Where a card came back from, it isn't sent to again by itself.
  if (way === 'hand' || card?.state === 'undelivered') await changeDelivery(tx, rewardId, { state: 'to_do' })
  else
    await changeDelivery(tx, rewardId, {
      state: 'ordering',
      attempt: card ? nextAttempt(attempt, card) : attempt,
      doneAt: null,
      ...(card?.state === 'failed' ? { ...askedNothing, card: null, link: null } : {}),
    })
  return null
}

/** Stops a delivery. What a provider was asked for is canceled there, if it still can be. */
export async function cancelDelivery(tx: Ctx, rewardId: string): Promise<void> {
  const mine = and(eq(rewards.organizationId, tx.organizationId), eq(rewards.id, rewardId))
  await tx.db.update(rewards).set({ isDelivering: false }).where(mine)
  const delivery = await findDelivery(tx, rewardId)
  if (!delivery || delivery.state === 'canceled') return
  await changeDelivery(tx, rewardId, { state: 'canceled' })
  if (delivery.way !== 'hand' && delivery.askedEmail !== null) await enqueueCard(tx, rewardId)
}

/** Whether somebody has what was delivered, or will: it was sent, and neither came back nor was canceled. */
export const isDelivered = ({ doneAt, card }: Pick<Delivery, 'doneAt' | 'card'>): boolean =>
  doneAt !== null && card?.state !== 'undelivered' && card?.state !== 'failed'

/** Whether somebody has what was delivered, so that it can't be taken back. */
export async function isInHand(ctx: Ctx, rewardId: string): Promise<boolean> {
  const delivery = await findDelivery(ctx, rewardId)
  return delivery !== undefined && isDelivered(delivery)
}

/** Staff have handed it over, whatever was still to do. */
export async function finishDelivery(tx: Ctx, rewardId: string): Promise<void> {
  const now = tx.clock()
  await tx.db
    .update(rewardDeliveries)
    .set({ state: 'done', doneAt: now, updatedAt: now })
    .where(and(deliveryOf(tx, rewardId), inArray(rewardDeliveries.state, ['to_do'])))
}

/** It was marked as handed over by mistake, so it is still to do. */
export const reopenDelivery = (tx: Ctx, rewardId: string): Promise<void> =>
  changeDelivery(tx, rewardId, { state: 'to_do', doneAt: null })
