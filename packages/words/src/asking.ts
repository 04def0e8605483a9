import type { AskReasonFacts } from '@goodword/contracts'

/** How moments and days are written, and what the campaign is called where it isn't "this campaign". */
export type AskFigures = {
  moment: (at: number) => string
  day: (day: string) => string
  campaign?: string | undefined
}

const noText = {
  no_phone: 'has no confirmed phone number',
  stopped: 'has stopped texts',
  landline: 'has a landline',
  not_agreed: 'hasn’t agreed to texts',
  not_set_up: 'can’t be texted, because texts aren’t set up',
} as const

const noEmail = {
  no_email: 'has no confirmed email address',
  unsubscribed: 'unsubscribed from email',
  undeliverable: 'can’t be reached at their email address',
  not_set_up: 'can’t be emailed, because email isn’t set up',
} as const

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

/** "today", "yesterday", "12 days ago"; before that, if it isn't known when. */
const ago = (count: number | undefined): string =>
  count === undefined ? 'before' : count <= 0 ? 'today' : count === 1 ? 'yesterday' : `${count} days ago`

/** Why nobody is asked, for staff, in one or two sentences. What isn't known is left out. */
export function askReasonSentence(facts: AskReasonFacts, figures: AskFigures): string {
  const { moment, campaign } = figures
  switch (facts.reason) {
    case 'asking_off':
      return `Asking is off in ${campaign ?? 'this campaign'}.`
    case 'campaign_closed':
      return `${campaign ?? 'This campaign'} isn’t running.`
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
      return beforeConnection(facts, figures)
    case 'finished_long_ago':
      return facts.days === undefined
        ? 'Finished too long ago to ask.'
        : `Finished ${ago(facts.days)}: nobody is asked that late.`
    case 'score_low':
      return facts.score === undefined || facts.minScore === undefined
        ? 'The score is too low.'
        : `The score of ${facts.score} is under your ${facts.minScore}.`
    case 'no_score':
      return facts.days === undefined ? 'No score came.' : `No score came within ${days(facts.days)}.`
    case 'asked_for_this_job':
      return `Asked for this job ${ago(facts.days)}.`
    case 'asked_lately':
      return askedLately(facts, figures)
    case 'ask_scheduled':
      return `Another ask is scheduled${facts.at === undefined ? '' : ` for ${moment(facts.at)}`}.`
    case 'no_channel':
      return noChannel(facts)
    case 'no_follow_up':
      return `${campaign ?? 'This campaign'} sends no reminder.`
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

function beforeConnection({ finishedOn, connectedOn }: AskReasonFacts, { day }: AskFigures): string {
  const on = (which: string | undefined) => (which === undefined ? '' : ` on ${day(which)}`)
  return `Finished${on(finishedOn)}, before the system was connected${on(connectedOn)}.`
}

function askedLately({ days: count, gapDays, againOn }: AskReasonFacts, { day }: AskFigures): string {
  const gap = gapDays === undefined ? null : `nobody is asked twice within ${days(gapDays)}`
  const again = againOn === undefined ? null : `earliest again ${day(againOn)}`
  const rule = [gap, again].filter((part) => part !== null).join('; ')
  return `Asked ${ago(count)}.${rule === '' ? '' : ` ${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`}`
}

function noChannel({ text, email }: AskReasonFacts): string {
  if (text === 'no_phone' && email === 'no_email') return 'This contact has no confirmed phone number or email address.'
  const parts = [text ? noText[text] : null, email ? noEmail[email] : null].filter((part) => part !== null)
  return `This contact ${parts.length === 0 ? 'can’t be reached' : parts.join(' and ')}.`
}
