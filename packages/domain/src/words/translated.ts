import type { Currency, Offer, ProblemCode, RewardValue, Terms } from '@goodword/contracts'
import { publicProblem } from '../attribution.ts'
import { minorDigits } from '../money.ts'
import type { FieldProblem, FriendWords, Language, RefusalFacts } from './words.ts'

type Sentence = (call: string, day: string | null) => string

/** What one language brings; how its pieces are put together is the same for all. */
export type Dictionary = {
  /** "call us", or with the number. */
  call(phone: string | null): string
  refusals: Partial<Record<ProblemCode, Sentence>> & { referral_not_possible: Sentence }
  /** "20 $ Rabatt": the figure with what it is off, in the business's own words, or empty. */
  off(figure: string, offerFor: string): string
  recommended: string
  minJobValue(amount: string): string
  atLeast(amount: string): string
  atMost(amount: string): string
  privacy(organization: string): string
  privacyOfAdvocate(advocate: string): string
  thanks: { title(friend: string): string; saved(figure: string): string; get(offer: string): string }
  steps: { soon: string; agree: string; thankFriend: string; noted: string }
  fields: Record<FieldProblem, string>
}

const whole = (amount: number, currency: Currency) => amount % 10 ** minorDigits(currency) === 0

/** The friend's words in one language from its dictionary. */
export function friendWordsOf(language: Exclude<Language, 'en'>, words: Dictionary): FriendWords {
  const money = (amount: number, currency: Currency, { short = false } = {}) => {
    const digits = short && whole(amount, currency) ? 0 : minorDigits(currency)
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(amount / 10 ** minorDigits(currency))
  }
  const percent = (basisPoints: number) =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000)
  const figureOf = (value: RewardValue, currency: Currency) =>
    value.type === 'fixed' ? money(value.amount, currency, { short: true }) : percent(value.basisPoints)

  const offer = (terms: Terms, currency: Currency, offerFor: string): Offer => {
    const side = terms.friend
    if (side.kind === 'none') return { figure: null, sentence: words.recommended, condition: null }
    const condition = conditionOf(side, currency)
    if (side.kind === 'custom') return { figure: null, sentence: side.text, condition }
    const value: RewardValue =
      side.kind === 'credit'
        ? side.value
        : side.discount.type === 'flat'
          ? { type: 'fixed', amount: side.discount.amount }
          : { type: 'percent', basisPoints: side.discount.basisPoints }
    const figure = figureOf(value, currency)
    return { figure, sentence: words.off(figure, offerFor.trim().replace(/[\s.]+$/u, '')), condition }
  }

  const conditionOf = (side: Exclude<Terms['friend'], { kind: 'none' }>, currency: Currency) => {
    const value = side.kind === 'credit' && side.value.type === 'percent' ? side.value : {}
    const { minAmount, maxAmount } = value as { minAmount?: number; maxAmount?: number }
    const parts = [
      ...(side.minJobValue === undefined ? [] : [words.minJobValue(money(side.minJobValue, currency))]),
      ...(minAmount === undefined ? [] : [words.atLeast(money(minAmount, currency))]),
      ...(maxAmount === undefined ? [] : [words.atMost(money(maxAmount, currency))]),
    ]
    const text = parts.join(', ')
    return text === '' ? null : text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
  }

  const refusal = (code: ProblemCode, { phone, ended }: RefusalFacts) => {
    const say = words.refusals[publicProblem(code)] ?? words.refusals.referral_not_possible
    const day = ended && new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: ended.timeZone })
    return say(words.call(phone), ended && day ? day.format(ended.day) : null)
  }

  const { steps } = words
  return {
    refusal,
    offer,
    privacy: (organization, advocate) =>
      [words.privacy(organization), ...(advocate === null ? [] : [words.privacyOfAdvocate(advocate)])].join(' '),
    thanks: (friend, { figure, sentence }) => ({
      title: [words.thanks.title(friend), ...(figure === null ? [] : [words.thanks.saved(figure)])].join(' '),
      steps: [steps.soon, steps.agree, figure === null ? steps.thankFriend : words.thanks.get(sentence)],
    }),
    thanksByName: (friend) => ({ title: words.thanks.title(friend), steps: [steps.soon, steps.noted, steps.agree] }),
    field: (problem) => words.fields[problem],
  }
}
