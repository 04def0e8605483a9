import { createHmac } from 'node:crypto'
import * as z from 'zod'
import { isSameHex } from '../../../../shared/sameText.ts'

const Event = z.object({
  event: z.string().max(100),
  uuid: z.string().min(1).max(100),
  payload: z.object({
    resource: z.object({ id: z.string().max(100) }),
  }),
})

/** A change of an order or a card at Tremendous. Look at the card then: events come late, twice and in any order. */
export type CardEvent = {
  /** The same for every delivery of one event. */
  id: string
  type: string
  resource: { type: 'order' | 'card'; id: string }
}

const prefix = 'sha256='

/** Whether Tremendous signed these bytes: "sha256=" and the hexadecimal HMAC-SHA256, without a time. */
export function isFromTremendous(key: string, body: Uint8Array, signature: string): boolean {
  if (!signature.startsWith(prefix)) return false
  return isSameHex(signature.slice(prefix.length), createHmac('sha256', key).update(body).digest('hex'))
}

/** The event in a signed body; null for one about something else, such as a campaign. */
export function readCardEvent(body: Uint8Array): CardEvent | null {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(body))
  } catch {
    return null
  }
  const { data } = Event.safeParse(value)
  if (!data) return null
  const resource = resources.find(([start]) => data.event.startsWith(start))
  return resource
    ? { id: data.uuid, type: data.event, resource: { type: resource[1], id: data.payload.resource.id } }
    : null
}

const resources = [
  ['ORDERS.', 'order'],
  ['REWARDS.', 'card'],
] as const
