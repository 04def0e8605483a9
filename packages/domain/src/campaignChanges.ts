import type { Currency, Terms } from '@goodword/contracts'
import { budgetWarningPercent } from './budget.ts'
import { describeSide } from './describeSide.ts'
import { jobRuleParts } from './jobRuleParts.ts'
import { formatMoney } from './money.ts'
import { ordinal } from './ordinal.ts'
import { defaultLinkDays } from './referralLinks.ts'
import { describeValue } from './rewardOfSide.ts'

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

const termsPolicyLabels: Record<Terms['honor'], string> = {
  never_less: 'the new terms, never less than promised',
  at_conversion: 'the terms on the day it converts',
  at_submission: 'the terms on the day it was sent',
}

const customerLabels: Record<Terms['existingCustomers'], string> = {
  reject: 'only first-time customers',
  accept_without_reward: 'everyone; known customers earn nothing',
  accept: 'everyone, with rewards',
}

/** Every part of the terms that can change independently, with its label and description. */
function partsOf(terms: Terms, currency: Currency): [name: string, words: string][] {
  const money = (amount: number | undefined) => (amount === undefined ? 'no limit' : formatMoney(amount, currency))
  const tiers = [...terms.tiers].sort((a, b) => a.from - b.from)
  const milestones = [...terms.milestones].sort((a, b) => a.at - b.at)
  return [
    ['Friend', describeSide(terms.friend, currency, terms.friendRewardUse)],
    ['Advocate', describeSide(terms.advocate, currency)],
    ...tiers.map(({ from, value }): [string, string] => [
      `From the ${ordinal(from)} friend on`,
      describeValue(value, currency),
    ]),
    ...milestones.map(({ at, amount }): [string, string] => [
      `Bonus for the ${ordinal(at)} friend`,
      formatMoney(amount, currency),
    ]),
    ['Friends are counted', terms.countEachYear ? 'anew each January' : 'from the first on'],
    ['Referrals already sent earn', termsPolicyLabels[terms.honor]],
    ['Open referrals for each advocate', String(terms.liveReferralsMax)],
    ['Most per advocate, in all', money(terms.advocateCaps.total)],
    ['Most per advocate, a year', money(terms.advocateCaps.year)],
    ['Most per advocate, a month', money(terms.advocateCaps.month)],
    ['Budget of the campaign', money(terms.budget)],
    ['Your team is told of it', `at ${terms.budgetWarningPercent ?? budgetWarningPercent}%`],
    ['Who can be a friend', customerLabels[terms.existingCustomers]],
    ['Pending referrals expire', terms.pendingExpiresDays ? `after ${days(terms.pendingExpiresDays)}` : 'never'],
    ['Links are remembered for', days(terms.linkDays ?? defaultLinkDays)],
    ['Hold', days(terms.holdDays)],
    ['Approval', terms.approval === 'staff' ? 'by your team' : 'automatic'],
    ...jobRuleParts(terms.jobs, currency),
  ]
}

/** The differences of `after`, one sentence each: "Advocate: 5% of the job → 10% of the job". */
export function changesOf(before: Terms, after: Terms, currency: Currency): string[] {
  const old = new Map(partsOf(before, currency))
  const now = new Map(partsOf(after, currency))
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)]
    if (was === is) return []
    if (was === undefined) return [`${name}: ${is}`]
    return [`${name}: ${was} → ${is ?? 'removed'}`]
  })
}
