import { and, eq, inArray } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../../shared/context.ts'
import { rewardDeliveries } from '../deliveries.table.ts'
import { enqueueCard } from '../deliveries.ts'
import { noteCardEvent, webhookKeyOf } from './settings.ts'
import { isFromTremendous, readCardEvent } from './tremendousWebhook.ts'

/**
 * Takes an event of the provider: its card is looked at, whatever the event says, so that neither repetition nor order
 * matters. Returns whether it was signed by the provider.
 */
export async function receiveCardEvent(ctx: Ctx, body: Uint8Array, signature: string): Promise<boolean> {
  const key = await webhookKeyOf(ctx)
  if (key === null || !isFromTremendous(key, body, signature)) return false
  const event = readCardEvent(body)
  await transaction(ctx, async (tx) => {
    await noteCardEvent(tx)
    if (!event) return
    const { type, id } = event.resource
    const named = eq(type === 'card' ? rewardDeliveries.providerCard : rewardDeliveries.providerOrder, id)
    const found = await tx.db
      .select({ rewardId: rewardDeliveries.rewardId })
      .from(rewardDeliveries)
      .where(
        and(
          eq(rewardDeliveries.organizationId, tx.organizationId),
          named,
          inArray(rewardDeliveries.state, ['to_do', 'waiting', 'done']),
        ),
      )
    for (const { rewardId } of found) await enqueueCard(tx, rewardId)
  })
  return true
}
