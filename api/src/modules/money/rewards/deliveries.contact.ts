import { and, eq, notInArray, sql } from 'drizzle-orm'
import { withdraw } from '../../../queue/queue.ts'
import type { Ctx } from '../../../shared/context.ts'
import { cardQueueKind, rewardDeliveries } from './deliveries.table.ts'

const ofContact = (tx: Ctx, contactId: string) =>
  and(eq(rewardDeliveries.organizationId, tx.organizationId), eq(rewardDeliveries.contactId, contactId))

/** The deliveries of one contact's rewards belong to another one then. */
export async function moveDeliveries(tx: Ctx, from: string, into: string): Promise<void> {
  await tx.db.update(rewardDeliveries).set({ contactId: into }).where(ofContact(tx, from))
}

/** Erases whom cards were sent to and what could be spent, and cancels what was not delivered: nobody is there to get it. */
export async function eraseDeliveries(tx: Ctx, contactId: string): Promise<void> {
  const now = tx.clock()
  const canceled = await tx.db
    .update(rewardDeliveries)
    .set({ state: 'canceled', updatedAt: now })
    .where(and(ofContact(tx, contactId), notInArray(rewardDeliveries.state, ['done', 'canceled'])))
    .returning({ rewardId: rewardDeliveries.rewardId })
  await withdraw(
    tx,
    cardQueueKind,
    canceled.map(({ rewardId }) => rewardId),
  )
  await tx.db
    .update(rewardDeliveries)
    .set({
      askedName: null,
      askedEmail: null,
      code: null,
      link: null,
      // What the provider has instead of what was asked for names people too.
      card: sql`iif(${rewardDeliveries.card} ->> 'state' = 'needs_look',
        json_set(${rewardDeliveries.card}, '$.asked', '', '$.found', ''), ${rewardDeliveries.card})`,
    })
    .where(ofContact(tx, contactId))
}
