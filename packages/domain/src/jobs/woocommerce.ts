import type { JobEventNote } from '@goodword/contracts'
import {
  at,
  currencyAt,
  decimalAt,
  fullName,
  idAt,
  isObject,
  lineAt,
  listAt,
  momentAt,
  nameMax,
  rawText,
  titleAt,
} from './fields.ts'
import { type EventReading, eventOf, ignored, type JobMarks, rejected } from './jobEvent.ts'
import type { Json } from './jsonText.ts'

/** How far an order is, by its status. "processing" is paid and not yet sent. Own statuses of a shop stay open. */
type Step = 'completed' | 'invoiced' | 'canceled'
const stepOfStatus = new Map<string, Step>([
  ['completed', 'completed'],
  ['processing', 'invoiced'],
  ['refunded', 'invoiced'],
  ['cancelled', 'canceled'],
  ['failed', 'canceled'],
])

/** WooCommerce's webhooks. The topic comes in a header; an order is sent as it is at that moment. */
export function readWooCommerceEvent(json: Json, topic: string): EventReading {
  if (!isObject(json)) return rejected('body_not_an_object')
  if (/^order\.(?:created|updated|restored)$/.test(topic)) return readOrder(json)
  if (/^customer\.(?:created|updated)$/.test(topic)) return readCustomer(json)
  if (topic === '') return rejected('type_missing', { header: 'X-WC-Webhook-Topic' })
  return ignored('type_not_used', { type: topic })
}

/**
 * What makes two deliveries of an order the same: WooCommerce's own delivery id is shared by orders of one second, and
 * new for every repetition. Null for anything but an order.
 */
export function wooCommerceOrderKey(json: Json): string | null {
  const id = idAt(json, 'id')
  const modified = lineAt(json, 40, 'date_modified_gmt')
  if (id === null || modified === null) return null
  const refunds = listAt(json, 'refunds').map((refund) => `${idAt(refund, 'id')} ${rawText(at(refund, 'total'))}`)
  return [id, modified, lineAt(json, 40, 'status'), ...refunds].join('|')
}

/** Times end in "_gmt" and have no Z. Without one, nothing is known. */
const gmt = (order: Json, name: string): number | null => momentAt(order, `${name}_gmt`)

function readOrder(order: Json): EventReading {
  const id = idAt(order, 'id')
  if (id === null) return rejected('job_missing')
  const currency = currencyAt(order, 'currency')
  if (currency === null) return rejected('currency_unknown', { currency: '' })
  const notes: JobEventNote[] = []
  const occurredAt = gmt(order, 'date_modified') ?? gmt(order, 'date_created')
  const step = stepOfStatus.get(lineAt(order, 40, 'status') ?? '')
  const isPaid = step === 'completed' || step === 'invoiced'
  return eventOf(step === undefined ? 'job.opened' : isPaid ? 'job.invoiced' : 'job.canceled', {
    occurredAt,
    jobIds: [id],
    title: titleAt(order, 'line_items', 0, 'name'),
    invoiceNumber: lineAt(order, 100, 'number'),
    marks: marksOf(order, step, occurredAt),
    value: { amount: decimalAt(order, 'total', { currency, notes }), currency },
    // The list is whole, so that a refund that is gone was deleted; deleting one sends nothing by itself.
    refund: isPaid ? { is: 'list', refunds: refundsOf(order, currency, notes) } : null,
    person: {
      externalId: idAt(order, 'customer_id'),
      name:
        fullName(lineAt(order, nameMax, 'billing', 'first_name'), lineAt(order, nameMax, 'billing', 'last_name')) ||
        (lineAt(order, nameMax, 'billing', 'company') ?? ''),
      email: lineAt(order, 254, 'billing', 'email'),
      phone: lineAt(order, 40, 'billing', 'phone'),
    },
    notes,
  })
}

function marksOf(order: Json, step: Step | undefined, occurredAt: number | null): JobMarks {
  const paidAt = gmt(order, 'date_paid') ?? occurredAt
  const completedAt = gmt(order, 'date_completed') ?? occurredAt
  if (step === 'canceled') return occurredAt === null ? {} : { canceled: occurredAt }
  if (step === undefined) return occurredAt === null ? {} : { opened: occurredAt }
  return {
    ...(paidAt === null ? {} : { invoiced: paidAt }),
    ...(step === 'completed' && completedAt !== null ? { completed: completedAt } : {}),
  }
}

function refundsOf(order: Json, currency: string, notes: JobEventNote[]) {
  return listAt(order, 'refunds').flatMap((refund) => {
    const id = idAt(refund, 'id')
    if (id === null) return []
    // "-50.00"
    return [{ id, amount: Math.abs(decimalAt(refund, 'total', { currency, notes, signed: true })) }]
  })
}

function readCustomer(customer: Json): EventReading {
  return eventOf('contact.upserted', {
    occurredAt: gmt(customer, 'date_modified') ?? gmt(customer, 'date_created'),
    person: {
      externalId: idAt(customer, 'id'),
      name: fullName(lineAt(customer, nameMax, 'first_name'), lineAt(customer, nameMax, 'last_name')),
      email: lineAt(customer, 254, 'email'),
      phone: lineAt(customer, 40, 'billing', 'phone'),
    },
  })
}
