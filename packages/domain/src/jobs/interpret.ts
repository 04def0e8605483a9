import type { ConnectionKind, ConnectionMapping } from '@goodword/contracts'
import { idAt, isList, lineAt } from './fields.ts'
import { type EventReading, readingOf, rejected } from './jobEvent.ts'
import { type Json, readJson, textOfBytes } from './jsonText.ts'
import { itemsOf, mappedDeliveryId, mappedType, readMappedEvent } from './mapping.ts'
import { readShopifyEvent } from './shopify.ts'
import { readStandardEvent } from './standard.ts'
import { readStripeEvent, stripeEventId } from './stripe.ts'
import { readWooCommerceEvent, wooCommerceOrderKey } from './woocommerce.ts'

/** What is needed to read a connection's events. `currency` is the organization's. */
export type ReadBy = { kind: ConnectionKind; mapping: ConnectionMapping | null; currency: string }

/** The kinds whose events stand in a shape of the sender's choice, and can be mapped. */
export const mappedKinds: readonly ConnectionKind[] = ['standard_webhooks', 'hmac', 'token']
const mappingOf = ({ kind, mapping }: Pick<ReadBy, 'kind' | 'mapping'>) => (mappedKinds.includes(kind) ? mapping : null)

/** The most events that one body may hold. */
export const listMax = 1_000

/** One event's bytes, and the JSON in them; null if it can't be read. */
export type EventPart = { bytes: Uint8Array; json: Json | null }
const encoder = new TextEncoder()

/**
 * The events of a body, each with its own bytes: one, unless the body is a list or holds the list that the mapping
 * names. Together they are all that was sent. A body that can't be read is one event.
 */
export function splitBody(bytes: Uint8Array, by: Pick<ReadBy, 'kind' | 'mapping'>): EventPart[] {
  const text = textOfBytes(bytes)
  const reading = text === null ? null : readJson(text)
  if (text === null || reading === null || !('json' in reading)) return [{ bytes, json: null }]
  const { json, ranges } = reading
  const items = mappedKinds.includes(by.kind) ? itemsOf(json, mappingOf(by)) : null
  if (items === null || items.length === 0 || items.length > listMax) return [{ bytes, json }]
  const places = ranges.get(items) ?? []
  return items.map((item, index) => {
    const [start, end] = places[index] ?? [0, 0]
    return { bytes: encoder.encode(text.slice(start, end)), json: item }
  })
}

/** The key within the body by which a repeated delivery is recognized; null if there is none to go by. */
export function bodyKey(json: Json, by: Pick<ReadBy, 'kind' | 'mapping'>): string | null {
  if (by.kind === 'stripe') return stripeEventId(json)
  if (by.kind === 'woocommerce') return wooCommerceOrderKey(json)
  if (by.kind === 'shopify') return null
  const mapping = mappingOf(by)
  return mapping === null ? idAt(json, 'id') : mappedDeliveryId(json, mapping)
}

/** What the sender calls an event: "invoice.paid", "orders/paid". Null if it doesn't say. */
export function sentTypeOf({ json }: EventPart, by: Pick<ReadBy, 'kind' | 'mapping'>, topic: string): string | null {
  if (topic !== '') return topic
  const mapping = mappingOf(by)
  if (json === null) return null
  return mapping === null ? lineAt(json, 100, 'type') : mappedType(json, mapping)
}

/** Reads one event. `topic` is what a shop says in a header. Never throws. */
export function interpret(part: EventPart, by: ReadBy, topic: string): EventReading {
  const { json, bytes } = part
  if (json === null) return whyUnreadable(bytes)
  const mapping = mappingOf(by)
  if (isList(json)) {
    if (json.length === 0) return rejected('list_empty')
    return json.length > listMax
      ? rejected('list_too_long', { items: json.length, most: listMax })
      : rejected('body_not_an_object')
  }
  if (by.kind === 'token' && mapping === null) return rejected('mapping_missing')
  return readingOf(() => {
    if (by.kind === 'stripe') return readStripeEvent(json)
    if (by.kind === 'shopify') return readShopifyEvent(json, topic)
    if (by.kind === 'woocommerce') return readWooCommerceEvent(json, topic)
    return mapping === null ? readStandardEvent(json, by.currency) : readMappedEvent(json, mapping, by.currency)
  })
}

function whyUnreadable(bytes: Uint8Array): EventReading {
  const text = textOfBytes(bytes)
  if (text === null) return rejected('body_not_utf8')
  const reading = readJson(text)
  // The text "null" is JSON, too.
  return 'problem' in reading ? rejected(reading.problem, { at: reading.at }) : rejected('body_not_an_object')
}
