import type { EventData, EventType } from '@goodword/contracts'
import type { Ctx, ModulePart } from '../../../shared/context.ts'

type Subscriber<T extends EventType> = (tx: Ctx, data: EventData<T>) => Promise<void>
type Subscribers = Map<EventType, Subscriber<never>[]>

const subscribers = new WeakMap<readonly ModulePart[], Subscribers>()

/** Whom an event concerns, in the order of the modules. Most modules subscribe to nothing. */
function subscribersOf<T extends EventType>(modules: readonly ModulePart[], type: T): readonly Subscriber<T>[] {
  const all: Subscribers = subscribers.get(modules) ?? new Map()
  subscribers.set(modules, all)
  const known = all.get(type)
  if (known) return known as Subscriber<T>[]
  const found = modules.flatMap(({ on, onEvery }): Subscriber<T>[] => [
    ...(on?.[type] ? [on[type] as Subscriber<T>] : []),
    ...(onEvery ? [(tx: Ctx, data: EventData<T>) => onEvery(tx, type, data)] : []),
  ])
  all.set(type, found as Subscriber<never>[])
  return found
}

/**
 * Records an event, within its transaction, for the modules that subscribe to it. Some act right away; webhooks send it
 * to their endpoints after the commit.
 */
export async function recordEvent<T extends EventType>(tx: Ctx, type: T, data: EventData<T>): Promise<void> {
  if (!tx.inTransaction) throw new Error('Events are recorded inside a transaction.')
  for (const subscriber of subscribersOf(tx.modules, type)) await subscriber(tx, data)
}
