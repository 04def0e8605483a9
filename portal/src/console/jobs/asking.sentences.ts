import { AskReasonFacts, type JobEffectReason } from '@goodword/contracts'
import { askReasonSentence } from '@goodword/words/asking'
import type { Facts, Sentence } from './eventFacts.ts'

/** What a sentence about an effect is made with. */
export type Told = {
  facts: Facts
  /** The campaign's name. */
  campaign: string
  /** The customer's first name, or "the customer". */
  who: string
  /** "Dec 3, 9:42 AM" of milliseconds since 1970; today's as the time alone. */
  moment: (at: number) => string
  /** "Jan 17" of "2027-01-17". */
  day: (day: string) => string
}
export type Tell = (told: Told) => Sentence

/** The facts of an effect, as those of a reason. */
const reasonOf = ({ facts }: Told): AskReasonFacts | null =>
  AskReasonFacts.safeParse({
    reason: facts.text('why'),
    ...optional(facts.number, ['score', 'minScore', 'days', 'gapDays', 'at']),
    ...optional(facts.text, ['againOn', 'finishedOn', 'connectedOn', 'text', 'email']),
  }).data ?? null

const optional = <Value>(read: (name: string) => Value | null, names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(names.flatMap((name) => optionalOf(name, read(name))))

const optionalOf = <Value>(name: string, value: Value | null): [string, Value][] =>
  value === null ? [] : [[name, value]]

function whyOf(told: Told): string {
  const reason = reasonOf(told)
  return reason ? askReasonSentence(reason, told) : 'The rules of the campaign say so.'
}

const channelText: Record<string, string> = {
  sms: 'Text goes out',
  email: 'Email goes out',
  both: 'Text and email go out',
}

/** "at 11:15 AM" today, "on Dec 3, 9:42 AM" later. */
const whenText = (moment: string): string => `${/^\d/.test(moment) ? 'at' : 'on'} ${moment}`

function scheduled({ facts, campaign, who, moment }: Told): Sentence {
  const [at, dueAt, channels] = [facts.number('at'), facts.number('dueAt'), facts.text('channels') ?? '']
  const goes = channelText[channels.includes(' ') ? 'both' : channels] ?? 'It goes out'
  const when = at === null ? '' : ` ${whenText(moment(at))}`
  const quiet = at !== null && dueAt !== null && at > dueAt ? ', after quiet hours' : ''
  const lead = facts.is('enrolled')
    ? `Enrolled in ${campaign}.`
    : facts.text('what') === 'ask'
      ? `${who} is asked.`
      : `Reminder of ${campaign}.`
  return { lead, rest: `${goes}${when}${quiet}.` }
}

type AskEffect = Extract<JobEffectReason, `ask_${string}` | 'not_asked' | 'call_customer'>

/** What came of a job for asking its customer. */
export const askingSentences: Record<AskEffect, Tell> = {
  call_customer: ({ facts, who }) => ({
    lead: `Call ${who}.`,
    rest: `They gave ${facts.number('score') ?? '?'} of 5.`,
  }),
  ask_scheduled: scheduled,
  ask_waits_for_score: ({ facts, moment }) => {
    const until = facts.number('until')
    return { lead: 'Waits for a score', rest: until === null ? 'before anybody is asked.' : `until ${moment(until)}.` }
  },
  ask_waits_for_trigger: () => ({
    lead: 'Nobody is asked yet:',
    rest: 'the campaign waits until the job is invoiced.',
  }),
  ask_canceled: (told) => ({ lead: 'The ask was canceled.', rest: whyOf(told) }),
  not_asked: (told) => ({ lead: 'Nobody was asked.', rest: whyOf(told) }),
}
