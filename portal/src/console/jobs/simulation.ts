import type { AskRule } from '@goodword/contracts'
import { type SimulatedStep, simulateAsk } from '@goodword/domain'
import { askReasonSentence } from '@goodword/words/asking'
import type { IconName } from '../../shared/ui/icon.tsx'

export type SimulationLine = { tone: string; icon: IconName; lead: string; why: string | null; at: number | null }

/** How moments are written: "Dec 1, 9:00 AM" and "8:40 PM". */
type Clocks = { moment: (at: number) => string; time: (at: number) => string; day: (day: string) => string }

const reachable = {
  phone: { zones: [], agreed: true, stopped: false, landline: false },
  email: { unsubscribed: false, undeliverable: false },
}

const sentBy = (channels: readonly string[]): string =>
  channels.length > 1
    ? 'Text and email with the link'
    : channels[0] === 'sms'
      ? 'Text with the link'
      : 'Email with the link'

function hours(minutes: number): string {
  if (minutes === 0) return 'At once'
  const count = minutes / 60
  return `${count} ${count === 1 ? 'hour' : 'hours'} later`
}

/** What the rules would do with one job, line by line: decided by the code that decides about real ones. */
export function simulate(
  given: { rule: AskRule; timeZone: string; finishedAt: number; score: number | null },
  clocks: Clocks,
): SimulationLine[] {
  const { rule, finishedAt, score } = given
  const scored = score === null ? 'no score' : `score ${score}`
  const job: SimulationLine = {
    tone: '',
    icon: 'wrench',
    lead: `Job ${rule.trigger}, ${scored}`,
    why: null,
    at: finishedAt,
  }
  const steps = simulateAsk({ ...given, addresses: reachable })
  return [job, ...steps.flatMap((step, index) => linesOf(step, steps[index - 1], rule, clocks))]
}

function linesOf(
  { decision }: SimulatedStep,
  before: SimulatedStep | undefined,
  rule: AskRule,
  clocks: Clocks,
): SimulationLine[] {
  const line = (tone: string, icon: IconName, lead: string, why: string | null, at: number | null) => ({
    tone,
    icon,
    lead,
    why,
    at,
  })
  if (decision.do === 'wait')
    return decision.until === null
      ? [line('accepted', 'clock', 'Waits for the job', null, null)]
      : [line('accepted', 'clock', 'Waits for a score', `Until ${clocks.moment(decision.until)}.`, null)]
  if (decision.do !== 'send') {
    if (decision.reason === 'followed_up' || decision.reason === 'no_follow_up') return []
    const low = decision.reason === 'score_low'
    return [
      line(
        low ? 'pending' : '',
        low ? 'alert' : 'minus',
        low ? 'Your team is told' : 'Nobody is asked',
        askReasonSentence(decision, clocks),
        null,
      ),
    ]
  }
  const lines: SimulationLine[] = []
  if (decision.at > decision.dueAt) {
    const when =
      decision.what === 'follow_up' || before?.decision.do === 'wait' ? 'It would be' : `${hours(rule.delayMinutes)} is`
    lines.push(
      line('accepted', 'clock', 'Waits for the morning', `${when} ${clocks.time(decision.dueAt)}, quiet time.`, null),
    )
  }
  if (decision.what === 'follow_up')
    lines.push(line('next', 'refresh', 'Reminder', 'Only if the link was never opened.', decision.at))
  else lines.push(line('converted', 'send', sentBy(decision.channels), null, decision.at))
  return lines
}
