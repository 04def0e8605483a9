import type {
  CardDelivery,
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

type CardSide = Extract<SideTerms, { kind: 'gift_card' }>
type CodeSide = Extract<SideTerms, { kind: 'discount_code' }>
export type Discount = CodeSide['discount']

/** The reward of one side for one conversion. The lines sum to `amount`, in minor units. */
export type SideReward = {
  kind: RewardKindName | 'none'
  text: string | null
  amount: number
  lines: RewardLine[]
  /** Why it is zero or reduced: a sentence, or null. */
  note: string | null
  /** What a friend's credit is for; only for credit. */
  use?: FriendRewardUse
  /** The value of a code, and where it comes from; only for discount codes. */
  code?: Pick<CodeSide, 'discount' | 'source' | 'pattern'>
  /** How a gift card is delivered; only for gift cards. */
  card?: CardDelivery
  /** Which of the provider's cards they may choose from; any if absent. */
  cards?: string[]
}

/** What a side's reward is calculated for. A missing job value counts as zero. */
export type RewardContext = { nth: number; jobValue: number | null; currency: Currency }

export const nothing = (note: string | null): SideReward => ({ kind: 'none', text: null, amount: 0, lines: [], note })

/** The tier that applies to the nth converted referral, or null if none has started. */
function tierAt(terms: Terms, nth: number): Terms['tiers'][number] | null {
  const begun = terms.tiers.filter((tier) => tier.from <= nth)
  return begun.reduce<Terms['tiers'][number] | null>(
    (best, tier) => (best && best.from > tier.from ? best : tier),
    null,
  )
}

/** The value of an advocate's credit or gift card for the nth converted referral; null if their side is neither. */
export function advocateValueAt(terms: Terms, nth: number): RewardValue | null {
  return isWorthMoney(terms.advocate) ? (tierAt(terms, nth)?.value ?? terms.advocate.value) : null
}

/** Whether a side earns an amount by a value: credit or a gift card. Tiers apply to these. */
export const isWorthMoney = (side: SideTerms): side is Extract<SideTerms, { kind: 'credit' | 'gift_card' }> =>
  side.kind === 'credit' || side.kind === 'gift_card'

function valueLines(value: RewardValue, fixedLabel: string, occasion: RewardContext): RewardLine[] {
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

function belowMinimum(side: Exclude<SideTerms, { kind: 'none' }>, occasion: RewardContext): SideReward | null {
  const least = side.minJobValue
  if (least === undefined || (occasion.jobValue ?? 0) >= least) return null
  return nothing(`Only on jobs of ${formatMoney(least, occasion.currency)} or more.`)
}

function customLines(side: Extract<SideTerms, { kind: 'custom' }>): RewardLine[] {
  return side.amount === undefined ? [] : [{ kind: 'base', label: side.text, amount: side.amount }]
}

/** "20%", "$20". */
export const formatDiscount = (discount: Discount, currency: Currency): string =>
  discount.type === 'flat'
    ? formatMoney(discount.amount, currency, { whole: true })
    : formatBasisPoints(discount.basisPoints)

/** The value of a discount code: "20% off", "$20 off". */
export const describeDiscount = (discount: Discount, currency: Currency): string =>
  `${formatDiscount(discount, currency)} off`

/** Parses a text from `describeDiscount`; null for any other text. */
export function parseDiscount(text: string, currency: Currency): Discount | null {
  const figure = /^(.+) off$/.exec(text)?.[1] ?? ''
  const share = /^(\d+(?:\.\d{1,2})?)%$/.exec(figure)?.[1]
  if (share !== undefined) return { type: 'percent', basisPoints: Math.round(Number(share) * 100) }
  const amount = parseMoney(figure, currency)
  return amount === null ? null : { type: 'flat', amount }
}

/** "$50.00", "5% of the job, at least $10.00, at most $150.00". */
export function describeValue(value: RewardValue, currency: Currency): string {
  if (value.type === 'fixed') return formatMoney(value.amount, currency)
  return [`${formatBasisPoints(value.basisPoints)} of the job`, ...describeBounds(value, currency)].join(', ')
}

/** "at least $10.00" and "at most $150.00", for the bounds that are set. */
export function describeBounds(value: RewardValue, currency: Currency): string[] {
  if (value.type === 'fixed') return []
  const { minAmount, maxAmount } = value
  return [
    ...(minAmount === undefined ? [] : [`at least ${formatMoney(minAmount, currency)}`]),
    ...(maxAmount === undefined ? [] : [`at most ${formatMoney(maxAmount, currency)}`]),
  ]
}

/** A discount code. A flat discount is worth its amount; a percentage off a future invoice has no value yet. */
function codeReward({ discount, source, pattern }: CodeSide, currency: Currency): SideReward {
  const text = describeDiscount(discount, currency)
  const lines: RewardLine[] =
    discount.type === 'percent' ? [] : [{ kind: 'base', label: `A code for ${text}`, amount: discount.amount }]
  return {
    code: { discount, source, ...(pattern === undefined ? {} : { pattern }) },
    ...withLines('discount_code', text, lines),
  }
}

/**
 * Where a reward's code comes from and what it looks like, as set by the first of these sides with the same discount. Null if
 * the reward is not a code.
 */
export function codeOrigin(
  reward: SideReward,
  sides: SideTerms[],
  currency: Currency,
): Pick<CodeSide, 'source' | 'pattern'> | null {
  if (!reward.code) return null
  const same = sides.find(
    (side) => side.kind === 'discount_code' && describeDiscount(side.discount, currency) === reward.text,
  )
  return same?.kind === 'discount_code' ? same : reward.code
}

function cardReward({ delivery, cards }: CardSide, lines: RewardLine[]): SideReward {
  return { card: delivery, ...(cards === undefined ? {} : { cards }), ...withLines('gift_card', null, lines) }
}

/** The friend's reward by these terms, before limits (SPEC §3). */
export function friendSide(terms: Terms, occasion: RewardContext): SideReward {
  const side = terms.friend
  if (side.kind === 'none') return nothing(null)
  const below = belowMinimum(side, occasion)
  if (below) return below
  if (side.kind === 'custom') return withLines('custom', side.text, customLines(side))
  if (side.kind === 'discount_code') return codeReward(side, occasion.currency)
  const lines = valueLines(side.value, 'Fixed reward', occasion)
  if (side.kind === 'gift_card') return cardReward(side, lines)
  const use = terms.friendRewardUse
  return { use, ...withLines('credit', null, use === 'off_this_job' ? withinJob(lines, occasion) : lines) }
}

/** No more than the whole job can come off a job. Without the job's value this cannot be checked. */
function withinJob(lines: RewardLine[], { jobValue, currency }: RewardContext): RewardLine[] {
  const over = jobValue === null ? 0 : lines.reduce((sum, line) => sum + line.amount, 0) - jobValue
  if (jobValue === null || over <= 0) return lines
  return [...lines, { kind: 'cap', label: `At most the job: ${formatMoney(jobValue, currency)}`, amount: -over }]
}

/**
 * The advocate's reward by these terms, before limits: value or tier, plus a milestone at exactly its number. A
 * code is worth its discount only, so tiers and milestones do not change it.
 */
export function advocateSide(terms: Terms, occasion: RewardContext): SideReward {
  const side = terms.advocate
  if (side.kind === 'none') return nothing(null)
  const below = belowMinimum(side, occasion)
  if (below) return below
  const bonuses = terms.milestones
    .filter((milestone) => milestone.at === occasion.nth)
    .map<RewardLine>(({ at, amount }) => ({ kind: 'milestone', label: `${ordinal(at)}-friend bonus`, amount }))
  if (side.kind === 'custom') return withLines('custom', side.text, [...customLines(side), ...bonuses])
  if (side.kind === 'discount_code') return codeReward(side, occasion.currency)
  const tier = tierAt(terms, occasion.nth)
  const fixedLabel = tier && tier.from > 1 ? `Reward from the ${ordinal(tier.from)} friend on` : 'Fixed reward'
  const lines = [...valueLines(tier?.value ?? side.value, fixedLabel, occasion), ...bonuses]
  if (side.kind === 'gift_card') return cardReward(side, lines)
  return withLines('credit', null, lines)
}

/** A custom reward without a stated value, or a percentage off: it cannot be compared with an amount. */
const isUnvalued = (reward: SideReward): boolean =>
  (reward.kind === 'custom' || reward.kind === 'discount_code') && !reward.lines.some((line) => line.kind === 'base')

/** The percentage of a code in basis points; null for anything else. */
const percentOff = ({ code }: SideReward): number | null =>
  code?.discount.type === 'percent' ? code.discount.basisPoints : null

/**
 * `current`, but never less than what was `promised` at submission, each compared as a whole (SPEC §3). A promise
 * that cannot be compared is kept. A code is never topped up, because it is worth only its discount. An amount off
 * this job counts for more than the same credit for a later one.
 */
export function atLeastPromised(current: SideReward, promised: SideReward): SideReward {
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
