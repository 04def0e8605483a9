import { type JobEventNote, type JobEventType, jobEventTypes } from '@goodword/contracts'
import { readDecimal, readMinor } from './amounts.ts'
import {
  agrees,
  amountOf,
  at,
  currencyAt,
  idAt,
  isObject,
  isTrue,
  lineAt,
  momentAt,
  nameMax,
  rawText,
  titleAt,
} from './fields.ts'
import {
  type EventPerson,
  type EventReading,
  eventOf,
  ignored,
  type JobMarks,
  type JobRefund,
  rejected,
  Unreadable,
} from './jobEvent.ts'
import type { Json } from './jsonText.ts'

export const isJobEventType = (text: string): text is JobEventType =>
  (jobEventTypes as readonly string[]).includes(text)

/** What our own events may say: `{"type":"job.completed","timestamp":"…","data":{"job":"4471","amount":38500,…}}`. */
export function readStandardEvent(json: Json, currency: string): EventReading {
  if (!isObject(json)) return rejected('body_not_an_object')
  const type = lineAt(json, 100, 'type')
  if (type === null) return rejected('type_missing')
  if (!isJobEventType(type)) return ignored('type_not_used', { type })
  const data = at(json, 'data')
  const notes: JobEventNote[] = []
  const sent = currencyAt(data, 'currency')
  const value = amountIn(data, { minor: 'amount', major: 'value', currency: sent ?? currency, notes })
  return checkedEvent(type, {
    isTest: isTrue(at(json, 'test')),
    occurredAt: momentAt(json, 'timestamp') ?? momentAt(data, 'occurredAt'),
    jobIds: [idAt(data, 'job') ?? idAt(data, 'job', 'id')].filter((id) => id !== null),
    title: titleAt(data, 'title'),
    invoiceNumber: lineAt(data, 100, 'invoice'),
    value: value === null ? null : { amount: value, currency: sent },
    score: scoreOf(rawText(at(data, 'score'))),
    refund: type === 'job.refunded' ? refundIn(data, value) : null,
    person: personIn(at(data, 'customer')),
    opportunity: opportunityIn(at(data, 'opportunity')),
    creditApplied: amountIn(data, { minor: 'creditApplied', major: null, currency: sent ?? currency, notes }),
    notes,
  })
}

type ReadFields = Omit<Parameters<typeof eventOf>[1], 'marks'> & {
  occurredAt: number | null
  jobIds: string[]
  notes: JobEventNote[]
}

/** An event of a type in our words, if it has what this type needs. Shared with mappings. */
export function checkedEvent(type: JobEventType, given: ReadFields): EventReading {
  const isOfJob = type.startsWith('job.') || type === 'review.received'
  if (isOfJob && given.jobIds.length === 0) return rejected('job_missing')
  if (type === 'review.received' && (given.score ?? null) === null) return rejected('score_missing')
  if (type === 'opportunity.won' && !given.opportunity) return rejected('opportunity_missing')
  if (type === 'contact.upserted' && !given.person) return rejected('person_missing')
  if (type === 'job.refunded' && !given.refund) return rejected('amount_missing', { field: 'amount' })
  const notes = [...given.notes]
  if ((type === 'job.completed' || type === 'job.invoiced') && !given.person) notes.push('no_person')
  if (type === 'job.invoiced' && !given.value) notes.push('no_amount')
  const isRefund = type === 'job.refunded'
  return eventOf(type, {
    ...given,
    notes,
    value: isRefund ? null : (given.value ?? null),
    marks: marksOf(type, given.occurredAt),
  })
}

const marked = {
  'job.opened': 'opened',
  'job.completed': 'completed',
  'job.invoiced': 'invoiced',
  'job.canceled': 'canceled',
} as const

function marksOf(type: JobEventType, occurredAt: number | null): JobMarks {
  const mark = Object.hasOwn(marked, type) ? marked[type as keyof typeof marked] : null
  return mark === null || occurredAt === null ? {} : { [mark]: occurredAt }
}

type AmountField = { minor: string; major: string | null; currency: string; notes: JobEventNote[] }

/** Whole minor units, or an amount with decimals as text or number; null if it has neither. */
function amountIn(data: Json | undefined, { minor, major, currency, notes }: AmountField): number | null {
  const whole = rawText(at(data, minor))
  if (whole !== null) return amountOf(readMinor(whole, currency), minor, whole, notes)
  const decimal = major === null ? null : rawText(at(data, major))
  return major === null || decimal === null ? null : amountOf(readDecimal(decimal, currency), major, decimal, notes)
}

/** 1 to 5, written as a whole number. Throws score_invalid. */
export function scoreOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null
  if (!/^[1-5](?:\.0+)?$/.test(text.trim())) throw new Unreadable('score_invalid', { sent: text.slice(0, 20) })
  return Number(text.trim()[0])
}

function refundIn(data: Json | undefined, amount: number | null): JobRefund | null {
  if (amount === null) return null
  const id = idAt(data, 'refund') ?? idAt(data, 'refund', 'id')
  // Without an id it can only say how much was refunded by then: the same again is nothing new.
  return id === null ? { is: 'total', amount } : { is: 'one', id, amount, state: 'done' }
}

function personIn(customer: Json | undefined): EventPerson | null {
  const person = {
    externalId: idAt(customer, 'id'),
    name: lineAt(customer, nameMax, 'name') ?? '',
    email: lineAt(customer, 254, 'email'),
    phone: lineAt(customer, 40, 'phone'),
    ...(agrees(at(customer, 'agreedToTexts')) ? { agreedToTexts: true as const } : {}),
  }
  return isSomebody(person) ? person : null
}

/** Whether there is anything by which a contact can be found, or at least called. */
export const isSomebody = ({ externalId, name, email, phone }: EventPerson): boolean =>
  externalId !== null || email !== null || phone !== null || name !== ''

function opportunityIn(json: Json | undefined) {
  const id = idAt(json) ?? idAt(json, 'id')
  return id === null ? null : { id, title: titleAt(json, 'title') }
}
