import type { AskReasonFacts } from '@goodword/contracts'

/** How moments and days are written, and what campaigns are called. */
export type AskFigures = { moment: (at: number) => string; day: (day: string) => string }

const noText = {
  no_phone: 'has no phone number',
  stopped: 'has stopped texts',
  landline: 'has a landline',
  not_agreed: 'hasn’t agreed to texts',
  not_set_up: 'can’t be texted, because texts aren’t set up',
} as const

const noEmail = {
  no_email: 'has no email address',
  unsubscribed: 'unsubscribed from email',
  undeliverable: 'can’t be reached at their email address',
  not_set_up: 'can’t be emailed, because email isn’t set up',
} as const

const days = (count: number | undefined): string => (count === 1 ? '1 day' : `${count ?? 0} days`)

/** "today", "yesterday", "12 days ago". */
const ago = (count: number | undefined): string =>
  count === undefined || count <= 0 ? 'today' : count === 1 ? 'yesterday' : `${count} days ago`

/** Why nobody is asked, for staff, in one or two sentences. */
export function askReasonSentence(facts: AskReasonFacts, { moment, day }: AskFigures): string {
  switch (facts.reason) {
    case 'asking_off':
      return 'Asking is off in this campaign.'
    case 'campaign_closed':
      return 'The campaign isn’t running.'
    case 'contact_gone':
      return 'This contact was removed.'
    case 'program_off':
      return 'They turned off messages about the program.'
    case 'link_inactive':
      return 'Their link is inactive.'
    case 'job_canceled':
      return 'The job was canceled.'
    case 'job_refunded':
      return 'The job was refunded.'
    case 'staff_said_no':
      return 'Your team chose not to ask.'
    case 'before_connection':
      return `Finished on ${day(facts.finishedOn ?? '')}, before the system was connected on ${day(facts.connectedOn ?? '')}.`
    case 'finished_long_ago':
      return `Finished ${ago(facts.days)}: nobody is asked that late.`
    case 'score_low':
      return `The score of ${facts.score ?? 0} is under your ${facts.minScore ?? 0}.`
    case 'no_score':
      return `No score came within ${days(facts.days)}.`
    case 'asked_for_this_job':
      return `Asked for this job ${ago(facts.days)}.`
    case 'asked_lately':
      return `Asked ${ago(facts.days)}. Nobody is asked twice within ${days(facts.gapDays)}; earliest again ${day(facts.againOn ?? '')}.`
    case 'ask_scheduled':
      return `Another ask is scheduled for ${moment(facts.at ?? 0)}.`
    case 'no_channel':
      return noChannel(facts)
    case 'no_follow_up':
      return 'This campaign sends no reminder.'
    case 'followed_up':
      return 'Reminded once.'
    case 'opened':
      return 'They opened the link.'
    case 'jobs_off':
      return 'Jobs are switched off.'
    case 'rules_changed':
      return 'The rules of the campaign changed.'
    case 'send_failed':
      return 'The message couldn’t be sent. Messages says why.'
    case 'merged':
      return 'The contact was merged with another who is asked.'
    case 'moved_here':
      return 'It was scheduled when the organization moved here.'
  }
}

function noChannel({ text, email }: AskReasonFacts): string {
  const parts = [text ? noText[text] : null, email ? noEmail[email] : null].filter((part) => part !== null)
  return `This contact ${parts.join(' and ')}.`
}
