import type { JobEffectReason, JobEvent, JobEventNote, JobEventReason } from '@goodword/contracts'
import { needsLook } from './decisions.ts'
import { type Facts, factsOf, joined, type Sentence, type SentenceOf } from './eventFacts.ts'
import { rejectedSentences } from './rejected.sentences.ts'

const valueText = (facts: Facts): string => {
  const value = facts.money('value')
  return value === null ? '' : `Its value is ${value}.`
}

function updated(facts: Facts): Sentence {
  const [value, before] = [facts.money('value'), facts.money('before')]
  if (value !== null && before !== null)
    return { lead: 'Job updated.', rest: `Its value is ${value}, before ${before}.` }
  return { lead: 'Job updated.', rest: valueText(facts) || 'Its dates changed.' }
}

function refunded(facts: Facts): Sentence {
  const [change, all, value] = [facts.money('change'), facts.money('refunded'), facts.money('value')]
  if (facts.is('full'))
    return { lead: 'Job refunded.', rest: change === null ? '' : `All of its ${value ?? change} is back.` }
  if (change === null) return { lead: 'Part of the job refunded.' }
  const inAll = all === null || all === change ? '' : `, ${all} in all`
  return { lead: 'Part of the job refunded:', rest: `${change}${inAll}${value === null ? '' : ` of ${value}`}.` }
}

function older(facts: Facts): Sentence {
  const [score, known] = [facts.number('score'), facts.number('known')]
  if (score !== null && known !== null)
    return { lead: 'Nothing changed:', rest: `this score of ${score} is older than the ${known} we have.` }
  const [sent, value] = [facts.money('sent'), facts.money('value')]
  if (sent !== null && value !== null)
    return { lead: 'Nothing changed:', rest: `${sent} is older than the ${value} we have.` }
  return { lead: 'Nothing changed:', rest: 'we already have something newer.' }
}

/** A condition that an event doesn't meet. */
function unmet(facts: Facts): Sentence {
  const [path, value, found] = [facts.text('path'), facts.text('value'), facts.text('found')]
  if (!path || !value) return { lead: 'Not used:', rest: 'it doesn’t meet the conditions of your mapping.' }
  if (facts.text('is') === 'different')
    return { lead: 'Not used:', rest: `“${path}” is “${value}”, which you leave out.` }
  const instead = found === null ? 'is missing' : `is “${found}”`
  return { lead: 'Not used:', rest: `“${path}” ${instead}, and you only take “${value}”.` }
}

const withAmount = (facts: Facts, amount: (text: string) => string, none: string): string => {
  const text = facts.money('amount')
  return text === null ? none : amount(text)
}

const sentences: Record<JobEventReason, SentenceOf> = {
  ...rejectedSentences,
  job_opened: (facts) => ({ lead: 'Job noted.', rest: joined(valueText(facts), 'It isn’t done yet.') }),
  job_completed: (facts) => ({ lead: 'Job completed.', rest: valueText(facts) }),
  job_invoiced: (facts) => ({ lead: 'Job invoiced.', rest: valueText(facts) }),
  job_canceled: () => ({ lead: 'Job canceled.' }),
  job_updated: updated,
  job_refunded: refunded,
  refund_given_back: (facts) => {
    const change = facts.money('change')
    return {
      lead: 'A refund failed.',
      rest: change === null ? 'The money is with you again.' : `${change} is with you again.`,
    }
  },
  score_recorded: (facts) => ({ lead: 'Score saved:', rest: `${facts.number('score') ?? '?'} of 5.` }),
  contact_saved: (_, name) => ({ lead: 'Contact saved.', rest: name && `${name} is in your contacts.` }),
  ids_linked: (facts) => {
    const [job, alias] = [facts.text('job'), facts.text('alias')]
    const rest =
      job === null || alias === null
        ? 'They are one job from now on.'
        : `${job} and ${alias} are the same job from now on.`
    if (facts.is('twice'))
      return { lead: 'One payment earned twice.', rest: `${rest} Take back what one of them earned.` }
    return { lead: 'Two numbers, one job.', rest }
  },
  type_not_used: (facts) => {
    const type = facts.text('type')
    return { lead: 'Not used:', rest: `Goodword does nothing with ${type ? `“${type}”` : 'events of this kind'}.` }
  },
  condition_not_met: unmet,
  test_event: () => ({ lead: 'Test event.', rest: 'It arrived and could be read. Nothing was changed.' }),
  nothing_new: () => ({ lead: 'Nothing to do:', rest: 'all of this was known already.' }),
  older_than_known: older,
  refund_pending: (facts) => ({
    lead: 'Waits for the refund.',
    rest: withAmount(facts, (text) => `${text} isn’t paid back yet.`, 'It isn’t paid back yet.'),
  }),
  refund_failed: () => ({ lead: 'Nothing to do:', rest: 'the refund failed before it counted.' }),
  canceled_after_invoice: () => ({
    lead: 'Canceled after it was invoiced.',
    rest: 'The job still counts as invoiced. If you paid it back, send or enter the refund.',
  }),
  payment_disputed: (facts) => ({
    lead: 'The customer disputes the payment.',
    rest: withAmount(
      facts,
      (text) => `${text} may be taken back. Nothing changes until it is refunded.`,
      'Nothing changes until it is refunded.',
    ),
  }),
  opportunity_not_used: () => ({ lead: 'Noted.', rest: 'Won opportunities ask for nothing yet.' }),
  connection_paused: () => ({ lead: 'Not used:', rest: 'the connection was paused. Resume it and try again.' }),
  jobs_off: () => ({ lead: 'Not used:', rest: 'Jobs was switched off.' }),
  waits_for_job: (facts) => ({
    lead: 'Waits for its job.',
    rest: `Nothing has been said about ${facts.text('job') ? `job ${facts.text('job')}` : 'it'} yet. This is used as soon as it arrives.`,
  }),
  waits_for_invoice: (facts) => ({
    lead: 'Waits for the invoice.',
    rest: withAmount(
      facts,
      (text) => `The refund of ${text} is used as soon as the job is invoiced.`,
      'The refund is used as soon as the job is invoiced.',
    ),
  }),
  sent_again: () => ({ lead: 'Nothing to do:', rest: 'the same event, sent twice.' }),
  happened_already: () => ({ lead: 'Nothing to do:', rest: 'another event had told us this already.' }),
}

type Said = Pick<JobEvent, 'outcome' | 'reason' | 'facts' | 'contact' | 'needsPerson' | 'notes'> &
  Partial<Pick<JobEvent, 'effects'>>

/** A finished job whose customer can't be reached needs a person. */
function unreachable({
  reason,
  needsPerson,
  contact,
  effects = [],
}: Pick<Said, 'reason' | 'needsPerson' | 'contact' | 'effects'>): Sentence | null {
  if (!needsPerson || effects.some(needsLook) || (reason !== 'job_completed' && reason !== 'job_invoiced')) return null
  return contact
    ? { lead: 'Can’t be asked yet:', rest: 'the job came without a phone or email we can use.' }
    : { lead: 'Nobody to ask:', rest: 'the job came without a customer.' }
}

/** What came of an event, in words. `currency` is the organization's. */
export function sentenceOf(event: Said, currency: string): Sentence {
  const { outcome, reason, facts, contact } = event
  if (reason === null)
    return outcome === 'received' ? { lead: 'Just arrived.', rest: 'It’s read in a moment.' } : { lead: 'Done.' }
  return unreachable(event) ?? sentences[reason](factsOf(facts, currency), contact?.name ?? '')
}

const notes: Record<JobEventNote, (facts: Facts) => string> = {
  amount_rounded: () => 'The amount had more decimals than its currency and was rounded.',
  email_made_up: () => 'The email address looks made up, so it isn’t used.',
  email_invalid: () => 'The email address isn’t valid, so it isn’t used.',
  phone_invalid: () => 'The phone number isn’t valid, so it isn’t used.',
  no_person: () => 'It doesn’t say whose job it is.',
  no_amount: () => 'It doesn’t say what the job was worth.',
  clock_ahead: () => 'Its time is in the future, so the time it arrived counts.',
  history: (facts) => {
    const days = facts.number('days') ?? 0
    return days > 7
      ? `The job finished ${days} days ago, so nobody is asked about it.`
      : 'The job finished before you connected this system, so nobody is asked about it.'
  },
}

/** What was understood otherwise than it was sent, as one sentence each. */
export const noteSentences = (event: Said, currency: string): string[] =>
  event.notes
    .filter((note) => note !== 'no_person' || (event.contact === null && unreachable(event) === null))
    .map((note) => notes[note](factsOf(event.facts, currency)))

/** What is in the line about the job, too. */
const plain = new Set<JobEvent['reason']>([
  'job_opened',
  'job_completed',
  'job_invoiced',
  'score_recorded',
  'happened_already',
])
/** What follows from many jobs and says little by itself. */
const common = new Set<JobEffectReason>([
  'no_referral',
  'trigger_not_reached',
  'converts_by_hand',
  'ask_waits_for_trigger',
])

/** Whether what followed from an event says it all. */
export const isToldByEffects = (
  event: Pick<Said, 'reason' | 'needsPerson' | 'contact'> & Pick<JobEvent, 'effects'>,
): boolean =>
  plain.has(event.reason) && unreachable(event) === null && event.effects.some(({ reason }) => !common.has(reason))
