import { type Currency, type RewardValue, type SideTerms, Terms } from '@goodword/contracts'
import { budgetWarningPercent, defaultLinkDays, parseMoney } from '@goodword/domain'
import type { FieldErrors } from '../core/failure.ts'
import { issuesByField } from '../core/form.ts'
import { allowsBonuses, allowsTiers, type Draft } from './draft.ts'
import { editorFieldName } from './draftForm.ts'
import { parseJobs } from './draftJobs.ts'
import type { SideDraft, TierDraft } from './draftSide.ts'

/** "5" and "2.5%" as basis points; null unless it is a percentage with at most two decimals. */
export function parsePercent(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(text.trim())
  if (!match) return null
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** "14" as 14; null unless it is a whole number. */
export const parseCount = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null)

const amountSentence = 'Enter an amount such as 25.00.'
const chooseCardSentence = 'Choose a card, or let them choose any.'
const countSentence = 'Enter a whole number.'

/** Parses fields and collects errors by the editor's field names. */
function createParser(currency: Currency) {
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
      (optional) => {
        const amount = parseMoney(optional, currency)
        return amount !== null && amount > 0 ? amount : null
      },
      amountSentence,
    )
  const count = (name: string, text: string) => read(name, text, parseCount, countSentence)
  const percent = (name: string, text: string) => read(name, text, parsePercent, 'Enter a percentage such as 5 or 2.5.')
  return { errors, money, count, percent, required }
}

type FieldParser = ReturnType<typeof createParser>
const given = <K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { [key in K]?: V }

const percentSentence = 'Enter a percentage such as 5 or 2.5.'

type ValueFields = Pick<SideDraft, 'amount' | 'percent' | 'least' | 'most'>

function requiredAmount(
  { money, required }: FieldParser,
  name: string,
  { amount }: Pick<ValueFields, 'amount'>,
): number {
  return required(`${name}.amount`, money(`${name}.amount`, amount), amountSentence) ?? 1
}

function requiredPercent(
  { percent, required }: FieldParser,
  name: string,
  fields: Pick<ValueFields, 'percent'>,
): number {
  return required(`${name}.percent`, percent(`${name}.percent`, fields.percent), percentSentence) ?? 1
}

function parseValue(reader: FieldParser, name: string, type: RewardValue['type'], fields: ValueFields): RewardValue {
  if (type === 'fixed') return { type, amount: requiredAmount(reader, name, fields) }
  const least = reader.money(`${name}.least`, fields.least)
  const most = reader.money(`${name}.most`, fields.most)
  if (least !== undefined && most !== undefined && least > most)
    reader.errors[`${name}.most`] = 'The least must not be above the most.'
  const bounds = { ...given('minAmount', least), ...given('maxAmount', most) }
  return { type, basisPoints: requiredPercent(reader, name, fields), ...bounds }
}

function parseCards(
  { required }: FieldParser,
  name: string,
  { delivery, choose, cards }: SideDraft,
): { cards?: string[] } {
  if (delivery === 'hand' || choose === 'any') return {}
  return given('cards', required(`${name}.cards`, cards.length > 0 ? cards : undefined, chooseCardSentence))
}

function parseSide(reader: FieldParser, name: 'friend' | 'advocate', side: SideDraft): SideTerms {
  const { money, required } = reader
  if (side.kind === 'none') return { kind: 'none' }
  const minJob = given('minJobValue', money(`${name}.minJob`, side.minJob))
  if (side.kind === 'custom') {
    const text = required(`${name}.text`, side.text.trim() || undefined, 'Say what they get.') ?? ''
    return { kind: 'custom', text, ...given('amount', money(`${name}.amount`, side.amount)), ...minJob }
  }
  if (side.kind === 'discount_code') {
    const { source } = side
    const pattern = source === 'generated' ? side.pattern.trim().toUpperCase() : ''
    const discount =
      side.discount === 'flat'
        ? ({ type: 'flat', amount: requiredAmount(reader, name, side) } as const)
        : ({ type: 'percent', basisPoints: requiredPercent(reader, name, side) } as const)
    return { kind: 'discount_code', discount, source, ...(pattern === '' ? {} : { pattern }), ...minJob }
  }
  const value = parseValue(reader, name, side.kind, side)
  if (side.as === 'gift_card')
    return { kind: 'gift_card', value, delivery: side.delivery, ...parseCards(reader, name, side), ...minJob }
  return { kind: 'credit', value, ...minJob }
}

/** Sorts rows by their friend number; a duplicate is an error of that row. */
function parseRows<T>(
  reader: FieldParser,
  rows: { name: string; at: string; read: () => T }[],
): ({ at: number } & T)[] {
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

function parseTiers(reader: FieldParser, tiers: TierDraft[]): Terms['tiers'] {
  const rows = tiers.map((tier) => ({
    name: `tier.${tier.key}.from`,
    at: tier.from,
    read: () => ({ value: parseValue(reader, `tier.${tier.key}`, tier.type, tier) }),
  }))
  return parseRows(reader, rows).map(({ at, value }) => ({ from: at, value }))
}

function parseBonuses(reader: FieldParser, bonuses: Draft['bonuses']): Terms['milestones'] {
  const rows = bonuses.map((bonus) => ({
    name: `bonus.${bonus.key}.at`,
    at: bonus.at,
    read: () => ({ amount: requiredAmount(reader, `bonus.${bonus.key}`, bonus) }),
  }))
  return parseRows(reader, rows)
}

const sideFieldNames = (side: 'friend' | 'advocate'): Record<string, string> => ({
  [`${side}.value.maxAmount`]: `${side}.most`,
  [`${side}.value.minAmount`]: `${side}.least`,
  [`${side}.value.basisPoints`]: `${side}.percent`,
  [`${side}.value.amount`]: `${side}.amount`,
  [`${side}.discount.basisPoints`]: `${side}.percent`,
  [`${side}.discount.amount`]: `${side}.amount`,
  [`${side}.minJobValue`]: `${side}.minJob`,
})

/** Editor field names that differ from the contract's. */
const editorFieldNames: Record<string, string> = {
  ...sideFieldNames('friend'),
  ...sideFieldNames('advocate'),
  'advocateCaps.total': 'totalCap',
  'advocateCaps.year': 'yearCap',
  'advocateCaps.month': 'monthCap',
  'jobs.repeat.limit.times': 'jobs.repeatCount',
  'jobs.repeat.limit.months': 'jobs.repeatCount',
  budgetWarningPercent: 'budgetWarning',
  pendingExpiresDays: 'expiresDays',
  liveReferralsMax: 'liveMax',
  milestones: 'bonuses',
}

/** Maps error paths of the terms to the editor's field names. */
export const toEditorErrors = (errors: FieldErrors): FieldErrors =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const name = path.replace(/^terms\./, '')
      return [editorFieldNames[name] ?? editorFieldName(name), message]
    }),
  )

/** Absent while it is the default, so that publishing other changes leaves it alone. */
const linkDaysIn = (days: number | undefined, published: Terms | null): number | undefined =>
  days === defaultLinkDays && published?.linkDays === undefined ? undefined : days

/** The same for the level at which staff are told of the budget. */
const budgetWarningIn = (percent: number | undefined, published: Terms | null): number | undefined =>
  percent === budgetWarningPercent && published?.budgetWarningPercent === undefined ? undefined : percent

export type ParsedTerms = { ok: true; terms: Terms } | { ok: false; errors: FieldErrors }

/**
 * The terms in the fields, or the field errors. Tiers and bonuses that this kind of reward cannot have stay as
 * `published` has them and are not validated.
 */
export function parseTerms(draft: Draft, published: Terms | null, currency: Currency): ParsedTerms {
  const reader = createParser(currency)
  const { advocate } = draft
  const typed = {
    advocate: parseSide(reader, 'advocate', advocate),
    friend: parseSide(reader, 'friend', draft.friend),
    friendRewardUse: draft.friendRewardUse,
    tiers: allowsTiers(advocate) ? parseTiers(reader, draft.tiers) : (published?.tiers ?? []),
    milestones: allowsBonuses(advocate) ? parseBonuses(reader, draft.bonuses) : (published?.milestones ?? []),
    countEachYear: draft.countEachYear,
    honor: draft.honor,
    existingCustomers: draft.existingCustomers,
    approval: draft.approval,
    holdDays: reader.count('holdDays', draft.holdDays) ?? 0,
    pendingExpiresDays: reader.count('expiresDays', draft.expiresDays),
    linkDays: linkDaysIn(reader.count('linkDays', draft.linkDays), published),
    liveReferralsMax: reader.count('liveMax', draft.liveMax),
    jobs: parseJobs(reader, draft.jobs, published),
    budget: reader.money('budget', draft.budget),
    budgetWarningPercent: budgetWarningIn(reader.count('budgetWarning', draft.budgetWarning), published),
    advocateCaps: {
      ...given('total', reader.money('totalCap', draft.totalCap)),
      ...given('year', reader.money('yearCap', draft.yearCap)),
      ...given('month', reader.money('monthCap', draft.monthCap)),
    },
  }
  const parsed = Terms.safeParse(typed)
  const errors = {
    ...(parsed.success ? {} : toEditorErrors(issuesByField(parsed.error.issues))),
    ...reader.errors,
  }
  return parsed.success && Object.keys(errors).length === 0 ? { ok: true, terms: parsed.data } : { ok: false, errors }
}
