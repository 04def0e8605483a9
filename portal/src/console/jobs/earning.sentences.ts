import type { JobEffectReason } from '@goodword/contracts'
import type { Tell, Told } from './asking.sentences.ts'

/** "$42.00 for the advocate, $20.00 for the customer." What is 0 isn't said. */
function amounts({ facts, who }: Told): string {
  const said = (name: string, whom: string) => {
    const amount = facts.number(name)
    return amount === null || amount === 0 ? null : `${facts.money(name) ?? ''} for ${whom}`
  }
  const both = [said('advocateAmount', 'the advocate'), said('friendAmount', who)].filter(Boolean).join(', ')
  return both === '' ? '' : `${both}.`
}

const refunded = ({ facts }: Told, after: string): string => {
  const amount = facts.money('refunded')
  return amount === null ? after : `${amount} went back. ${after}`
}

const days = (count: number | null): string => (count === 1 ? '1 day' : `${count ?? 0} days`)

type EarningEffect = Exclude<JobEffectReason, `ask_${string}` | 'not_asked' | 'call_customer'>

/** What came of a job for the referral of its customer. */
export const earningSentences: Record<EarningEffect, Tell> = {
  converted: (told) => ({ lead: 'Converted a referral.', rest: amounts(told) }),
  rewarded_again: (told) => ({ lead: 'A further job earned.', rest: amounts(told) }),
  several_advocates: ({ who }) => ({ lead: `Who sent ${who}?`, rest: 'More than one advocate did. Choose one.' }),
  several_campaigns: ({ who }) => ({
    lead: `Which campaign sent ${who}?`,
    rest: 'There are referrals in more than one.',
  }),
  other_currency: ({ facts }) => ({
    lead: 'Not converted yet:',
    rest: `the job is in ${facts.text('jobCurrency') ?? facts.text('currency') ?? 'another currency'}, the campaign in ${facts.text('campaignCurrency') ?? 'its own'}. Enter the value.`,
  }),
  value_missing: () => ({
    lead: 'Not converted yet:',
    rest: 'its reward depends on the job’s value, and none came. Enter it.',
  }),
  conversion_refused: () => ({ lead: 'Couldn’t convert the referral.', rest: 'Open it and convert it by hand.' }),
  rewards_to_take_back: (told) => ({
    lead: 'Reversal proposed.',
    rest: refunded(told, 'Decide what happens to the rewards.'),
  }),
  rewards_to_adjust: (told) => ({
    lead: 'Smaller rewards proposed.',
    rest: refunded(told, 'Decide what happens to the rewards.'),
  }),
  rewards_to_give_back: () => ({
    lead: 'Rewards may be given back:',
    rest: 'a refund failed after rewards were taken back.',
  }),
  dispute_of_rewarded_job: () => ({
    lead: 'This job earned rewards.',
    rest: 'Decide about them once the dispute is over.',
  }),
  rewards_taken_back: (told) => ({ lead: 'Rewards taken back.', rest: refunded(told, 'Your campaign says so.') }),
  rewards_adjusted: (told) => ({ lead: 'Rewards adjusted.', rest: refunded(told, 'Your campaign says so.') }),
  rewards_stay: (told) => ({ lead: 'Rewards stay.', rest: refunded(told, 'They would have been the same.') }),
  no_referral: ({ who }) => ({ lead: 'Nothing to convert:', rest: `no referral of ${who} is open.` }),
  trigger_not_reached: ({ facts }) => ({
    lead: 'Not converted yet:',
    rest: `the referral converts when the job is ${facts.text('convertAt') ?? 'invoiced'}.`,
  }),
  converts_by_hand: () => ({ lead: 'Not converted:', rest: 'your team converts referrals in this campaign.' }),
  staff_decided: () => ({ lead: 'Not converted:', rest: 'your team decided about this job before.' }),
  job_canceled: () => ({ lead: 'Not converted:', rest: 'the job was canceled.' }),
  job_refunded: () => ({ lead: 'Not converted:', rest: 'the job was refunded.' }),
  value_zero: () => ({ lead: 'Not converted:', rest: 'a job of 0 counts for nothing.' }),
  before_connection: () => ({ lead: 'Not converted:', rest: 'the job finished before you connected this system.' }),
  finished_long_ago: ({ facts }) => ({
    lead: 'Not converted:',
    rest: `it finished ${days(facts.number('days'))} ago. Convert it by hand if it counts.`,
  }),
  campaign_closed: () => ({ lead: 'Not converted:', rest: 'the campaign is over.' }),
  existing_customer: () => ({ lead: 'Not converted:', rest: 'only first-time customers count.' }),
  below_minimum: ({ facts }) => ({
    lead: 'Referral stays open:',
    rest: `${facts.money('value') ?? 'its value'} is under the smallest job that counts${facts.money('minimum') ? `, ${facts.money('minimum')}` : ''}.`,
  }),
  earns_once: () => ({ lead: 'Nothing more earned:', rest: 'further jobs earn nothing in this campaign.' }),
  times_used: ({ facts }) => ({
    lead: 'Nothing more earned:',
    rest: `${facts.number('times') ?? 0} further jobs have earned already.`,
  }),
  term_over: ({ facts, day }) => ({
    lead: 'Nothing more earned:',
    rest: facts.text('endedOn')
      ? `further jobs earned until ${day(facts.text('endedOn') ?? '')}.`
      : 'the time for further jobs is over.',
  }),
  repeat_other_currency: ({ facts }) => ({
    lead: 'Nothing more earned:',
    rest: `the job is in ${facts.text('currency') ?? 'another currency'}, the campaign in ${facts.text('campaignCurrency') ?? 'its own'}.`,
  }),
  nothing_earned: () => ({ lead: 'Nothing more earned.' }),
  credit_used: ({ facts }) => ({ lead: 'Credit used:', rest: `${facts.money('amount') ?? 'some'} on this invoice.` }),
  credit_not_enough: ({ facts }) => ({
    lead: 'Credit used, but not there:',
    rest: `the invoice took ${facts.money('amount') ?? 'some'}, and ${facts.money('shortfall') ?? 'a part'} of it is missing.`,
  }),
  credit_refused: () => ({
    lead: 'Credit couldn’t be recorded:',
    rest: 'the invoice is in a currency that has no credit.',
  }),
}
