import { type Currency, type RewardValue, type SideTerms, Terms } from '@goodword/contracts'
import { parseMoney } from '@goodword/domain'
import type { FieldErrors } from '../core/failure.ts'
import { issuesByField } from '../core/form.ts'
import { type Draft, takesBonuses, takesTiers } from './draft.ts'
import { formErrorName } from './draftForm.ts'
import type { SideDraft, TierDraft } from './draftSide.ts'

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

const percentSentence = 'Enter a percentage such as 5 or 2.5.'

type ValueFields = Pick<SideDraft, 'amount' | 'percent' | 'least' | 'most'>

function amountOf({ money, required }: Reader, name: string, { amount }: Pick<ValueFields, 'amount'>): number {
  return required(`${name}.amount`, money(`${name}.amount`, amount), amountSentence) ?? 1
}

function shareOf({ percent, required }: Reader, name: string, fields: Pick<ValueFields, 'percent'>): number {
  return required(`${name}.percent`, percent(`${name}.percent`, fields.percent), percentSentence) ?? 1
}

function readValue(reader: Reader, name: string, type: RewardValue['type'], fields: ValueFields): RewardValue {
  if (type === 'fixed') return { type, amount: amountOf(reader, name, fields) }
  const least = reader.money(`${name}.least`, fields.least)
  const most = reader.money(`${name}.most`, fields.most)
  if (least !== undefined && most !== undefined && least > most)
    reader.errors[`${name}.most`] = 'The least must not be above the most.'
  const bounds = { ...given('minAmount', least), ...given('maxAmount', most) }
  return { type, basisPoints: shareOf(reader, name, fields), ...bounds }
}

function sideOf(reader: Reader, name: 'friend' | 'advocate', side: SideDraft): SideTerms {
  const { money, required } = reader
  if (side.kind === 'none') return { kind: 'none' }
  const minJob = given('minJobValue', money(`${name}.minJob`, side.minJob))
  if (side.kind === 'custom') {
    const text = required(`${name}.text`, side.text.trim() || undefined, 'Say what they get.') ?? ''
    return { kind: 'custom', text, ...given('amount', money(`${name}.amount`, side.amount)), ...minJob }
  }
  if (side.kind === 'discount_code') {
    const { source } = side
    const discount =
      side.discount === 'flat'
        ? ({ type: 'flat', amount: amountOf(reader, name, side) } as const)
        : ({ type: 'percent', basisPoints: shareOf(reader, name, side) } as const)
    return { kind: 'discount_code', discount, source, ...minJob }
  }
  return { kind: 'credit', value: readValue(reader, name, side.kind, side), ...minJob }
}

/** Rows that say which friend they are for, in order; a second one for the same friend is an error of that row. */
function inOrder<T>(reader: Reader, rows: { name: string; at: string; read: () => T }[]): ({ at: number } & T)[] {
  const taken = new Set<number>()
  const read = rows.map((row) => {
    const at = reader.required(row.name, reader.count(row.name, row.at), countSentence) ?? 1
    if (taken.has(at) && reader.errors[row.name] === undefined)
      reader.errors[row.name] = 'There is a row for this friend already.'
    if (at < 1 || at > 1_000) reader.errors[row.name] ??= 'Enter a number from 1 to 1,000.'
    taken.add(at)
    return { at, ...row.read() }
  })
  return read.sort((a, b) => a.at - b.at)
}

function tiersOf(reader: Reader, tiers: TierDraft[]): Terms['tiers'] {
  const rows = tiers.map((tier) => ({
    name: `tier.${tier.key}.from`,
    at: tier.from,
    read: () => ({ value: readValue(reader, `tier.${tier.key}`, tier.type, tier) }),
  }))
  return inOrder(reader, rows).map(({ at, value }) => ({ from: at, value }))
}

function bonusesOf(reader: Reader, bonuses: Draft['bonuses']): Terms['milestones'] {
  const rows = bonuses.map((bonus) => ({
    name: `bonus.${bonus.key}.at`,
    at: bonus.at,
    read: () => ({ amount: amountOf(reader, `bonus.${bonus.key}`, bonus) }),
  }))
  return inOrder(reader, rows)
}

const sideNames = (side: 'friend' | 'advocate'): Record<string, string> => ({
  [`${side}.value.maxAmount`]: `${side}.most`,
  [`${side}.value.minAmount`]: `${side}.least`,
  [`${side}.value.basisPoints`]: `${side}.percent`,
  [`${side}.value.amount`]: `${side}.amount`,
  [`${side}.discount.basisPoints`]: `${side}.percent`,
  [`${side}.discount.amount`]: `${side}.amount`,
  [`${side}.minJobValue`]: `${side}.minJob`,
})

/** Where the contract's names and the editor's differ. */
const editorNames: Record<string, string> = {
  ...sideNames('friend'),
  ...sideNames('advocate'),
  'advocateCaps.total': 'totalCap',
  'advocateCaps.year': 'yearCap',
  'advocateCaps.month': 'monthCap',
  pendingExpiresDays: 'expiresDays',
  liveReferralsMax: 'liveMax',
  milestones: 'bonuses',
}

/** Messages about fields of the terms, under the names the editor knows them by. */
export const inEditorNames = (errors: FieldErrors): FieldErrors =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const name = path.replace(/^terms\./, '')
      return [editorNames[name] ?? formErrorName(name), message]
    }),
  )

export type ReadTerms = { ok: true; terms: Terms } | { ok: false; errors: FieldErrors }

/**
 * The terms that are typed, or what is wrong with them. Tiers and bonuses that do not go with the kind of reward stay as
 * `published` has them, and are not looked at.
 */
export function termsOf(draft: Draft, published: Terms | null, currency: Currency): ReadTerms {
  const reader = createReader(currency)
  const { advocate } = draft
  const typed = {
    advocate: sideOf(reader, 'advocate', advocate),
    friend: sideOf(reader, 'friend', draft.friend),
    tiers: takesTiers(advocate) ? tiersOf(reader, draft.tiers) : (published?.tiers ?? []),
    milestones: takesBonuses(advocate) ? bonusesOf(reader, draft.bonuses) : (published?.milestones ?? []),
    countEachYear: draft.countEachYear,
    honor: draft.honor,
    existingCustomers: draft.existingCustomers,
    approval: draft.approval,
    holdDays: reader.count('holdDays', draft.holdDays) ?? 0,
    pendingExpiresDays: reader.count('expiresDays', draft.expiresDays),
    liveReferralsMax: reader.count('liveMax', draft.liveMax),
    budget: reader.money('budget', draft.budget),
    advocateCaps: {
      ...given('total', reader.money('totalCap', draft.totalCap)),
      ...given('year', reader.money('yearCap', draft.yearCap)),
      ...given('month', reader.money('monthCap', draft.monthCap)),
    },
  }
  const parsed = Terms.safeParse(typed)
  const errors = {
    ...(parsed.success ? {} : inEditorNames(issuesByField(parsed.error.issues))),
    ...reader.errors,
  }
  return parsed.success && Object.keys(errors).length === 0 ? { ok: true, terms: parsed.data } : { ok: false, errors }
}
