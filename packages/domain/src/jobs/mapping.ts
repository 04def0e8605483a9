import type { ConnectionMapping, JobEventNote, JobEventType, MappedFields } from '@goodword/contracts'
import { visibleLine } from '@goodword/contracts'
import { readDecimal, readMinor } from './amounts.ts'
import {
  agrees,
  amountOf,
  at,
  currencyAt,
  idAt,
  isTrue,
  lineAt,
  momentAt,
  nameMax,
  rawText,
  titleAt,
} from './fields.ts'
import { type EventReading, ignored, type JobRefund, rejected } from './jobEvent.ts'
import type { Json } from './jsonText.ts'
import { checkedEvent, isJobEventType, isSomebody, scoreOf } from './standard.ts'

/** `$.order.lines[0]["unit price"]`, with or without the "$.". Null if it can't be read. */
export function parsePath(text: string): (string | number)[] | null {
  let rest = text.trim().replace(/^\$(?=$|[.[])/, '')
  const steps: (string | number)[] = []
  while (rest !== '') {
    const match = /^(?:\.?([^.[\]"'\s][^.[\]"']*)|\[(\d{1,6})\]|\["((?:[^"\\]|\\.)*)"\])/.exec(rest)
    if (!match || (steps.length === 0 && rest.startsWith('.') && !text.trim().startsWith('$'))) return null
    const [whole, name, index, quoted] = match
    steps.push(index !== undefined ? Number(index) : (name?.trim() ?? (quoted ?? '').replace(/\\(.)/g, '$1')))
    rest = rest.slice(whole.length)
  }
  return steps.length > 20 ? null : steps
}

const follow = (json: Json, path: string | undefined): Json | undefined => {
  const steps = path === undefined ? null : parsePath(path)
  return steps === null ? undefined : at(json, ...steps)
}

/** The items that a mapping reads one by one: those of a list somewhere in the body; null if there is no list there. */
export function itemsOf(json: Json, mapping: Pick<ConnectionMapping, 'list'> | null): readonly Json[] | null {
  const items = mapping?.list === undefined ? json : follow(json, mapping.list)
  return Array.isArray(items) ? (items as readonly Json[]) : null
}

/** Any other system's event, read by where the mapping says things stand. */
export function readMappedEvent(json: Json, mapping: ConnectionMapping, currency: string): EventReading {
  const unmet = unmetCondition(json, mapping)
  if (unmet) return ignored('condition_not_met', unmet)
  const found = typeOf(json, mapping)
  if (found.type === null)
    return found.sent === null ? rejected('type_missing') : ignored('type_not_used', { type: found.sent })
  const { fields } = mapping
  const notes: JobEventNote[] = []
  const sent = mapping.currency ?? currencyAt(follow(json, fields.currency))
  const money = { unit: mapping.amountUnit, currency: sent ?? currency, notes }
  const value = amountIn(json, fields.value, money)
  const refunded = amountIn(json, fields.refundAmount, money)
  const person = personIn(json, fields)
  const opportunityId = idAt(follow(json, fields.opportunityId))
  const jobId = idAt(follow(json, fields.jobId))
  return checkedEvent(found.type, {
    isTest: isTrue(follow(json, fields.test)),
    occurredAt: momentAt(follow(json, fields.occurredAt)),
    jobIds: jobId === null ? [] : [jobId],
    title: titleAt(follow(json, fields.title)),
    invoiceNumber: lineAt(follow(json, fields.invoiceNumber), 100),
    value: value === null ? null : { amount: value, currency: sent },
    score: scoreOf(rawText(follow(json, fields.score))),
    refund: found.type === 'job.refunded' ? refundOf(idAt(follow(json, fields.refundId)), refunded ?? value) : null,
    person: isSomebody(person) ? person : null,
    opportunity: opportunityId === null ? null : { id: opportunityId, title: titleAt(follow(json, fields.title)) },
    notes,
  })
}

/** The delivery's id in the body, where the mapping names one. */
export const mappedDeliveryId = (json: Json, { fields }: ConnectionMapping): string | null =>
  idAt(follow(json, fields.deliveryId))

/** What the sender calls the event; null where every event is of one type. */
export const mappedType = (json: Json, { type }: ConnectionMapping): string | null =>
  type.is === 'at' ? lineAt(follow(json, type.path), 100) : null

function unmetCondition(json: Json, { conditions }: ConnectionMapping) {
  for (const { path, is, value } of conditions) {
    const found = rawText(follow(json, path))
    const equal = found !== null && visibleLine(found).toLowerCase() === visibleLine(value).toLowerCase()
    if (equal !== (is === 'equal'))
      return { path, is, value, found: found === null ? null : visibleLine(found).slice(0, 100) }
  }
  return null
}

function typeOf(json: Json, { type }: ConnectionMapping): { type: JobEventType | null; sent: string | null } {
  if (type.is === 'always') return { type: type.type, sent: type.type }
  const sent = lineAt(follow(json, type.path), 100)
  if (sent === null) return { type: null, sent: null }
  const meant = type.values.find(({ value }) => value.toLowerCase() === sent.toLowerCase())
  return { type: meant?.type ?? (isJobEventType(sent) ? sent : null), sent }
}

type Money = { unit: ConnectionMapping['amountUnit']; currency: string; notes: JobEventNote[] }

function amountIn(json: Json, path: string | undefined, { unit, currency, notes }: Money): number | null {
  const text = rawText(follow(json, path))
  if (path === undefined || text === null) return null
  return amountOf(unit === 'minor' ? readMinor(text, currency) : readDecimal(text, currency), path, text, notes)
}

const refundOf = (id: string | null, amount: number | null): JobRefund | null => {
  if (amount === null) return null
  return id === null ? { is: 'total', amount } : { is: 'one', id, amount, state: 'done' }
}

function personIn(json: Json, fields: MappedFields) {
  const name = [fields.name, fields.lastName].map((path) => lineAt(follow(json, path), nameMax))
  return {
    externalId: idAt(follow(json, fields.customerId)),
    name: name
      .filter((part) => part !== null)
      .join(' ')
      .slice(0, nameMax),
    email: lineAt(follow(json, fields.email), 254),
    phone: lineAt(follow(json, fields.phone), 40),
    ...(agrees(follow(json, fields.agreedToTexts)) ? { agreedToTexts: true as const } : {}),
  }
}
