import type { Currency, Offer, Terms } from '@goodword/contracts'
import { withoutPeriod } from '@goodword/words'
import type { Words } from '@goodword/words/server'

type Campaign = { currency: Currency; friendOffer: string; termsText: string; endsAt: number | null }
type Home = { name: string; timeZone: string; words: Words }

/** The friend's offer as stored in English, rephrased for the advocate. */
const theirs = (offer: string) => withoutPeriod(offer.replace(/\byour\b/gi, 'their'))

const friendGets = ({ sentence, use }: Offer, { say }: Words) =>
  say(use === 'after_job' ? 'offer.friendGets' : 'credit.how.friendGets', { offer: theirs(sentence) })

/** The steps from the link to the reward, by this advocate's terms. */
export function howItWorks(terms: Terms, campaign: Campaign, { name: organization, words }: Home): string[] {
  const { currency } = campaign
  const { say } = words
  const gives = terms.friend.kind !== 'none'
  const gets = terms.advocate.kind !== 'none'
  return [
    say('credit.how.send'),
    say('credit.how.details', { organization }),
    gives ? friendGets(words.offer(terms, currency, campaign.friendOffer), words) : say('credit.how.done'),
    ...(gets ? [words.advocateOffer(terms, currency).sentence] : []),
    ...(gets && terms.holdDays > 0 ? [say('credit.how.hold', { days: terms.holdDays })] : []),
    ...(gets && terms.approval === 'staff' ? [say('credit.how.approval', { organization })] : []),
  ]
}

/** The program's limits and the business's own text. */
export function smallPrint(terms: Terms, campaign: Campaign, { timeZone, words }: Home): string[] {
  const { say } = words
  const upTo = (amount: number) => ({ amount: words.money(amount, campaign.currency, { short: true }) })
  const { total, year, month } = terms.advocateCaps
  return [
    ...(terms.existingCustomers === 'accept' ? [] : [say('credit.terms.newCustomers')]),
    ...(month === undefined ? [] : [say('credit.terms.month', upTo(month))]),
    ...(year === undefined ? [] : [say('credit.terms.year', upTo(year))]),
    ...(total === undefined ? [] : [say('credit.terms.total', upTo(total))]),
    say('credit.terms.live', { count: terms.liveReferralsMax }),
    ...(campaign.endsAt === null
      ? []
      : [say('credit.terms.until', { day: words.date(campaign.endsAt - 1, timeZone) })]),
    ...(campaign.termsText === '' ? [] : [campaign.termsText]),
  ]
}
