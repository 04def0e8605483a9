import type { AskReason, JobEffectReason } from '@goodword/contracts'
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

const days = (count: number | null): string => (count === 1 ? '1 day' : `${count ?? 0} days`)

const noText: Record<string, string> = {
  no_phone: 'no phone number is known',
  stopped: 'they stopped texts',
  landline: 'the phone is a landline',
  not_agreed: 'they haven’t agreed to texts',
  not_set_up: 'texts aren’t set up',
}
const noEmail: Record<string, string> = {
  no_email: 'no email address is known',
  unsubscribed: 'they unsubscribed from email',
  undeliverable: 'email to them can’t be delivered',
  not_set_up: 'email isn’t set up',
}

function noChannel({ facts }: Told): string {
  const reasons = [noText[facts.text('text') ?? ''], noEmail[facts.text('email') ?? '']].filter(Boolean)
  return reasons.length === 0 ? 'there is no way to reach them.' : `${reasons.join(', and ')}.`
}

const whys: Record<AskReason, (told: Told) => string> = {
  asking_off: ({ campaign }) => `asking is off in ${campaign}.`,
  campaign_closed: ({ campaign }) => `${campaign} isn’t running.`,
  contact_gone: () => 'the contact was removed.',
  program_off: () => 'they turned off messages about the program.',
  link_inactive: () => 'their link is inactive.',
  job_canceled: () => 'the job was canceled.',
  job_refunded: () => 'the job was refunded.',
  staff_said_no: () => 'your team held it back.',
  before_connection: () => 'the job finished before you connected this system.',
  finished_long_ago: ({ facts }) => `it finished ${days(facts.number('days'))} ago.`,
  score_low: ({ facts }) => `${facts.number('score') ?? '?'} is under your ${facts.number('minScore') ?? '?'}.`,
  no_score: ({ facts }) => `no score came within ${days(facts.number('days'))}.`,
  asked_for_this_job: ({ facts }) => {
    const count = facts.number('days') ?? 0
    return count === 0 ? 'they were asked for this job today.' : `they were asked for this job ${days(count)} ago.`
  },
  asked_lately: ({ facts, day }) => {
    const again = facts.text('againOn')
    return `asked ${days(facts.number('days'))} ago.${again === null ? '' : ` Earliest again ${day(again)}.`}`
  },
  ask_scheduled: () => 'another ask is scheduled already.',
  no_channel: noChannel,
  no_follow_up: ({ campaign }) => `${campaign} sends no reminder.`,
  followed_up: () => 'they were reminded once.',
  opened: () => 'they opened the link.',
  jobs_off: () => 'Jobs was switched off.',
  rules_changed: () => 'the rules were changed.',
  send_failed: () => 'the message couldn’t be sent.',
  merged: () => 'the contact was merged into another one.',
  moved_here: () => 'it was scheduled before you moved here.',
}
const isWhy = (text: string | null): text is AskReason => text !== null && Object.hasOwn(whys, text)

const whyOf = (told: Told): string => {
  const why = told.facts.text('why')
  return isWhy(why) ? whys[why](told) : 'the rules of the campaign say so.'
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

type AskEffect = Extract<JobEffectReason, `ask_${string}` | 'not_asked'>

/** What came of a job for asking its customer. */
export const askingSentences: Record<AskEffect, Tell> = {
  ask_scheduled: scheduled,
  ask_waits_for_score: ({ facts, moment }) => {
    const until = facts.number('until')
    return { lead: 'Waits for a score', rest: until === null ? 'before anybody is asked.' : `until ${moment(until)}.` }
  },
  ask_waits_for_trigger: () => ({
    lead: 'Nobody is asked yet:',
    rest: 'the campaign waits until the job is invoiced.',
  }),
  ask_canceled: (told) => ({ lead: 'The ask was canceled:', rest: whyOf(told) }),
  not_asked: (told) => ({ lead: 'Nobody was asked:', rest: whyOf(told) }),
}
