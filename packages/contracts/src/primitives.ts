import * as z from 'zod'
import { plainPhone } from './phoneText.ts'
import { isWebAddress, visibleLine, visibleText } from './text.ts'

/**
 * The prefix of an id says what it identifies. An id is `<prefix>_<26 lowercase base32 characters>` and sorts by
 * time.
 */
export const idPrefixes = {
  organization: 'org',
  person: 'per',
  session: 'ses',
  verification: 'ver',
  identity: 'idn',
  member: 'mem',
  site: 'sit',
  key: 'key',
  contact: 'con',
  contactAddress: 'adr',
  campaign: 'cam',
  terms: 'trm',
  enrollment: 'adv',
  referral: 'ref',
  referralEvent: 'rev',
  conversion: 'cnv',
  reward: 'rwd',
  account: 'acc',
  transfer: 'trf',
  message: 'msg',
  audit: 'aud',
  portalSession: 'pse',
  duplicate: 'dup',
  note: 'not',
  discountCode: 'dsc',
  creditRequest: 'crq',
  creditEntry: 'cre',
  wording: 'wrd',
  suppression: 'sup',
  webhookEndpoint: 'whe',
  event: 'evt',
  webhookDelivery: 'whd',
  webhookAttempt: 'wha',
  import: 'imp',
  importRow: 'imr',
  embedEvent: 'eev',
  trace: 'trc',
  connection: 'cnx',
  connectionSecret: 'cns',
  job: 'job',
  jobEvent: 'jev',
  jobTodo: 'jtd',
  rewardAdjustment: 'rad',
  invitation: 'inv',
  textConsent: 'txc',
} as const

export type IdKind = keyof typeof idPrefixes

/** What follows the prefix of an id, as a regular expression. Earlier versions made ids of 26 characters. */
export const idEnding = '_[0-9a-z]{14,26}'

/** A schema for one kind of id. */
export const id = (kind: IdKind) =>
  z.string().regex(new RegExp(`^${idPrefixes[kind]}${idEnding}$`), `Use an id that starts with ${idPrefixes[kind]}_.`)

/** The path parameters of an endpoint for one record. */
export const idParams = (kind: IdKind) => z.strictObject({ id: id(kind) })

export const currencies = [
  'USD',
  'EUR',
  'GBP',
  'CAD',
  'AUD',
  'NZD',
  'CHF',
  'JPY',
  'SEK',
  'NOK',
  'DKK',
  'BRL',
  'MXN',
] as const
/** ISO 4217. */
export const Currency = z.enum(currencies)
export type Currency = z.infer<typeof Currency>

/** The largest accepted amount: a billion in major units, far below 2^53. */
export const amountMax = 100_000_000_000

/** Money above zero, in the minor unit of its currency (SPEC §3). */
export const PositiveAmount = z.int().min(1, 'Enter an amount above zero.').max(amountMax, 'That amount is too large.')
/** Money, zero allowed, in the minor unit of its currency. */
export const Amount = z.int().min(0).max(amountMax)

/** 1 is a hundredth of a percent; 10,000 is 100% (SPEC §3). */
export const BasisPoints = z.int().min(1, 'Enter at least 0.01 percent.').max(10_000, 'Enter 100 percent or less.')

/** The name of a person or thing: one line without invisible characters. */
export const Name = z.string().overwrite(visibleLine).min(1, 'Enter a name.').max(100, 'Use 100 characters or fewer.')
export const Note = z.string().overwrite(visibleText).trim().max(2_000, 'Use 2,000 characters or fewer.')
export const Reason = z
  .string()
  .overwrite(visibleLine)
  .min(1, 'Say why, in a few words.')
  .max(200, 'Use 200 characters or fewer.')

export const Email = z
  .string()
  .trim()
  .max(254, 'Use a shorter email address.')
  .pipe(z.email('Enter an email address such as name@example.com.'))
/** As typed, in plain characters. The server parses it with the organization's country and stores E.164. */
export const Phone = z
  .string()
  .overwrite(plainPhone)
  .min(5, 'Enter the whole phone number.')
  .max(40, 'Enter one phone number.')
  .regex(/^(?:\D*\d){5}/, 'Use digits, spaces and + ( ) - only.')

/** Limits days and times to years far from the ends of the calendar, where time zones and arithmetic overflow it. */
const inCalendar = (value: string) => value >= '1900' && value < '2200'
const inCalendarMessage = 'Use a day between 1900 and 2199.'

/** A timestamp: ISO 8601 in UTC. */
export const Moment = z.iso.datetime().refine(inCalendar, inCalendarMessage)
/** A calendar day in the organization's time zone: 2026-05-29. */
export const Day = z.iso.date().refine(inCalendar, inCalendarMessage)

/** A URL that browsers may be sent to. */
export const WebAddress = z
  .string()
  .trim()
  .max(500, 'Use 500 characters or fewer.')
  .refine(isWebAddress, 'Enter an address that starts with https:// and holds no password.')

/** As printed: 7 letters and digits that are hard to confuse. */
export const Code = z.string().trim().min(3).max(40)

export const Metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((value) => Object.keys(value).length <= 20, 'Use 20 keys or fewer.')
export const ExternalId = z.string().trim().min(1).max(100)

/** Counts under a free filter stop here; readers see "1,000+". */
export const countedAtMost = 1_000

/** A whole number in a query: digits only. 1e2 and 0x10 are numbers to JavaScript, too, and mistakes in a URL. */
export const queryNumber = <T extends z.ZodType<number>>(schema: T) =>
  z.preprocess((value, context) => {
    if (typeof value !== 'string') return value
    if (/^\d{1,15}$/.test(value)) return Number(value)
    context.addIssue('Use a whole number, in digits only.')
    return z.NEVER
  }, schema)

/** How many items a page has. */
export const Limit = queryNumber(
  z.int().min(1, 'Ask for at least one item.').max(100, 'Ask for 100 items or fewer.'),
).default(20)

/** SPEC §14: lists return 20 items by default, 100 at most, and cursors for the next and the previous page. */
export const PageQuery = z.strictObject({
  limit: Limit,
  /** From a page of the same list with the same filters and order. */
  cursor: z.string().max(1_000).optional(),
  /** The last page. Not together with a cursor. */
  last: z.literal('true').optional(),
})

/** Where the pages before and after this one start; null at the ends of a list. */
export const pageCursors = { nextCursor: z.string().nullable(), previousCursor: z.string().nullable() }

/**
 * The beginnings of words, in any order: of a name, an email or a part of it, a code or an id from another system, or the
 * end of a phone number from three digits on. Case and accents don't matter. Every word must match.
 */
export const SearchText = z.string().trim().max(100, 'Use 100 characters or fewer.')

/** Only with a search that matches more than 1,000: the list holds the newest of them. Another word narrows it. */
export const moreMatches = { moreMatches: z.literal(true).optional() }

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), ...pageCursors, ...moreMatches })
export type Page<T> = {
  items: T[]
  nextCursor: string | null
  previousCursor: string | null
  moreMatches?: true | undefined
}
