import { type Currency, type SideTerms, Terms } from '@goodword/contracts'
import { parseMoney } from '@goodword/domain'
import type { FieldErrors } from '../core/failure.ts'
import { issuesByField } from '../core/form.ts'
import type { Draft, SideDraft } from './draft.ts'

/** "5" and "2.5%" as basis points; null when it is no percentage with at most two decimals. */
export function parsePercent(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(text.trim())
  if (!match) return null
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** "14" as 14; null when it is no whole number. */
export const parseCount = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null)

const amountSentence = 'Enter an amount such as 25.00.'
const countSentence = 'Enter a whole number.'

/** Reads fields and notes where one cannot be read, by the field's name in the editor. */
function createReader(currency: Currency) {
  const errors: Record<string, string> = {}
  const read = <T>(name: string, text: string, parse: (text: string) => T | null, sentence: string): T | undefined => {
    if (text.trim() === '') return undefined
    const value = parse(text)
    if (value === null) errors[name] = sentence
    return value ?? undefined
  }
  const required = <T>(name: string, value: T | undefined, sentence: string): T | undefined => {
    if (value === undefined) errors[name] ??= sentence
    return value
  }
  const money = (name: string, text: string) =>
    read(
      name,
      text,
      (given) => {
        const amount = parseMoney(given, currency)
        return amount !== null && amount > 0 ? amount : null
      },
      amountSentence,
    )
  const count = (name: string, text: string) => read(name, text, parseCount, countSentence)
  const percent = (name: string, text: string) => read(name, text, parsePercent, 'Enter a percentage such as 5 or 2.5.')
  return { errors, money, count, percent, required }
}

type Reader = ReturnType<typeof createReader>
const given = <K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { [key in K]?: V }

function sideOf(reader: Reader, name: 'friend' | 'advocate', side: SideDraft): SideTerms {
  const { money, percent, required } = reader
  if (side.kind === 'none') return { kind: 'none' }
  const minJob = given('minJobValue', money(`${name}.minJob`, side.minJob))
  if (side.kind === 'custom') {
    const text = required(`${name}.text`, side.text.trim() || undefined, 'Say what they get.') ?? ''
    return { kind: 'custom', text, ...given('amount', money(`${name}.amount`, side.amount)), ...minJob }
  }
  if (side.kind === 'fixed') {
    const amount = required(`${name}.amount`, money(`${name}.amount`, side.amount), amountSentence) ?? 1
    return { kind: 'credit', value: { type: 'fixed', amount }, ...minJob }
  }
  const basisPoints =
    required(`${name}.percent`, percent(`${name}.percent`, side.percent), 'Enter a percentage such as 5 or 2.5.') ?? 1
  const bounds = {
    ...given('minAmount', money(`${name}.least`, side.least)),
    ...given('maxAmount', money(`${name}.most`, side.most)),
  }
  return { kind: 'credit', value: { type: 'percent', basisPoints, ...bounds }, ...minJob }
}

function bonusesOf(reader: Reader, draft: Draft): Terms['milestones'] {
  return draft.bonuses.map(({ key, at, amount }) => ({
    at: reader.required(`bonus.${key}.at`, reader.count(`bonus.${key}.at`, at), countSentence) ?? 1,
    amount: reader.required(`bonus.${key}.amount`, reader.money(`bonus.${key}.amount`, amount), amountSentence) ?? 1,
  }))
}

/** Where the contract's names and the editor's differ. */
const editorNames: Record<string, string> = {
  'friend.value.maxAmount': 'friend.most',
  'advocate.value.maxAmount': 'advocate.most',
  'friend.value.minAmount': 'friend.least',
  'advocate.value.minAmount': 'advocate.least',
  'friend.value.basisPoints': 'friend.percent',
  'advocate.value.basisPoints': 'advocate.percent',
  'friend.value.amount': 'friend.amount',
  'advocate.value.amount': 'advocate.amount',
  'friend.minJobValue': 'friend.minJob',
  'advocate.minJobValue': 'advocate.minJob',
  'advocateCaps.year': 'yearCap',
  pendingExpiresDays: 'expiresDays',
  liveReferralsMax: 'liveMax',
  milestones: 'bonuses',
}

/** Messages about fields of the terms, under the names the editor knows them by. */
export const inEditorNames = (errors: FieldErrors): FieldErrors =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const name = path.replace(/^terms\./, '')
      return [editorNames[name] ?? name, message]
    }),
  )

export type ReadTerms = { ok: true; terms: Terms } | { ok: false; errors: FieldErrors }

/**
 * The terms that are typed, or what is wrong with them. What the editor has no field for (tiers, other caps, the
 * budget) stays as `published` has it.
 */
export function termsOf(draft: Draft, published: Terms | null, currency: Currency): ReadTerms {
  const reader = createReader(currency)
  const { year: _, ...otherCaps } = published?.advocateCaps ?? {}
  const typed = {
    ...published,
    advocate: sideOf(reader, 'advocate', draft.advocate),
    friend: sideOf(reader, 'friend', draft.friend),
    milestones: bonusesOf(reader, draft),
    countEachYear: draft.countEachYear,
    honor: draft.honor,
    existingCustomers: draft.existingCustomers,
    holdDays: reader.count('holdDays', draft.holdDays) ?? 0,
    pendingExpiresDays: reader.count('expiresDays', draft.expiresDays),
    liveReferralsMax: reader.count('liveMax', draft.liveMax),
    advocateCaps: { ...otherCaps, ...given('year', reader.money('yearCap', draft.yearCap)) },
  }
  const parsed = Terms.safeParse(typed)
  const errors = {
    ...(parsed.success ? {} : inEditorNames(issuesByField(parsed.error.issues))),
    ...reader.errors,
  }
  return parsed.success && Object.keys(errors).length === 0 ? { ok: true, terms: parsed.data } : { ok: false, errors }
}
