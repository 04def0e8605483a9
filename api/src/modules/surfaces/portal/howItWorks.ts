import type { Currency, Offer, Terms } from '@goodword/contracts'
import { withoutPeriod } from '@goodword/words'
import type { Words } from '@goodword/words/server'

type Campaign = { currency: Currency; friendOffer: string; termsText: string; endsAt: number | null }
type Home = { name: string; timeZone: string; words: Words }

/** What was written to the friend in English, said about them. */
const theirs = (offer: string) => withoutPeriod(offer.replace(/\byour\b/gi, 'their'))

const friendGets = ({ sentence, use }: Offer, { say }: Words) =>
  say(use === 'after_job' ? 'offer.friendGets' : 'credit.how.friendGets', { offer: theirs(sentence) })

/** What happens from the link to the reward, as the terms of this advocate say it. */
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

/** The limits of the program and the business's own words. */
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
