import type { JobEventNote } from '@goodword/contracts'
import { readStripe } from './amounts.ts'
import { amountOf, at, currencyAt, idAt, isObject, lineAt, momentAt, nameMax, rawText, titleAt } from './fields.ts'
import {
  type EventPerson,
  type EventReading,
  eventOf,
  ignored,
  type JobRefund,
  rejected,
  Unreadable,
} from './jobEvent.ts'
import type { Json } from './jsonText.ts'

/** The fields of an event that every type has. */
type Sent = { type: string; isTest: boolean; createdAt: number | null; object: Json }

/**
 * Stripe's events. A checkout and its invoice are one job: it is named by the invoice, else by the payment intent, else
 * by the session. Refunds come from `refund.*`; a charge's `amount_refunded` is a running total.
 */
export function readStripeEvent(json: Json): EventReading {
  if (!isObject(json)) return rejected('body_not_an_object')
  const type = lineAt(json, 100, 'type')
  const kind = lineAt(json, 40, 'object')
  if (kind?.startsWith('v2.') || type?.startsWith('v2.')) return rejected('stripe_thin_payload', { type })
  if (type === null) return rejected('type_missing')
  const object = at(json, 'data', 'object')
  if (!isObject(object)) return rejected('stripe_thin_payload', { type })
  const read = readers.get(type)
  if (!read) return ignored('type_not_used', { type })
  return read({ type, isTest: at(json, 'livemode') === false, createdAt: momentAt(json, 'created'), object })
}

/** The event's own id, by which a delivery is recognized. */
export const stripeEventId = (json: Json): string | null => idAt(json, 'id')

const readers = new Map<string, (sent: Sent) => EventReading>(
  Object.entries({
    'invoice.paid': readInvoice,
    'invoice_payment.paid': readInvoicePayment,
    'checkout.session.completed': (sent) => readSession(sent, isUnpaid(sent.object) ? 'opened' : 'invoiced'),
    'checkout.session.async_payment_succeeded': (sent) => readSession(sent, 'invoiced'),
    'checkout.session.async_payment_failed': (sent) => readSession(sent, 'canceled'),
    'refund.created': readRefund,
    'refund.updated': readRefund,
    'refund.failed': readRefund,
    'charge.refunded': (sent) => readCharge(sent),
    'charge.dispute.created': (sent) => readDispute(sent),
  }),
)

const isUnpaid = (session: Json): boolean => lineAt(session, 40, 'payment_status') === 'unpaid'

/** An id, or the object it was expanded to. */
const reference = (json: Json | undefined, name: string): string | null => idAt(json, name) ?? idAt(json, name, 'id')

const distinct = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

/** An amount in Stripe's way of counting. Without a currency only 0 can be read. */
function amountAt(object: Json, field: string, notes: JobEventNote[]) {
  const text = rawText(at(object, field))
  const currency = currencyAt(object, 'currency')
  if (text === null || (currency === null && text === '0')) return { amount: 0, currency }
  if (currency === null) throw new Unreadable('currency_unknown', { currency: '' })
  return { amount: amountOf(readStripe(text, currency), field, text, notes), currency }
}

function readInvoice({ isTest, createdAt, object }: Sent): EventReading {
  const notes: JobEventNote[] = []
  const occurredAt = momentAt(object, 'status_transitions', 'paid_at') ?? createdAt
  return eventOf('job.invoiced', {
    isTest,
    occurredAt,
    jobIds: distinct([idAt(object, 'id'), reference(object, 'payment_intent'), reference(object, 'charge')]),
    title: titleAt(object, 'lines', 'data', 0, 'description') ?? titleAt(object, 'description'),
    invoiceNumber: lineAt(object, 100, 'number'),
    marks: occurredAt === null ? {} : { invoiced: occurredAt },
    value: amountAt(object, 'amount_paid', notes),
    person: personOf({
      externalId: reference(object, 'customer'),
      name: lineAt(object, nameMax, 'customer_name') ?? '',
      email: lineAt(object, 254, 'customer_email'),
      phone: lineAt(object, 40, 'customer_phone'),
    }),
    notes,
  })
}

/** Since 2025-03-31 an invoice doesn't name its payment, nor a charge its invoice: only this event has the pair. */
function readInvoicePayment({ isTest, createdAt, object }: Sent): EventReading {
  const jobId = reference(object, 'invoice')
  const alias = reference(at(object, 'payment'), 'payment_intent') ?? reference(at(object, 'payment'), 'charge')
  if (jobId === null) return rejected('job_missing')
  if (alias === null) return ignored('nothing_new')
  return { is: 'link', jobId, alias, isTest, occurredAt: createdAt }
}

function readSession({ isTest, createdAt, object }: Sent, mark: 'opened' | 'invoiced' | 'canceled'): EventReading {
  if (lineAt(object, 40, 'mode') === 'setup')
    return ignored('type_not_used', { type: 'checkout.session.completed, setup' })
  const notes: JobEventNote[] = []
  const details = at(object, 'customer_details')
  return eventOf(`job.${mark}`, {
    isTest,
    occurredAt: createdAt,
    jobIds: distinct([reference(object, 'invoice'), reference(object, 'payment_intent'), idAt(object, 'id')]),
    title: titleAt(object, 'line_items', 'data', 0, 'description'),
    marks: createdAt === null ? {} : { [mark]: createdAt },
    value: amountAt(object, 'amount_total', notes),
    person: personOf({
      externalId: reference(object, 'customer'),
      name: lineAt(details, nameMax, 'name') ?? '',
      email: lineAt(details, 254, 'email') ?? lineAt(object, 254, 'customer_email'),
      phone: lineAt(details, 40, 'phone'),
    }),
    notes,
  })
}

const failed = new Set(['failed', 'canceled'])

function readRefund(sent: Sent): EventReading {
  const { object, type } = sent
  const id = idAt(object, 'id')
  if (id === null) return rejected('job_missing')
  const status = lineAt(object, 40, 'status') ?? 'succeeded'
  const state = type === 'refund.failed' || failed.has(status) ? 'failed' : status === 'succeeded' ? 'done' : 'pending'
  return refundEvent(sent, 'amount', (amount) => ({ is: 'one', id, amount, state }), [])
}

const readCharge = (sent: Sent): EventReading =>
  refundEvent(sent, 'amount_refunded', (amount) => ({ is: 'total', amount }), [
    reference(sent.object, 'invoice'),
    reference(sent.object, 'payment_intent'),
    idAt(sent.object, 'id'),
  ])

const readDispute = (sent: Sent): EventReading =>
  refundEvent(sent, 'amount', (amount) => ({ is: 'dispute', amount }), [])

function refundEvent(
  { isTest, createdAt, object }: Sent,
  field: string,
  refundOf: (amount: number) => JobRefund,
  ids: (string | null)[],
): EventReading {
  const notes: JobEventNote[] = []
  const jobIds = distinct([...ids, reference(object, 'payment_intent'), reference(object, 'charge')])
  if (jobIds.length === 0) return rejected('job_missing')
  const { amount } = amountAt(object, field, notes)
  return eventOf('job.refunded', { isTest, occurredAt: createdAt, jobIds, refund: refundOf(amount), notes })
}

const personOf = (person: EventPerson): EventPerson | null =>
  person.externalId === null && person.email === null && person.phone === null && person.name === '' ? null : person
