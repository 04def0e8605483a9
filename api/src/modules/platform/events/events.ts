import type { EventData, EventType } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'

/**
 * Records an event, within its transaction, for the modules that subscribe to it. Some act right away; webhooks send it
 * to their endpoints after the commit.
 */
export async function recordEvent<T extends EventType>(tx: Ctx, type: T, data: EventData<T>): Promise<void> {
  if (!tx.inTransaction) throw new Error('Events are recorded inside a transaction.')
  for (const { on, onEvery } of tx.modules) {
    // Most modules subscribe to nothing, and awaiting each of them would cost a turn of the event loop.
    if (on?.[type]) await on[type](tx, data)
    if (onEvery) await onEvery(tx, type, data)
  }
}
