import type { Currency, Offer, RewardValue, SideTerms, Terms } from '@goodword/contracts'
import { formatBasisPoints, formatMoney } from './money.ts'
import { ordinal } from './ordinal.ts'
import { advocateValueAt, discountWords } from './sides.ts'

type Discount = Extract<SideTerms, { kind: 'discount_code' }>['discount']

const figureOf = (value: RewardValue, currency: Currency): string =>
  value.type === 'fixed' ? formatMoney(value.amount, currency, { whole: true }) : formatBasisPoints(value.basisPoints)

const discountFigure = (discount: Discount, currency: Currency): string =>
  discount.type === 'flat'
    ? formatMoney(discount.amount, currency, { whole: true })
    : formatBasisPoints(discount.basisPoints)

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** As the last words of a sentence: without a stop of its own. */
const unstopped = (text: string): string => text.replace(/[\s.]+$/u, '')

function boundsOf(value: RewardValue, currency: Currency): string[] {
  if (value.type === 'fixed') return []
  const { minAmount, maxAmount } = value
  return [
    ...(minAmount === undefined ? [] : [`at least ${formatMoney(minAmount, currency)}`]),
    ...(maxAmount === undefined ? [] : [`at most ${formatMoney(maxAmount, currency)}`]),
  ]
}

function conditionOf(side: SideTerms, currency: Currency): string | null {
  if (side.kind === 'none') return null
  const parts = [
    ...(side.minJobValue === undefined ? [] : [`on jobs of ${formatMoney(side.minJobValue, currency)} or more`]),
    ...(side.kind === 'credit' ? boundsOf(side.value, currency) : []),
  ]
  return parts.length === 0 ? null : capitalized(parts.join(', '))
}

/** What the friend is offered. `offerFor` is the campaign's own words for what it is off: "your first plumbing visit". */
export function friendOffer(terms: Terms, currency: Currency, offerFor: string): Offer {
  const side = terms.friend
  const condition = conditionOf(side, currency)
  if (side.kind === 'none') return { figure: null, sentence: 'A friend recommends us', condition }
  if (side.kind === 'custom') return { figure: null, sentence: side.text, condition }
  const figure =
    side.kind === 'discount_code' ? discountFigure(side.discount, currency) : figureOf(side.value, currency)
  const what = unstopped(offerFor.trim())
  return { figure, sentence: what === '' ? `${figure} off` : `${figure} off ${what}`, condition }
}

/** "$50", "5% back", the words of a custom reward, or "" when the advocate gets nothing. */
function advocateShort(terms: Terms, currency: Currency): string {
  if (terms.advocate.kind === 'custom') return terms.advocate.text
  if (terms.advocate.kind === 'discount_code') return discountWords(terms.advocate.discount, currency)
  const value = advocateValueAt(terms, 1)
  if (!value) return ''
  return value.type === 'percent' ? `${figureOf(value, currency)} back` : figureOf(value, currency)
}

/** The later tier that pays more than the first friend does, when the two can be compared. */
function risesAt(terms: Terms): number | null {
  const start = advocateValueAt(terms, 1)
  const rise = [...terms.tiers]
    .sort((a, b) => a.from - b.from)
    .find(({ from, value }) => {
      if (!start || from === 1 || value.type !== start.type) return false
      return value.type === 'fixed' && start.type === 'fixed'
        ? value.amount > start.amount
        : value.type === 'percent' && start.type === 'percent' && value.basisPoints > start.basisPoints
    })
  return rise?.from ?? null
}

function advocateSentence(terms: Terms, currency: Currency): string {
  const side = terms.advocate
  if (side.kind === 'none') return 'You get our thanks.'
  if (side.kind === 'custom') return `For you: ${unstopped(side.text)}.`
  if (side.kind === 'discount_code') return `You get a code for ${discountWords(side.discount, currency)}.`
  const value = advocateValueAt(terms, 1) ?? side.value
  const rise = risesAt(terms)
  const what = value.type === 'percent' ? `${figureOf(value, currency)} of the job` : figureOf(value, currency)
  const parts = [`You get ${what} as credit`, ...boundsOf(value, currency)]
  if (side.minJobValue !== undefined) parts.push(`on jobs of ${formatMoney(side.minJobValue, currency)} or more`)
  return `${parts.join(', ')}${rise === null ? '' : `, and more from your ${ordinal(rise)} friend on`}.`
}

/** What the advocate is offered for their next friend when nothing converted yet. */
export const advocateOffer = (terms: Terms, currency: Currency): { short: string; sentence: string } => ({
  short: advocateShort(terms, currency),
  sentence: advocateSentence(terms, currency),
})

/** The program in one line, to the advocate: "Give $20, get 5% back". */
export function headline(terms: Terms, currency: Currency): string {
  const { advocate, friend } = terms
  const given =
    friend.kind === 'credit'
      ? figureOf(friend.value, currency)
      : friend.kind === 'discount_code'
        ? discountWords(friend.discount, currency)
        : friend.kind === 'custom'
          ? friend.text
          : ''
  const got = advocateShort(terms, currency)
  if (given === '' && got === '') return 'Recommend us to a friend'
  if (friend.kind === 'custom' || advocate.kind === 'custom') {
    const forFriend = given === '' ? [] : [`For your friend: ${unstopped(given)}`]
    const forYou = got === '' ? [] : [`For you: ${unstopped(got)}`]
    return [...forFriend, ...forYou].join(' · ')
  }
  if (given === '') return `Get ${got} for a friend`
  return got === '' ? `Give ${given} to a friend` : `Give ${given}, get ${got}`
}

function friendSentence(terms: Terms, currency: Currency, offerFor: string): string[] {
  const side = terms.friend
  if (side.kind === 'none') return []
  if (side.kind === 'custom') return [`For your friend: ${unstopped(side.text)}.`]
  const theirs = unstopped(offerFor.trim()).replace(/^your\b/i, 'their')
  const figure =
    side.kind === 'discount_code' ? discountFigure(side.discount, currency) : figureOf(side.value, currency)
  return [`Your friend gets ${figure} off${theirs === '' ? '' : ` ${theirs}`}.`]
}

/** The program in a few sentences, to the advocate: who gets what, and the bonuses on the way. */
export function explanation(terms: Terms, currency: Currency, offerFor: string): string {
  const bonuses =
    terms.advocate.kind === 'none'
      ? []
      : [...terms.milestones]
          .sort((a, b) => a.at - b.at)
          .slice(0, 1)
          .map(
            ({ at, amount }) =>
              `Your ${ordinal(at)} friend adds a ${formatMoney(amount, currency, { whole: true })} bonus.`,
          )
  return [...friendSentence(terms, currency, offerFor), advocateSentence(terms, currency), ...bonuses].join(' ')
}
