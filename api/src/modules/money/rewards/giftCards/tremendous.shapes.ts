import type { OrderStatus, ProviderOrder } from '@goodword/domain'
import * as z from 'zod'

/** What we read of Tremendous's answers (https://developers.tremendous.com). Whatever else they hold is left out. */

const Delivery = z.object({
  method: z.string(),
  status: z.enum(['SCHEDULED', 'FAILED', 'SUCCEEDED', 'PENDING']).catch('PENDING'),
  link: z.string().nullish(),
})

const Reward = z.object({
  id: z.string(),
  value: z.object({ denomination: z.coerce.number(), currency_code: z.string() }),
  recipient: z.object({ email: z.string().nullish() }).nullish(),
  delivery: Delivery.nullish(),
})

export const Order = z.object({
  order: z.object({ id: z.string(), status: z.string(), rewards: z.array(Reward).nullish() }),
})

export const Review = z.object({ fraud_review: z.object({ status: z.enum(['flagged', 'blocked', 'released']) }) })
export const Campaign = z.object({ campaign: z.object({ products: z.array(z.string()).default([]) }) })
export const Products = z.object({ products: z.array(z.object({ id: z.string(), name: z.string() })) })
export const Link = z.object({ reward: z.object({ link: z.string() }) })
export const Problem = z.object({
  errors: z.object({ message: z.string().optional(), payload: z.unknown() }).partial(),
})

const statuses: Record<string, OrderStatus> = {
  CART: 'open',
  OPEN: 'open',
  EXECUTED: 'executed',
  FAILED: 'failed',
  CANCELED: 'canceled',
  'PENDING APPROVAL': 'awaits_approval',
  'PENDING INTERNAL PAYMENT APPROVAL': 'in_review',
  'PENDING SETTLEMENT': 'settling',
}

/** A status that isn't documented is one that we wait for. */
export function readOrder({ order }: z.infer<typeof Order>): ProviderOrder {
  const reward = order.rewards?.[0]
  const status = statuses[order.status] ?? 'open'
  if (!reward) return { id: order.id, status, card: null }
  const delivery = reward.delivery
  const card = {
    id: reward.id,
    denomination: reward.value.denomination,
    currency: reward.value.currency_code,
    email: reward.recipient?.email ?? null,
    delivery: deliveryOf(delivery?.status),
    link: delivery?.link ?? null,
  }
  return { id: order.id, status, card }
}

function deliveryOf(status: z.infer<typeof Delivery>['status'] | undefined) {
  if (status === 'SUCCEEDED') return 'delivered' as const
  return status === 'FAILED' ? ('failed' as const) : ('pending' as const)
}
