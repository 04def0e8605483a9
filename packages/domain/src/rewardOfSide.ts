import type {
  Currency,
  FriendRewardUse,
  RewardKindName,
  RewardLine,
  RewardValue,
  SideTerms,
  Terms,
} from '@goodword/contracts'
import { formatBasisPoints, formatMoney, parseMoney, shareOf } from './money.ts'
import { ordinal } from './ordinal.ts'

type CodeSide = Extract<SideTerms, { kind: 'discount_code' }>
export type Discount = CodeSide['discount']

/** What one side gets from one conversion. The lines sum to `amount`, in minor units. */
export type SideReward = {
  kind: RewardKindName | 'none'
  text: string | null
  amount: number
  lines: RewardLine[]
  /** Why it is nothing or less: a sentence, or null. */
  note: string | null
  /** What a friend's credit is for; there for that only. */
  use?: FriendRewardUse
  /** What a code stands for, and where it comes from; there for discount codes only. */
  code?: Pick<CodeSide, 'discount' | 'source'>
}

/** What the terms of a side are worked out for. A missing job value counts as zero. */
export type Occasion = { nth: number; jobValue: number | null; currency: Currency }

export const nothing = (note: string | null): SideReward => ({ kind: 'none', text: null, amount: 0, lines: [], note })

/** The tier that holds for the nth converted referral, or null when none has begun. */
function tierAt(terms: Terms, nth: number): Terms['tiers'][number] | null {
  const begun = terms.tiers.filter((tier) => tier.from <= nth)
  return begun.reduce<Terms['tiers'][number] | null>(
    (best, tier) => (best && best.from > tier.from ? best : tier),
    null,
  )
}

/** The value an advocate's credit has at the nth converted referral; null when their side is not credit. */
export function advocateValueAt(terms: Terms, nth: number): RewardValue | null {
  return terms.advocate.kind === 'credit' ? (tierAt(terms, nth)?.value ?? terms.advocate.value) : null
}

function valueLines(value: RewardValue, fixedLabel: string, occasion: Occasion): RewardLine[] {
  if (value.type === 'fixed') return [{ kind: 'base', label: fixedLabel, amount: value.amount }]
  const money = (amount: number) => formatMoney(amount, occasion.currency)
  const share = shareOf(occasion.jobValue ?? 0, value.basisPoints)
  const label = `${formatBasisPoints(value.basisPoints)} of ${money(occasion.jobValue ?? 0)}`
  if (value.minAmount !== undefined && share < value.minAmount) {
    return [{ kind: 'base', label: `${label}, at least ${money(value.minAmount)}`, amount: value.minAmount }]
  }
  const base: RewardLine = { kind: 'base', label, amount: share }
  if (value.maxAmount === undefined || share <= value.maxAmount) return [base]
  return [base, { kind: 'cap', label: `Capped at ${money(value.maxAmount)} per job`, amount: value.maxAmount - share }]
}

function withLines(kind: SideReward['kind'], text: string | null, lines: RewardLine[]): SideReward {
  return { kind, text, amount: lines.reduce((sum, line) => sum + line.amount, 0), lines, note: null }
}

function belowLeast(side: Exclude<SideTerms, { kind: 'none' }>, occasion: Occasion): SideReward | null {
  const least = side.minJobValue
  if (least === undefined || (occasion.jobValue ?? 0) >= least) return null
  return nothing(`Only on jobs of ${formatMoney(least, occasion.currency)} or more.`)
}

function customLines(side: Extract<SideTerms, { kind: 'custom' }>): RewardLine[] {
  return side.amount === undefined ? [] : [{ kind: 'base', label: side.text, amount: side.amount }]
}

/** "20%", "$20". */
export const discountFigure = (discount: Discount, currency: Currency): string =>
  discount.type === 'flat'
    ? formatMoney(discount.amount, currency, { whole: true })
    : formatBasisPoints(discount.basisPoints)

/** "20% off", "$20 off": what a discount code stands for. */
export const discountWords = (discount: Discount, currency: Currency): string =>
  `${discountFigure(discount, currency)} off`

/** The discount behind such words; null for others. */
export function discountSaid(text: string, currency: Currency): Discount | null {
  const figure = /^(.+) off$/.exec(text)?.[1] ?? ''
  const share = /^(\d+(?:\.\d{1,2})?)%$/.exec(figure)?.[1]
  if (share !== undefined) return { type: 'percent', basisPoints: Math.round(Number(share) * 100) }
  const amount = parseMoney(figure, currency)
  return amount === null ? null : { type: 'flat', amount }
}

/** "$50.00", "5% of the job, at least $10.00, at most $150.00". */
export function valueWords(value: RewardValue, currency: Currency): string {
  if (value.type === 'fixed') return formatMoney(value.amount, currency)
  return [`${formatBasisPoints(value.basisPoints)} of the job`, ...boundsWords(value, currency)].join(', ')
}

/** "at least $10.00" and "at most $150.00", as far as there are any. */
export function boundsWords(value: RewardValue, currency: Currency): string[] {
  if (value.type === 'fixed') return []
  const { minAmount, maxAmount } = value
  return [
    ...(minAmount === undefined ? [] : [`at least ${formatMoney(minAmount, currency)}`]),
    ...(maxAmount === undefined ? [] : [`at most ${formatMoney(maxAmount, currency)}`]),
  ]
}

/**
 * A code for the discount. It is worth what is flat about it; a percentage off some later invoice is worth nothing that
 * could be said now.
 */
function codeReward({ discount, source }: CodeSide, currency: Currency): SideReward {
  const text = discountWords(discount, currency)
  const lines: RewardLine[] =
    discount.type === 'percent' ? [] : [{ kind: 'base', label: `A code for ${text}`, amount: discount.amount }]
  return { ...withLines('discount_code', text, lines), code: { discount, source } }
}

/**
 * Where the code of a reward comes from: as the first of these sides says that promises the same discount. Null when it is
 * no code.
 */
export function codeSource(reward: SideReward, sides: SideTerms[], currency: Currency): CodeSide['source'] | null {
  if (!reward.code) return null
  const same = sides.find(
    (side) => side.kind === 'discount_code' && discountWords(side.discount, currency) === reward.text,
  )
  return same?.kind === 'discount_code' ? same.source : reward.code.source
}

/** The friend's side by these terms, before limits (SPEC §3). */
export function friendSide(terms: Terms, occasion: Occasion): SideReward {
  const side = terms.friend
  if (side.kind === 'none') return nothing(null)
  const below = belowLeast(side, occasion)
  if (below) return below
  if (side.kind === 'custom') return withLines('custom', side.text, customLines(side))
  if (side.kind === 'discount_code') return codeReward(side, occasion.currency)
  const lines = valueLines(side.value, 'Fixed reward', occasion)
  const use = terms.friendRewardUse
  return { ...withLines('credit', null, use === 'off_this_job' ? withinJob(lines, occasion) : lines), use }
}

/** Nothing but the whole job can come off a job; without its value nobody can say. */
function withinJob(lines: RewardLine[], { jobValue, currency }: Occasion): RewardLine[] {
  const over = jobValue === null ? 0 : lines.reduce((sum, line) => sum + line.amount, 0) - jobValue
  if (jobValue === null || over <= 0) return lines
  return [...lines, { kind: 'cap', label: `At most the job: ${formatMoney(jobValue, currency)}`, amount: -over }]
}

/**
 * The advocate's side by these terms, before limits: value or tier, and a milestone on top at exactly its number. A code
 * stands for its discount alone, so tiers and milestones do not change it.
 */
export function advocateSide(terms: Terms, occasion: Occasion): SideReward {
  const side = terms.advocate
  if (side.kind === 'none') return nothing(null)
  const below = belowLeast(side, occasion)
  if (below) return below
  const bonuses = terms.milestones
    .filter((milestone) => milestone.at === occasion.nth)
    .map<RewardLine>(({ at, amount }) => ({ kind: 'milestone', label: `${ordinal(at)}-friend bonus`, amount }))
  if (side.kind === 'custom') return withLines('custom', side.text, [...customLines(side), ...bonuses])
  if (side.kind === 'discount_code') return codeReward(side, occasion.currency)
  const tier = tierAt(terms, occasion.nth)
  const fixedLabel = tier && tier.from > 1 ? `Reward from the ${ordinal(tier.from)} friend on` : 'Fixed reward'
  return withLines('credit', null, [...valueLines(tier?.value ?? side.value, fixedLabel, occasion), ...bonuses])
}

/** A custom reward whose worth nobody stated, or a percentage off: no sum of money can be said to be more. */
const isUnvalued = (reward: SideReward): boolean =>
  (reward.kind === 'custom' || reward.kind === 'discount_code') && !reward.lines.some((line) => line.kind === 'base')

/** Hundredths of a percent a code takes off; null for anything else. */
const percentOff = ({ code }: SideReward): number | null =>
  code?.discount.type === 'percent' ? code.discount.basisPoints : null

/**
 * `current`, but never less than what was `promised` at submission, each taken as a whole (SPEC §3). What cannot be
 * compared is kept as promised; a code is never topped up, since it is worth what it stands for. The same sum off this
 * job is more than credit for some later one.
 */
export function neverLess(current: SideReward, promised: SideReward): SideReward {
  const [off, promisedOff] = [percentOff(current), percentOff(promised)]
  if (off !== null && promisedOff !== null) return promisedOff > off ? promised : current
  if (isUnvalued(promised) && promised.text !== current.text) return promised
  const sooner = promised.use === 'off_this_job' && current.use === 'after_job'
  if (promised.amount < current.amount || (promised.amount === current.amount && !sooner)) return current
  if (current.kind === promised.kind && current.text === promised.text && current.use === promised.use) {
    const more: RewardLine = {
      kind: 'promised',
      label: 'Promised when referred',
      amount: promised.amount - current.amount,
    }
    return { ...current, amount: promised.amount, lines: [...current.lines, more] }
  }
  return { ...promised, lines: [{ kind: 'promised', label: 'Promised when referred', amount: promised.amount }] }
}
