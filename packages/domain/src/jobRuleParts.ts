import type { AskRule, Currency, JobRules, RepeatRewards } from '@goodword/contracts'
import { describeSide } from './describeSide.ts'

const counted = (count: number, unit: string): string => (count === 1 ? `1 ${unit}` : `${count} ${unit}s`)

/** 120 is "2 hours", 90 "90 minutes", 2880 "2 days". */
function describeMinutes(minutes: number): string {
  if (minutes === 0) return 'at once'
  if (minutes % 1_440 === 0) return `${counted(minutes / 1_440, 'day')} later`
  return minutes % 60 === 0 ? `${counted(minutes / 60, 'hour')} later` : `${counted(minutes, 'minute')} later`
}

/** "20:00" is "8:00 PM". */
function describeClock(time: string): string {
  const hour = Number(time.slice(0, 2))
  return `${hour % 12 === 0 ? 12 : hour % 12}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`
}

const channelLabels: Record<AskRule['channel'], string> = {
  text_first: 'text, or else email',
  email_first: 'email, or else text',
  both: 'text and email',
}

const conversionLabels: Record<JobRules['convertAt'], string> = {
  completed: 'when the job is completed',
  invoiced: 'when the job is invoiced',
  by_hand: 'by your team',
}

const refundLabels: Record<JobRules['refunds'], string> = {
  propose: 'your team decides',
  take_back: 'rewards are taken back',
}

function askParts(rule: AskRule): [name: string, words: string][] {
  const wait = counted(rule.scoreWaitDays, 'day')
  return [
    ['Lowest score to ask', String(rule.minScore)],
    ['They are asked', describeMinutes(rule.delayMinutes)],
    ['Quiet hours', `${describeClock(rule.quietHours.from)} to ${describeClock(rule.quietHours.until)}`],
    ['They are asked by', channelLabels[rule.channel]],
    ['Reminder', rule.followUpHours === null ? 'none' : `once, after ${counted(rule.followUpHours, 'hour')}`],
    ['Nobody is asked again', `within ${counted(rule.gapDays, 'day')}`],
    ['Without a score', rule.withoutScore === 'ask' ? `ask after ${wait}` : `don’t ask, after waiting ${wait}`],
  ]
}

function describeRepeat({ limit, advocate, friend }: RepeatRewards, currency: Currency): string {
  const howLong = limit.type === 'times' ? counted(limit.times, 'time') : `for ${counted(limit.months, 'month')}`
  return `${howLong}: advocate ${describeSide(advocate, currency)}, friend ${describeSide(friend, currency)}`
}

/** The rules for jobs in a campaign's terms, each with its label and description. */
export function jobRuleParts(jobs: JobRules | undefined, currency: Currency): [name: string, words: string][] {
  const ask = jobs?.ask?.on ? jobs.ask : null
  return [
    ['Customers are asked', ask ? `after a job is ${ask.trigger}` : 'never'],
    ...(ask ? askParts(ask) : []),
    ['Referrals convert', conversionLabels[jobs?.convertAt ?? 'by_hand']],
    ['After a refund', refundLabels[jobs?.refunds ?? 'propose']],
    ['Further jobs earn', jobs?.repeat ? describeRepeat(jobs.repeat, currency) : 'nothing'],
  ]
}
