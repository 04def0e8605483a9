import type { Currency, Offer, Terms } from '@goodword/contracts'
import { formatDay, formatMoney } from '@goodword/domain'
import { wordsIn } from '@goodword/words/server'

type Campaign = { currency: Currency; friendOffer: string; termsText: string; endsAt: number | null }
type Home = { name: string; timeZone: string }

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

/** What was written to the friend, said about them. */
const theirs = (offer: string) => offer.replace(/\byour\b/gi, 'their').replace(/[\s.]+$/u, '')

const friendGets = ({ sentence, use }: Offer) =>
  use === 'after_job'
    ? `Your friend gets ${theirs(sentence)}.`
    : `When the job is done, your friend gets ${theirs(sentence)}.`

/** What happens from the link to the reward, as the terms of this advocate say it. */
export function howItWorks(terms: Terms, campaign: Campaign, { name }: Home): string[] {
  const { currency } = campaign
  const gives = terms.friend.kind !== 'none'
  const gets = terms.advocate.kind !== 'none'
  return [
    'Send your link to a friend, or say your code.',
    `Your friend leaves their details, and ${name} gets in touch with them.`,
    gives ? friendGets(wordsIn('en').offer(terms, currency, campaign.friendOffer)) : 'The job is done.',
    ...(gets ? [wordsIn('en').advocateOffer(terms, currency).sentence] : []),
    ...(gets && terms.holdDays > 0 ? [`Your reward can be used ${days(terms.holdDays)} after the job is paid.`] : []),
    ...(gets && terms.approval === 'staff' ? [`${name} approves each reward before you can use it.`] : []),
  ]
}

/** The limits of the program and the business's own words. */
export function smallPrint(terms: Terms, campaign: Campaign, { timeZone }: Home): string[] {
  const money = (amount: number) => formatMoney(amount, campaign.currency, { whole: true })
  const { total, year, month } = terms.advocateCaps
  return [
    ...(terms.existingCustomers === 'accept' ? [] : ['For friends who have not been a customer before.']),
    ...(month === undefined ? [] : [`You can earn up to ${money(month)} a month.`]),
    ...(year === undefined ? [] : [`You can earn up to ${money(year)} a year.`]),
    ...(total === undefined ? [] : [`You can earn up to ${money(total)} in all.`]),
    `Up to ${terms.liveReferralsMax} friends can be on their way at a time.`,
    ...(campaign.endsAt === null ? [] : [`Open until ${formatDay(campaign.endsAt - 1, timeZone, { year: true })}.`]),
    ...(campaign.termsText === '' ? [] : [campaign.termsText]),
  ]
}
