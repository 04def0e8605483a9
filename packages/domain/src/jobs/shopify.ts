import type { JobEventNote } from '@goodword/contracts'
import {
  agrees,
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
  titleAt,
} from './fields.ts'
import { type EventPerson, type EventReading, eventOf, ignored, rejected, Unreadable } from './jobEvent.ts'
import type { Json } from './jsonText.ts'

/** Topics about an order, and the step each stands for. Any change of an order fires "updated". */
const steps = {
  'orders/create': 'opened',
  'orders/updated': 'opened',
  'orders/fulfilled': 'completed',
  'orders/paid': 'invoiced',
  'orders/cancelled': 'canceled',
} as const
type OrderTopic = keyof typeof steps
const isOrderTopic = (topic: string): topic is OrderTopic => Object.hasOwn(steps, topic)

/** Shopify's webhooks. The topic comes in a header. */
export function readShopifyEvent(json: Json, topic: string): EventReading {
  if (!isObject(json)) return rejected('body_not_an_object')
  if (isOrderTopic(topic)) return readOrder(json, topic)
  if (topic === 'refunds/create') return readRefund(json)
  if (topic === 'customers/create' || topic === 'customers/update') return readCustomer(json)
  if (topic === '') return rejected('type_missing', { header: 'X-Shopify-Topic' })
  return ignored('type_not_used', { type: topic })
}

function readOrder(order: Json, topic: OrderTopic): EventReading {
  const id = idAt(order, 'id')
  if (id === null) return rejected('job_missing')
  const notes: JobEventNote[] = []
  const currency = currencyAt(order, 'currency')
  if (currency === null) return rejected('currency_unknown', { currency: '' })
  const occurredAt =
    (topic === 'orders/cancelled' ? momentAt(order, 'cancelled_at') : null) ??
    momentAt(order, 'updated_at') ??
    momentAt(order, 'created_at')
  const step = steps[topic]
  return eventOf(`job.${step}`, {
    isTest: at(order, 'test') === true,
    occurredAt,
    jobIds: [id],
    title: titleAt(order, 'line_items', 0, 'title'),
    invoiceNumber: lineAt(order, 100, 'name'),
    marks: occurredAt === null ? {} : { [step]: occurredAt },
    // As paid. After edits and refunds, current_total_price is less, and a refund would count twice.
    value: { amount: decimalAt(order, 'total_price', { currency, notes }), currency },
    person: personOfOrder(order),
    notes,
  })
}

function personOfOrder(order: Json): EventPerson {
  const customer = at(order, 'customer')
  const billing = at(order, 'billing_address')
  return {
    externalId: idAt(customer, 'id'),
    name: nameIn(customer) || nameIn(billing) || (lineAt(billing, nameMax, 'name') ?? ''),
    email: lineAt(order, 254, 'email') ?? lineAt(order, 254, 'contact_email') ?? lineAt(customer, 254, 'email'),
    phone: lineAt(order, 40, 'phone') ?? lineAt(customer, 40, 'phone') ?? lineAt(billing, 40, 'phone'),
    ...(agrees(at(customer, 'sms_marketing_consent', 'state')) ? { agreedToTexts: true as const } : {}),
  }
}

const nameIn = (json: Json | undefined): string =>
  fullName(lineAt(json, nameMax, 'first_name'), lineAt(json, nameMax, 'last_name'))

/** The money of a refund is in its transactions: one that only restocks has none. */
function readRefund(refund: Json): EventReading {
  const [id, jobId] = [idAt(refund, 'id'), idAt(refund, 'order_id')]
  if (id === null || jobId === null) return rejected('job_missing')
  const notes: JobEventNote[] = []
  let [done, pending] = [0, 0]
  for (const transaction of listAt(refund, 'transactions')) {
    if (lineAt(transaction, 40, 'kind') !== 'refund') continue
    const currency = currencyAt(transaction, 'currency')
    if (currency === null) throw new Unreadable('currency_unknown', { currency: '' })
    const amount = decimalAt(transaction, 'amount', { currency, notes })
    const status = lineAt(transaction, 40, 'status')
    if (status === 'success') done += amount
    else if (status === 'pending') pending += amount
  }
  const state = done > 0 ? 'done' : pending > 0 ? 'pending' : 'failed'
  return eventOf('job.refunded', {
    isTest: listAt(refund, 'transactions').some((transaction) => at(transaction, 'test') === true),
    occurredAt: momentAt(refund, 'processed_at') ?? momentAt(refund, 'created_at'),
    jobIds: [jobId],
    refund: { is: 'one', id, amount: done > 0 ? done : pending, state },
    notes,
  })
}

function readCustomer(customer: Json): EventReading {
  return eventOf('contact.upserted', {
    occurredAt: momentAt(customer, 'updated_at') ?? momentAt(customer, 'created_at'),
    person: {
      externalId: idAt(customer, 'id'),
      name: nameIn(customer),
      email: lineAt(customer, 254, 'email'),
      phone: lineAt(customer, 40, 'phone'),
    },
  })
}
