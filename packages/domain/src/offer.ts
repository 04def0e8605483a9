import type { Currency, Offer, RewardValue, SideTerms, Terms } from '@goodword/contracts'
import { formatBasisPoints, formatMoney } from './money.ts'
import { ordinal } from './ordinal.ts'
import { advocateValueAt, boundsWords, discountFigure, discountWords } from './rewardOfSide.ts'
import { unstopped } from './words/figures.ts'

const figureOf = (value: RewardValue, currency: Currency): string =>
  value.type === 'fixed' ? formatMoney(value.amount, currency, { whole: true }) : formatBasisPoints(value.basisPoints)

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function conditionOf(side: SideTerms, currency: Currency): string | null {
  if (side.kind === 'none') return null
  const parts = [
    ...(side.minJobValue === undefined ? [] : [`on jobs of ${formatMoney(side.minJobValue, currency)} or more`]),
    ...(side.kind === 'credit' ? boundsWords(side.value, currency) : []),
  ]
  return parts.length === 0 ? null : capitalized(parts.join(', '))
}

/** What the friend is offered. `offerFor` is the campaign's own words for what it is off: "your first plumbing visit". */
export function friendOffer(terms: Terms, currency: Currency, offerFor: string): Offer {
  const side = terms.friend
  const condition = conditionOf(side, currency)
  if (side.kind === 'none') return { kind: 'none', figure: null, sentence: 'A friend recommends us', condition }
  if (side.kind === 'custom') return { kind: 'custom', figure: null, sentence: side.text, condition }
  const figure =
    side.kind === 'discount_code' ? discountFigure(side.discount, currency) : figureOf(side.value, currency)
  const what = unstopped(offerFor)
  return { kind: side.kind, figure, sentence: what === '' ? `${figure} off` : `${figure} off ${what}`, condition }
}

/** "$50", "5% back", the words of a custom reward, or "" when the advocate gets nothing. */
function advocateShort(terms: Terms, currency: Currency): string {
  if (terms.advocate.kind === 'custom') return terms.advocate.text
  if (terms.advocate.kind === 'discount_code') return discountWords(terms.advocate.discount, currency)
  const value = advocateValueAt(terms, 1)
  if (!value) return ''
  return value.type === 'percent' ? `${figureOf(value, currency)} back` : figureOf(value, currency)
}

/** "$50", "10% of the job (at most $50.00)": a value inside a longer sentence. */
function valueWithin(value: RewardValue, currency: Currency): string {
  if (value.type === 'fixed') return figureOf(value, currency)
  const bounds = boundsWords(value, currency)
  return `${figureOf(value, currency)} of the job${bounds.length === 0 ? '' : ` (${bounds.join(', ')})`}`
}

/** "From your 3rd friend on you get $50, from your 5th $100." Nothing without tiers, or where they do not count. */
function tierSentences(terms: Terms, currency: Currency): string[] {
  if (terms.advocate.kind !== 'credit') return []
  const later = [...terms.tiers].filter(({ from }) => from > 1).sort((a, b) => a.from - b.from)
  const parts = later.map(({ from, value }, index) => {
    const what = valueWithin(value, currency)
    return index === 0 ? `From your ${ordinal(from)} friend on you get ${what}` : `from your ${ordinal(from)} ${what}`
  })
  return parts.length === 0 ? [] : [`${parts.join(', ')}.`]
}

/** "Your 3rd friend adds a $50 bonus, your 5th $100." A code stands for its discount alone and takes no bonus. */
function bonusSentences(terms: Terms, currency: Currency): string[] {
  if (terms.advocate.kind === 'none' || terms.advocate.kind === 'discount_code') return []
  const inOrder = [...terms.milestones].sort((a, b) => a.at - b.at)
  const parts = inOrder.map(({ at, amount }, index) => {
    const figure = formatMoney(amount, currency, { whole: true })
    return index === 0 ? `Your ${ordinal(at)} friend adds a ${figure} bonus` : `your ${ordinal(at)} ${figure}`
  })
  return parts.length === 0 ? [] : [`${parts.join(', ')}.`]
}

function advocateSentence(terms: Terms, currency: Currency): string {
  const side = terms.advocate
  if (side.kind === 'none') return 'You get our thanks.'
  if (side.kind === 'custom') return `For you: ${unstopped(side.text)}.`
  if (side.kind === 'discount_code') return `You get a code for ${discountWords(side.discount, currency)}.`
  const value = advocateValueAt(terms, 1) ?? side.value
  const what = value.type === 'percent' ? `${figureOf(value, currency)} of the job` : figureOf(value, currency)
  const parts = [`You get ${what} as credit`, ...boundsWords(value, currency)]
  if (side.minJobValue !== undefined) parts.push(`on jobs of ${formatMoney(side.minJobValue, currency)} or more`)
  return [`${parts.join(', ')}.`, ...tierSentences(terms, currency)].join(' ')
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
  const theirs = unstopped(offerFor).replace(/^your\b/i, 'their')
  const figure =
    side.kind === 'discount_code' ? discountFigure(side.discount, currency) : figureOf(side.value, currency)
  return [`Your friend gets ${figure} off${theirs === '' ? '' : ` ${theirs}`}.`]
}

/** The program in a few sentences, to the advocate: who gets what, tier by tier, and the bonuses on the way. */
export function explanation(terms: Terms, currency: Currency, offerFor: string): string {
  const steps = [...tierSentences(terms, currency), ...bonusSentences(terms, currency)]
  return [
    ...friendSentence(terms, currency, offerFor),
    advocateSentence(terms, currency),
    ...bonusSentences(terms, currency),
    ...(terms.countEachYear && steps.length > 0 ? ['Friends are counted anew each January.'] : []),
  ].join(' ')
}

/** What a message says before the advocate's link; `offer` is the friend's, "" for none. */
export const shareText = (organizationName: string, offer: string): string =>
  offer === ''
    ? `I recommend ${organizationName}. Here is my link:`
    : `I recommend ${organizationName}. ${capitalized(offer)} with my link:`
