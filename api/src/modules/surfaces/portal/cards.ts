import type { PortalCard } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import type { Delivery } from '../../money/rewards/deliveries.ts'

/** What the contact uses a delivered gift card by; null while there is none, or if the provider sent it by email. */
export function cardOf({ actor }: Ctx, delivery: Delivery | null): PortalCard | null {
  if (delivery?.kind !== 'gift_card' || delivery.doneAt === null || delivery.state === 'canceled') return null
  const { code, link } = delivery
  if (code === null && link === null) return null
  const isFull = actor.type === 'contact' && actor.scope === 'full'
  return isFull ? { code, link, locked: false } : { code: null, link: null, locked: true }
}
