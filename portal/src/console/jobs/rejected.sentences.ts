import type { ConnectionFailure, JobEventReason } from '@goodword/contracts'
import type { Facts, SentenceOf } from './eventFacts.ts'

type RejectedReason = Extract<
  JobEventReason,
  | `body_${string}`
  | `list_${string}`
  | `amount_${string}`
  | `currency_${string}`
  | `${string}_missing`
  | 'score_invalid'
  | 'stripe_thin_payload'
  | 'job_never_arrived'
  | 'broke_on_our_side'
  | 'request_refused'
>

const unread = 'Can’t be read:'
const unused = 'Can’t be used:'

/** Where JSON stops being valid: how many characters are before that place. */
const where = (facts: Facts): string => {
  const at = facts.text('at')
  return at === null ? '' : ` Look at character ${(Number(at) + 1).toLocaleString('en-US')}.`
}

const amount = (facts: Facts, what: string): string => {
  const [field, sent] = [facts.text('field') ?? 'amount', facts.text('sent')]
  return sent === null ? `“${field}” ${what}` : `“${field}” is “${sent}”, which ${what}`
}

const refusals: Record<ConnectionFailure, string> = {
  signature_missing: 'it wasn’t signed.',
  signature_wrong: 'the signature does not match.',
  clock_off: 'its clock is off by more than 5 minutes.',
  secret_missing: 'this connection has no secret yet.',
  secret_unreadable: 'the secret can’t be read anymore. The sender was asked to send it again later.',
  body_too_large: 'it is larger than 1 MB.',
}
const isFailure = (text: string | null): text is ConnectionFailure => text !== null && Object.hasOwn(refusals, text)

/** Why a request was refused. */
export const refusalText = (failure: ConnectionFailure): string => refusals[failure]

/** Why an event could not be used, and what would be needed. */
export const rejectedSentences: Record<RejectedReason, SentenceOf> = {
  body_empty: () => ({ lead: unread, rest: 'the request was empty.' }),
  body_not_utf8: () => ({ lead: unread, rest: 'it isn’t text. Send JSON in UTF-8.' }),
  body_not_json: (facts) => ({ lead: unread, rest: `it isn’t valid JSON.${where(facts)}` }),
  body_repeats_field: (facts) => ({
    lead: unread,
    rest: `it has ${facts.text('at') ? `“${facts.text('at')}”` : 'the same field'} twice, and the two may differ.`,
  }),
  body_too_deep: (facts) => {
    const [field] = (facts.text('at') ?? '').split(/[.[]/)
    return { lead: unread, rest: `it is nested too deeply${field ? ` in “${field}”` : ''}.` }
  },
  body_not_an_object: () => ({ lead: unread, rest: 'it isn’t a JSON object.' }),
  list_empty: () => ({ lead: 'Nothing to do:', rest: 'the list of events was empty.' }),
  list_too_long: (facts) => ({
    lead: unread,
    rest: `it holds ${(facts.number('items') ?? 0).toLocaleString('en-US')} events. Send at most ${(facts.number('most') ?? 1_000).toLocaleString('en-US')} at once.`,
  }),
  stripe_thin_payload: () => ({
    lead: unread,
    rest: 'it only has an id. In Stripe, add the endpoint again with snapshot payloads.',
  }),
  type_missing: (facts) => {
    const header = facts.text('header')
    const cure = header ? `Its header “${header}” is missing.` : 'That belongs in “type”, or where your mapping says.'
    return { lead: unused, rest: `it doesn’t say what happened. ${cure}` }
  },
  job_missing: () => ({
    lead: unused,
    rest: 'it doesn’t say which job it is about. Its number belongs in “data.job”, or where your mapping says.',
  }),
  opportunity_missing: () => ({ lead: unused, rest: 'it doesn’t say which opportunity was won.' }),
  person_missing: () => ({
    lead: unused,
    rest: 'it doesn’t say who it is about. The customer belongs in “data.customer”, or where your mapping says.',
  }),
  score_missing: () => ({ lead: unused, rest: 'a review needs a score from 1 to 5.' }),
  score_invalid: (facts) => ({
    lead: unused,
    rest: `${facts.text('sent') ? `the score is “${facts.text('sent')}”` : 'the score can’t be read'}. Send a whole number from 1 to 5.`,
  }),
  amount_missing: (facts) => ({ lead: unused, rest: `“${facts.text('field') ?? 'amount'}” is missing.` }),
  amount_unreadable: (facts) => ({
    lead: unused,
    rest: `${amount(facts, 'can’t be read as an amount')}. ${facts.text('field') === 'amount' ? 'Send a whole number in the smallest unit, such as cents' : 'Send digits and at most a decimal point'}.`,
  }),
  amount_negative: (facts) => ({
    lead: unused,
    rest: `${amount(facts, 'is below zero')}. Send what was paid back as a refund.`,
  }),
  amount_too_large: (facts) => ({ lead: unused, rest: `${amount(facts, 'is too large')}.` }),
  currency_unknown: (facts) => ({
    lead: unused,
    rest: `${facts.text('currency') ? `“${facts.text('currency')}” isn’t a currency` : 'it names no currency'}. Send three letters such as USD.`,
  }),
  currency_changed: (facts) => ({
    lead: unused,
    rest: `it is in ${facts.text('currency') ?? 'another currency'}, but this job is in ${facts.text('known') ?? 'another one'}.`,
  }),
  job_never_arrived: (facts) => {
    const job = facts.text('job')
    return { lead: 'Given up:', rest: `${job ? `job ${job}` : 'what it waited for'} didn’t arrive within 30 days.` }
  },
  mapping_missing: () => ({
    lead: unused,
    rest: 'this connection needs a mapping. Set it up under Connect, then try again.',
  }),
  request_refused: (facts) => {
    const failure = facts.text('failure')
    return { lead: 'Refused:', rest: isFailure(failure) ? refusals[failure] : 'it wasn’t signed as it should be.' }
  },
  broke_on_our_side: () => ({ lead: 'Something went wrong on our side.', rest: 'Nothing was changed. Try again.' }),
}
