/** Written by `npm run words` from catalogs/en/offer.json. */
export type OfferKeys = {
  'offer.off': { figure: string }
  'offer.offFor': { figure: string; what: string }
  'offer.creditAfter': { figure: string }
  'offer.creditAfterFor': { figure: string; what: string }
  'offer.shareAfter': { figure: string }
  'offer.shareAfterFor': { figure: string; what: string }
  'offer.recommended': null
  'offer.minJobValue': { amount: string }
  'offer.atLeast': { amount: string }
  'offer.atMost': { amount: string }
  'offer.headline.recommend': null
  'offer.headline.give': { offer: string }
  'offer.headline.get': { reward: string }
  'offer.headline.giveAndGet': { offer: string; reward: string }
  'offer.headline.given': { figure: string }
  'offer.headline.givenCredit': { figure: string }
  'offer.headline.back': { figure: string }
  'offer.forFriend': { text: string }
  'offer.forYou': { text: string }
  'offer.friendGets': { offer: string }
  'offer.friendGetsCredit': { figure: string }
  'offer.friendGetsShare': { figure: string }
  'offer.thanks': null
  'offer.code': { discount: string }
  'offer.credit': { what: string }
  'offer.ofJob': { figure: string }
  'offer.tier': { nth: number; what: string }
  'offer.nextTier': { nth: number; what: string }
  'offer.bonus': { nth: number; amount: string }
  'offer.nextBonus': { nth: number; amount: string }
  'offer.eachYear': null
  'offer.message.recommend': { organization: string }
  'offer.message.offer': { offer: string }
  'offer.message.link': null
  'offer.giftCard': { figure: string }
  'offer.shareCard': { figure: string }
  'offer.cardAfter': { figure: string }
  'offer.cardAfterFor': { figure: string; what: string }
  'offer.shareCardAfter': { figure: string }
  'offer.shareCardAfterFor': { figure: string; what: string }
  'offer.friendGetsCard': { figure: string }
  'offer.friendGetsShareCard': { figure: string }
  'offer.card': { what: string }
}
