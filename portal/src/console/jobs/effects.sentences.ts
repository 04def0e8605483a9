import type { JobEffect, JobEvent } from '@goodword/contracts'
import { erasedName, firstName } from '@goodword/domain'
import type { IconName } from '../../shared/ui/icon.tsx'
import { shortDay } from '../core/relativeDates.ts'
import { askingSentences, type Told } from './asking.sentences.ts'
import { earningSentences } from './earning.sentences.ts'
import { factsOf, type Sentence } from './eventFacts.ts'
import { eventTime } from './jobEvent.labels.ts'

const sentences = { ...askingSentences, ...earningSentences }

/** What is needed to say things: `campaignName` is null for one that isn't known. */
export type Saying = {
  currency: string
  timeZone: string
  now: number
  campaignName: (id: string) => string | null
}

/** "Rosa" of "Rosa Medina", and all of "G. Marsh"; "" for somebody whose data was erased. */
export function calledAs(name: string): string {
  if (name === erasedName) return ''
  const first = firstName(name)
  return /^\p{L}\.?$/u.test(first) ? name : first
}

/** What an event led to, in words. */
export function effectSentence(effect: JobEffect, contact: JobEvent['contact'], saying: Saying): Sentence {
  const { timeZone, now } = saying
  const facts = factsOf(effect.facts, saying.currency)
  const told: Told = {
    facts,
    campaign: saying.campaignName(facts.text('campaignId') ?? '') ?? 'the campaign',
    who: (contact && calledAs(contact.name)) || 'the customer',
    moment: (at) => eventTime(new Date(at).toISOString(), now, timeZone),
    day: (day) => (day === '' ? '' : shortDay(Date.parse(`${day}T12:00:00Z`), now, 'UTC')),
  }
  return sentences[effect.reason](told)
}

/** Effects that did or will do something come first. */
const weights: Partial<Record<JobEffect['reason'], number>> = {
  call_customer: 0,
  converted: 0,
  rewarded_again: 0,
  ask_scheduled: 1,
  ask_waits_for_score: 2,
  ask_canceled: 2,
  not_asked: 4,
  ask_waits_for_trigger: 4,
  no_referral: 6,
  trigger_not_reached: 5,
}
const weightOf = ({ reason }: JobEffect): number => weights[reason] ?? 3

export const inOrder = (effects: readonly JobEffect[]): JobEffect[] =>
  [...effects].sort((one, other) => weightOf(one) - weightOf(other))

const quiet = new Set<JobEffect['reason']>([
  'not_asked',
  'no_referral',
  'trigger_not_reached',
  'ask_waits_for_trigger',
  'converts_by_hand',
  'staff_decided',
  'value_zero',
  'before_connection',
  'finished_long_ago',
  'campaign_closed',
  'existing_customer',
  'below_minimum',
  'earns_once',
  'times_used',
  'term_over',
  'nothing_earned',
  'rewards_stay',
])

/** How the first effect is marked; null leaves the mark of the event. */
export function markOfEffect(effect: JobEffect | undefined): { tone: string; icon: IconName } | null {
  if (!effect) return null
  if (effect.reason === 'ask_scheduled') return { tone: 'ok', icon: 'send' }
  if (effect.reason === 'ask_waits_for_score') return { tone: 'wait', icon: 'clock' }
  return quiet.has(effect.reason) ? { tone: '', icon: 'minus' } : null
}
