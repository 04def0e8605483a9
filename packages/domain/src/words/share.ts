import type { Currency, RewardValue, Terms } from '@goodword/contracts'
import { advocateValueAt } from '../rewardOfSide.ts'
import { boundsIn, type Figures, unstopped } from './figures.ts'
import type { ShareWords } from './words.ts'

type Filled = (text: string) => string
type Counted = (nth: string, what: string) => string

/** What one language brings to say what both sides of a campaign get. */
export type ShareDictionary = {
  /** The headline of a campaign that gives nothing. */
  recommend: string
  give: Filled
  get: Filled
  giveAndGet(offer: string, reward: string): string
  forFriend: Filled
  forYou: Filled
  /** "5 % zurück" */
  back: Filled
  friendGets: Filled
  thanks: string
  code: Filled
  /** Without its stop: bounds may follow. */
  credit: Filled
  ofJob: Filled
  tier: Counted
  nextTier: Counted
  bonus: Counted
  nextBonus: Counted
  ordinal(n: number): string
  eachYear: string
  /** What the message says: who is recommended, what the link gives, or only that here it is. */
  message: Filled
  messageOffer: Filled
  messageLink: string
}

type Words = {
  off(figure: string, offerFor: string): string
  minJobValue: Filled
  atLeast: Filled
  atMost: Filled
  share: ShareDictionary
}

/** The words about sharing in one language from its dictionary. */
export const shareWordsOf = (words: Words, figures: Figures): ShareWords => ({
  headline: (terms, currency) => headlineIn(words, figures, terms, currency),
  explanation: (terms, currency, offerFor) =>
    [
      ...friendIn(words, figures, terms, currency, offerFor),
      advocateIn(words, figures, terms, currency),
      ...stepsIn(words, figures, terms, currency),
    ].join(' '),
  text: (organization, offer) =>
    [
      words.share.message(organization),
      offer === '' ? words.share.messageLink : words.share.messageOffer(unstopped(offer)),
    ].join(' '),
})

function headlineIn({ off, share }: Words, figures: Figures, terms: Terms, currency: Currency): string {
  const { friend, advocate } = terms
  const value = advocateValueAt(terms, 1)
  const given =
    friend.kind === 'none' ? '' : friend.kind === 'custom' ? friend.text : off(figures.worth(friend, currency), '')
  const got =
    advocate.kind === 'custom'
      ? advocate.text
      : advocate.kind === 'discount_code'
        ? off(figures.worth(advocate, currency), '')
        : value === null
          ? ''
          : value.type === 'percent'
            ? share.back(figures.value(value, currency))
            : figures.value(value, currency)
  if (given === '' && got === '') return share.recommend
  if (friend.kind === 'custom' || advocate.kind === 'custom') {
    const parts = [given && share.forFriend(unstopped(given)), got && share.forYou(unstopped(got))]
    return parts.filter(Boolean).join(' · ')
  }
  if (given === '') return share.get(got)
  return got === '' ? share.give(given) : share.giveAndGet(given, got)
}

function friendIn({ off, share }: Words, figures: Figures, terms: Terms, currency: Currency, offerFor: string) {
  const side = terms.friend
  if (side.kind === 'none') return []
  if (side.kind === 'custom') return [`${share.forFriend(unstopped(side.text))}.`]
  return [share.friendGets(off(figures.worth(side, currency), unstopped(offerFor)))]
}

function advocateIn(words: Words, figures: Figures, terms: Terms, currency: Currency): string {
  const { share, off, minJobValue } = words
  const side = terms.advocate
  if (side.kind === 'none') return share.thanks
  if (side.kind === 'custom') return `${share.forYou(unstopped(side.text))}.`
  if (side.kind === 'discount_code') return share.code(off(figures.worth(side, currency), ''))
  const value = advocateValueAt(terms, 1) ?? side.value
  const parts = [
    share.credit(ofJob(share, figures, value, currency)),
    ...boundsIn(words, figures.money, value, currency),
    ...(side.minJobValue === undefined ? [] : [minJobValue(figures.money(side.minJobValue, currency))]),
  ]
  return `${parts.join(', ')}.`
}

const ofJob = (share: ShareDictionary, figures: Figures, value: RewardValue, currency: Currency) =>
  value.type === 'percent' ? share.ofJob(figures.value(value, currency)) : figures.value(value, currency)

/** Tiers, bonuses, and that they are counted anew each year; nothing where there are none or they do not count. */
function stepsIn(words: Words, figures: Figures, terms: Terms, currency: Currency): string[] {
  const { share } = words
  const { kind } = terms.advocate
  const within = (value: RewardValue) => {
    const bounds = boundsIn(words, figures.money, value, currency)
    return `${ofJob(share, figures, value, currency)}${bounds.length === 0 ? '' : ` (${bounds.join(', ')})`}`
  }
  const tiers = kind === 'credit' ? terms.tiers.filter(({ from }) => from > 1) : []
  const bonuses = kind === 'none' || kind === 'discount_code' ? [] : terms.milestones
  const tiersInWords = [...tiers]
    .sort((a, b) => a.from - b.from)
    .map(({ from, value }, index) => (index === 0 ? share.tier : share.nextTier)(share.ordinal(from), within(value)))
  const bonusesInWords = [...bonuses]
    .sort((a, b) => a.at - b.at)
    .map(({ at, amount }, index) => {
      const figure = figures.money(amount, currency, { short: true })
      return (index === 0 ? share.bonus : share.nextBonus)(share.ordinal(at), figure)
    })
  const sentences = [tiersInWords, bonusesInWords].filter(({ length }) => length > 0).map((all) => `${all.join(', ')}.`)
  return terms.countEachYear && sentences.length > 0 ? [...sentences, share.eachYear] : sentences
}
