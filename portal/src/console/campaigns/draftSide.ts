import type { CardDelivery, Currency, RewardValue, SideTerms } from '@goodword/contracts'
import { formatAmountInput } from '@goodword/domain'

/** The fields of one side's reward. Fields of another kind keep what was typed in them. */
export type SideDraft = {
  kind: 'fixed' | 'percent' | 'discount_code' | 'custom' | 'none'
  /** What an amount or a percentage is given as. */
  as: 'credit' | 'gift_card'
  /** For gift cards: who delivers it, and how. */
  delivery: CardDelivery
  /** Which of the provider's cards the person may choose from. */
  choose: 'any' | 'some'
  cards: string[]
  amount: string
  percent: string
  least: string
  most: string
  minJob: string
  text: string
  /** For discount codes: a fixed amount or a percentage, and where the code comes from. */
  discount: 'flat' | 'percent'
  source: 'generated' | 'pool'
  /** What generated codes look like; empty for the usual pattern. */
  pattern: string
}

/** The reward from a given friend on. */
export type TierDraft = {
  key: string
  from: string
  type: RewardValue['type']
  amount: string
  percent: string
  least: string
  most: string
}

export const emptySide: SideDraft = {
  kind: 'none',
  as: 'credit',
  delivery: 'hand',
  choose: 'any',
  cards: [],
  amount: '',
  percent: '',
  least: '',
  most: '',
  minJob: '',
  text: '',
  discount: 'flat',
  source: 'generated',
  pattern: '',
}

const money = (amount: number | undefined, currency: Currency) =>
  amount === undefined ? '' : formatAmountInput(amount, currency)

/** A reward value as form fields. */
export function toValueDraft(value: RewardValue, currency: Currency) {
  const empty = { amount: '', percent: '', least: '', most: '' }
  if (value.type === 'fixed') return { ...empty, type: value.type, amount: money(value.amount, currency) }
  const { minAmount, maxAmount } = value
  const percent = String(value.basisPoints / 100)
  return { ...empty, type: value.type, percent, least: money(minAmount, currency), most: money(maxAmount, currency) }
}

const toCardDraft = ({ delivery, cards }: Extract<SideTerms, { kind: 'gift_card' }>): Partial<SideDraft> => ({
  as: 'gift_card',
  delivery,
  choose: cards === undefined ? 'any' : 'some',
  cards: cards ?? [],
})

export function toSideDraft(side: SideTerms, currency: Currency): SideDraft {
  if (side.kind === 'none') return emptySide
  const minJob = money(side.minJobValue, currency)
  if (side.kind === 'custom')
    return { ...emptySide, kind: 'custom', text: side.text, amount: money(side.amount, currency), minJob }
  if (side.kind === 'discount_code') {
    const { discount, source, pattern = '' } = side
    const worth =
      discount.type === 'flat'
        ? { amount: money(discount.amount, currency) }
        : { percent: String(discount.basisPoints / 100) }
    return { ...emptySide, ...worth, kind: 'discount_code', discount: discount.type, source, pattern, minJob }
  }
  const { type, ...fields } = toValueDraft(side.value, currency)
  const card = side.kind === 'gift_card' ? toCardDraft(side) : {}
  return { ...emptySide, ...fields, ...card, kind: type, minJob }
}

function usedCardFields({ delivery, choose, cards }: SideDraft): Partial<SideDraft> {
  if (delivery === 'hand') return { delivery }
  return choose === 'any' ? { delivery, choose } : { delivery, choose, cards }
}

/** Only the fields of this kind, so that switching to Percent and back doesn't count as a change. */
export function usedSideFields(side: SideDraft): Partial<SideDraft> {
  const { kind, as, amount, percent, least, most, minJob, text, discount, source, pattern } = side
  const given = as === 'gift_card' ? { as, ...usedCardFields(side) } : { as }
  if (kind === 'none') return { kind }
  if (kind === 'fixed') return { kind, ...given, amount, minJob }
  if (kind === 'percent') return { kind, ...given, percent, least, most, minJob }
  if (kind === 'custom') return { kind, text, amount, minJob }
  const made = source === 'generated' ? { pattern } : {}
  return { kind, discount, source, ...made, minJob, ...(discount === 'flat' ? { amount } : { percent }) }
}

/** A tier as one text, for "Was 5%". */
export function describeTier({ type, amount, percent, least, most }: TierDraft): string {
  if (type === 'fixed') return amount
  return [`${percent}%`, ...(least ? [`at least ${least}`] : []), ...(most ? [`at most ${most}`] : [])].join(', ')
}

/** "20" and "20.00" are the same amount: reformatting on blur must not show a hint and shift the layout. */
export const normalizeAmount = (text: string): string =>
  /^[\d,]*\.?\d*$/.test(text) && text !== '' ? String(Number(text.replaceAll(',', ''))) : text
