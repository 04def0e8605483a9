import type { Currency, Offer, RewardValue, SideTerms, Terms } from '@goodword/contracts'
import { advocateValueAt, isWorthMoney } from '@goodword/domain'
import { type Discount, type Figures, withoutPeriod } from './figures.ts'
import type { Say } from './say.ts'

/** What a campaign's terms offer, in one language. `offerFor` is the campaign's own text: "your first visit". */
export type Offers = {
  /** The offer to the friend: "$20 off your first visit", "$20 credit after your first visit". */
  offer(terms: Terms, currency: Currency, offerFor: string): Offer
  /** The value of a discount code: "20 % Rabatt". */
  discount(discount: Discount, currency: Currency): string
  /** The offer to the advocate for their nth friend, the first unless it is given; "" for none. */
  advocateOffer(terms: Terms, currency: Currency, nth?: number): { short: string; sentence: string }
  /** The program in one line, to the advocate: "Give $20, get 5% back". What they get is for their nth friend. */
  headline(terms: Terms, currency: Currency, nth?: number): string
  /** The program in a few sentences: who gets what, the tiers, and the bonuses. */
  explanation(terms: Terms, currency: Currency, offerFor: string): string
  /** The message before the advocate's link. `offer` is the friend's; "" for none. */
  shareText(organization: string, offer: string): string
}

type With = { say: Say<'offer'>; figures: Figures }

export function offersIn(language: string, say: Say<'offer'>, figures: Figures): Offers {
  const words = { say, figures }
  const { start } = figures
  return {
    offer: (terms, currency, offerFor) => friendOffer(words, terms, currency, offerFor),
    discount: (discount, currency) => discountIn(words, discount, currency),
    advocateOffer: (terms, currency, nth = 1) => ({
      short: advocateShort(words, terms, currency, nth),
      // Most callers want only the short form.
      get sentence() {
        return [advocateSentence(words, terms, currency), ...tiers(words, terms, currency)].join(' ')
      },
    }),
    headline: (terms, currency, nth = 1) => headline(words, terms, currency, nth),
    explanation: (terms, currency, offerFor) => {
      const steps = [...tiers(words, terms, currency), ...bonuses(words, terms, currency)]
      return [
        ...friendSentence(words, terms, currency, language === 'en' ? aboutFriend(offerFor) : offerFor),
        advocateSentence(words, terms, currency),
        ...steps,
        ...(terms.countEachYear && steps.length > 0 ? [say('offer.eachYear')] : []),
      ].join(' ')
    },
    shareText: (organization, offer) =>
      [
        say('offer.message.recommend', { organization }),
        offer === '' ? say('offer.message.link') : start(say('offer.message.offer', { offer: withoutPeriod(offer) })),
      ].join(' '),
  }
}

/** Changes an English text for the friend into one about them. */
const aboutFriend = (offerFor: string) => offerFor.trim().replace(/^your\b/i, 'their')

const off = ({ say }: With, figure: string, offerFor: string): string => {
  const what = withoutPeriod(offerFor)
  return what === '' ? say('offer.off', { figure }) : say('offer.offFor', { figure, what })
}

const discountIn = (words: With, discount: Discount, currency: Currency) =>
  off(words, words.figures.worth({ kind: 'discount_code', discount, source: 'generated' }, currency), '')

function friendOffer(words: With, terms: Terms, currency: Currency, offerFor: string): Offer {
  const side = terms.friend
  const nothingOff = { figure: null, use: null }
  if (side.kind === 'none')
    return { kind: 'none', sentence: words.say('offer.recommended'), condition: null, ...nothingOff }
  const condition = conditionOf(words, side, currency)
  if (side.kind === 'custom') return { kind: 'custom', sentence: side.text, condition, ...nothingOff }
  const figure = words.figures.worth(side, currency)
  if (side.kind === 'discount_code')
    return { kind: 'discount_code', figure, sentence: off(words, figure, offerFor), use: null, condition }
  if (side.kind === 'gift_card') {
    const sentence = cardAfter(words, side.value, currency, offerFor)
    return { kind: 'gift_card', figure, sentence, use: null, condition }
  }
  const use = terms.friendRewardUse
  const sentence =
    use === 'after_job' ? creditAfter(words, side.value, currency, offerFor) : off(words, figure, offerFor)
  return { kind: 'credit', figure, sentence, use, condition }
}

/** Credit for a later job: "$20 credit after your first visit", "5% back as credit after your first visit". */
function creditAfter({ say, figures }: With, value: RewardValue, currency: Currency, offerFor: string): string {
  const figure = figures.value(value, currency)
  const what = withoutPeriod(offerFor)
  if (value.type === 'percent')
    return what === '' ? say('offer.shareAfter', { figure }) : say('offer.shareAfterFor', { figure, what })
  return what === '' ? say('offer.creditAfter', { figure }) : say('offer.creditAfterFor', { figure, what })
}

/** A gift card after a job: "$20 gift card after your first visit". */
function cardAfter({ say, figures }: With, value: RewardValue, currency: Currency, offerFor: string): string {
  const figure = figures.value(value, currency)
  const what = withoutPeriod(offerFor)
  if (value.type === 'percent')
    return what === '' ? say('offer.shareCardAfter', { figure }) : say('offer.shareCardAfterFor', { figure, what })
  return what === '' ? say('offer.cardAfter', { figure }) : say('offer.cardAfterFor', { figure, what })
}

/** "$25 gift card", "5% back as a gift card". */
const cardOf = ({ say, figures }: With, value: RewardValue, currency: Currency): string =>
  say(value.type === 'percent' ? 'offer.shareCard' : 'offer.giftCard', { figure: figures.value(value, currency) })

function conditionOf(words: With, side: Exclude<SideTerms, { kind: 'none' }>, currency: Currency): string | null {
  const bounds = isWorthMoney(side) ? boundsOf(words, side.value, currency) : []
  const text = [...leastJob(words, side, currency), ...bounds].join(', ')
  return text === '' ? null : words.figures.start(text)
}

const leastJob = ({ say, figures }: With, { minJobValue }: { minJobValue?: number | undefined }, currency: Currency) =>
  minJobValue === undefined ? [] : [say('offer.minJobValue', { amount: figures.money(minJobValue, currency) })]

/** The lower and upper bounds of a percentage, if any. */
function boundsOf({ say, figures }: With, value: RewardValue, currency: Currency): string[] {
  if (value.type === 'fixed') return []
  const { minAmount, maxAmount } = value
  return [
    ...(minAmount === undefined ? [] : [say('offer.atLeast', { amount: figures.money(minAmount, currency) })]),
    ...(maxAmount === undefined ? [] : [say('offer.atMost', { amount: figures.money(maxAmount, currency) })]),
  ]
}

/** "$50", "5% back", the text of a custom reward, or "" if the advocate gets nothing. */
function advocateShort(words: With, terms: Terms, currency: Currency, nth: number): string {
  const { advocate } = terms
  if (advocate.kind === 'custom') return advocate.text
  if (advocate.kind === 'discount_code') return discountIn(words, advocate.discount, currency)
  const value = advocateValueAt(terms, nth)
  if (!value) return ''
  if (advocate.kind === 'gift_card') return cardOf(words, value, currency)
  const figure = words.figures.value(value, currency)
  return value.type === 'percent' ? words.say('offer.headline.back', { figure }) : figure
}

function headline(words: With, terms: Terms, currency: Currency, nth: number): string {
  const { say, figures } = words
  const { friend, advocate } = terms
  const given =
    friend.kind === 'none'
      ? ''
      : friend.kind === 'custom'
        ? friend.text
        : friend.kind === 'discount_code'
          ? discountIn(words, friend.discount, currency)
          : friend.kind === 'gift_card'
            ? cardOf(words, friend.value, currency)
            : say(terms.friendRewardUse === 'after_job' ? 'offer.headline.givenCredit' : 'offer.headline.given', {
                figure: figures.worth(friend, currency),
              })
  const got = advocateShort(words, terms, currency, nth)
  if (given === '' && got === '') return say('offer.headline.recommend')
  if (friend.kind === 'custom' || advocate.kind === 'custom') {
    const forFriend = given === '' ? [] : [say('offer.forFriend', { text: withoutPeriod(given) })]
    const forYou = got === '' ? [] : [say('offer.forYou', { text: withoutPeriod(got) })]
    return [...forFriend, ...forYou].join(' · ')
  }
  if (given === '') return say('offer.headline.get', { reward: got })
  if (got === '') return say('offer.headline.give', { offer: given })
  return say('offer.headline.giveAndGet', { offer: given, reward: got })
}

function friendSentence(words: With, terms: Terms, currency: Currency, offerFor: string): string[] {
  const side = terms.friend
  if (side.kind === 'none') return []
  if (side.kind === 'custom') return [`${words.say('offer.forFriend', { text: withoutPeriod(side.text) })}.`]
  const figure = words.figures.worth(side, currency)
  if (side.kind === 'gift_card') {
    if (withoutPeriod(offerFor) !== '')
      return [words.say('offer.friendGets', { offer: cardAfter(words, side.value, currency, offerFor) })]
    return [words.say(side.value.type === 'percent' ? 'offer.friendGetsShareCard' : 'offer.friendGetsCard', { figure })]
  }
  if (side.kind === 'discount_code' || terms.friendRewardUse === 'off_this_job')
    return [words.say('offer.friendGets', { offer: off(words, figure, offerFor) })]
  if (withoutPeriod(offerFor) !== '')
    return [words.say('offer.friendGets', { offer: creditAfter(words, side.value, currency, offerFor) })]
  return [words.say(side.value.type === 'percent' ? 'offer.friendGetsShare' : 'offer.friendGetsCredit', { figure })]
}

function advocateSentence(words: With, terms: Terms, currency: Currency): string {
  const { say } = words
  const side = terms.advocate
  if (side.kind === 'none') return say('offer.thanks')
  if (side.kind === 'custom') return `${say('offer.forYou', { text: withoutPeriod(side.text) })}.`
  if (side.kind === 'discount_code') return say('offer.code', { discount: discountIn(words, side.discount, currency) })
  const value = advocateValueAt(terms, 1) ?? side.value
  const parts = [
    say(side.kind === 'gift_card' ? 'offer.card' : 'offer.credit', { what: ofJob(words, value, currency) }),
    ...boundsOf(words, value, currency),
    ...leastJob(words, side, currency),
  ]
  return `${parts.join(', ')}.`
}

function ofJob({ say, figures }: With, value: RewardValue, currency: Currency): string {
  const figure = figures.value(value, currency)
  return value.type === 'percent' ? say('offer.ofJob', { figure }) : figure
}

/** "From your 3rd friend on you get $50, from your 5th $100." Empty without tiers, or if they don't count. */
function tiers(words: With, terms: Terms, currency: Currency): string[] {
  if (!isWorthMoney(terms.advocate)) return []
  const creditAfter = terms.tiers.filter(({ from }) => from > 1).sort((a, b) => a.from - b.from)
  return sentenceOf(
    creditAfter.map(({ from: nth, value }, index) => {
      const bounds = boundsOf(words, value, currency)
      const what = `${ofJob(words, value, currency)}${bounds.length === 0 ? '' : ` (${bounds.join(', ')})`}`
      return words.say(index === 0 ? 'offer.tier' : 'offer.nextTier', { nth, what })
    }),
  )
}

/** "Your 3rd friend adds a $50 bonus, your 5th $100." A code is worth its discount only and gets no bonus. */
function bonuses({ say, figures }: With, terms: Terms, currency: Currency): string[] {
  if (terms.advocate.kind === 'none' || terms.advocate.kind === 'discount_code') return []
  const inOrder = [...terms.milestones].sort((a, b) => a.at - b.at)
  return sentenceOf(
    inOrder.map(({ at: nth, amount }, index) =>
      say(index === 0 ? 'offer.bonus' : 'offer.nextBonus', {
        nth,
        amount: figures.money(amount, currency, { short: true }),
      }),
    ),
  )
}

const sentenceOf = (parts: string[]): string[] => (parts.length === 0 ? [] : [`${parts.join(', ')}.`])
