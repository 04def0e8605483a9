import type { ConnectionMapping, MappedFields } from '@goodword/contracts'
import { currencyDigits, stripeDigits } from './currencies.ts'
import type { ReadBy } from './interpret.ts'
import { parsePath } from './mapping.ts'

/** A request as a connected system would send it. `topic` is what a shop says in a header. */
export type SampleRequest = { topic: string; body: string }

const customer = { name: 'Jamie Test', first: 'Jamie', last: 'Test', email: 'jamie.test@example.com' }
const title = 'Test job'

/** A paid job of 385 in the shape that a connection reads, marked as a test where that shape can say so. */
export function sampleRequest(by: ReadBy, now: number, jobId: string): SampleRequest {
  const { topic, body } = sampleOf(by, new Date(now), jobId)
  return { topic, body: JSON.stringify(body) }
}

function sampleOf(by: ReadBy, now: Date, jobId: string): { topic: string; body: unknown } {
  const { kind, mapping, currency } = by
  if (kind === 'stripe') return { topic: '', body: ofStripe(now, jobId, currency) }
  if (kind === 'shopify') return { topic: 'orders/paid', body: ofShopify(now, jobId, currency) }
  if (kind === 'woocommerce') return { topic: 'order.updated', body: ofWooCommerce(now, jobId, currency) }
  return { topic: '', body: mapping ? ofMapping(mapping, now, jobId, currency) : standardSample(now, jobId, currency) }
}

const minor = (digits: number | null): number => 385 * 10 ** (digits ?? 2)

/** An event in our own shape, as Settings and the guides show it. */
export const standardSample = (now: Date, jobId: string, currency: string) => ({
  type: 'job.invoiced',
  timestamp: now.toISOString(),
  test: true,
  data: {
    job: jobId,
    title,
    amount: minor(currencyDigits(currency)),
    customer: { name: customer.name, email: customer.email },
  },
})

const ofStripe = (now: Date, jobId: string, currency: string) => ({
  id: `evt_${jobId}`,
  object: 'event',
  type: 'invoice.paid',
  created: Math.floor(now.getTime() / 1_000),
  livemode: false,
  data: {
    object: {
      id: `in_${jobId}`,
      object: 'invoice',
      number: jobId,
      currency: currency.toLowerCase(),
      amount_paid: minor(stripeDigits(currency)),
      customer_name: customer.name,
      customer_email: customer.email,
      lines: { data: [{ description: title }] },
    },
  },
})

const ofShopify = (now: Date, jobId: string, currency: string) => ({
  id: jobId,
  name: `#${jobId}`,
  test: true,
  currency,
  total_price: '385',
  updated_at: now.toISOString(),
  email: customer.email,
  customer: { first_name: customer.first, last_name: customer.last },
  line_items: [{ title }],
})

const ofWooCommerce = (now: Date, jobId: string, currency: string) => ({
  id: jobId,
  number: jobId,
  status: 'completed',
  currency,
  total: '385',
  date_modified_gmt: now.toISOString().slice(0, 19),
  customer_id: 0,
  billing: { first_name: customer.first, last_name: customer.last, email: customer.email },
  line_items: [{ name: title }],
  refunds: [],
})

/** A body in which everything stands where the mapping looks for it. */
function ofMapping(mapping: ConnectionMapping, now: Date, jobId: string, currency: string): unknown {
  const digits = currencyDigits(mapping.currency ?? currency)
  const amount = mapping.amountUnit === 'minor' ? minor(digits) : '385'
  const values: Required<{ [Field in keyof MappedFields]: unknown }> = {
    deliveryId: jobId,
    occurredAt: now.toISOString(),
    jobId,
    title,
    invoiceNumber: jobId,
    value: amount,
    currency: mapping.currency ?? currency,
    score: 5,
    customerId: jobId,
    name: mapping.fields.lastName === undefined ? customer.name : customer.first,
    lastName: customer.last,
    email: customer.email,
    phone: undefined,
    agreedToTexts: undefined,
    refundId: jobId,
    refundAmount: amount,
    opportunityId: jobId,
    test: true,
  }
  let item: unknown = {}
  for (const field of Object.keys(values) as (keyof MappedFields)[])
    item = withValue(item, stepsOf(mapping.fields[field]), values[field])
  if (mapping.type.is === 'at')
    item = withValue(item, stepsOf(mapping.type.path), mapping.type.values[0]?.value ?? 'job.invoiced')
  for (const { path, is, value } of mapping.conditions) if (is === 'equal') item = withValue(item, stepsOf(path), value)
  return mapping.list === undefined ? item : withValue({}, stepsOf(mapping.list), [item])
}

const stepsOf = (path: string | undefined) => (path === undefined ? null : parsePath(path))

/** What is at the path becomes the value, with the objects and lists that lead there. Positions before it stay empty. */
function withValue(into: unknown, steps: (string | number)[] | null, value: unknown): unknown {
  if (steps === null || value === undefined) return into
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(into) ? [...into] : []
    if (step > 100) return into
    while (list.length <= step) list.push(null)
    list[step] = withValue(list[step], rest, value)
    return list
  }
  const before = into !== null && typeof into === 'object' && !Array.isArray(into) ? into : {}
  const inner = Object.hasOwn(before, step) ? Reflect.get(before, step) : undefined
  return { ...before, [step]: withValue(inner, rest, value) }
}
