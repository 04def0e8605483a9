import { addDays, daysUntil } from '../calendar.ts'
import { dayIn, dayMs } from '../days.ts'
import type { AskDecision, AskFacts, AskRefusal, AskScore, Reached } from './askFacts.ts'
import { channelsFor, reasonNoEmail, reasonNoText } from './channels.ts'
import { outsideQuietHours } from './quietHours.ts'

/** Whoever hears of a job, or gets around to it, later than this many days asks nobody. */
const freshDays = 7
const minuteMs = 60_000
const hourMs = 3_600_000

/**
 * Whether and when a contact is asked to refer because of a job, by which channel, or why not. It is asked whenever a fact
 * changes, and again in the transaction that sends: the same facts give the same answer, in whatever order they became
 * known.
 */
export function decideAsk(facts: AskFacts): AskDecision {
  const { invitation } = facts
  if (invitation?.state === 'sent') return decideFollowUp(facts, invitation)
  const decision = decideFirst(facts)
  return decision.do === 'nothing' && invitation ? { ...decision, do: 'cancel' } : decision
}

const nothing = (refusal: AskRefusal): AskDecision => ({ do: 'nothing', ...refusal })

function decideFirst(facts: AskFacts): AskDecision {
  const { job, rule } = facts
  const refusal = whyNever(facts)
  if (refusal) return nothing(refusal)
  const trigger = reachedTrigger(facts)
  if (!trigger) return { do: 'wait', for: 'trigger', until: null }
  const old = whyTooOld(facts, trigger)
  if (old) return nothing(old)
  const low = lowScore(facts, trigger.at)
  if (low) return nothing(low)
  const waitedUntil = trigger.at + rule.scoreWaitDays * dayMs
  const score = latestScore(facts.scores.filter(({ jobId }) => jobId === job.id))
  if (!score && facts.now < waitedUntil) return { do: 'wait', for: 'score', until: waitedUntil }
  const inTime = score && score.at <= waitedUntil ? score : null
  if (!inTime && rule.withoutScore === 'skip') return nothing({ reason: 'no_score', days: rule.scoreWaitDays })
  const dueAt = inTime ? Math.max(trigger.at, inTime.at) + rule.delayMinutes * minuteMs : waitedUntil
  return sendUnlessAsked(facts, trigger, dueAt)
}

function sendUnlessAsked(facts: AskFacts, trigger: Reached, dueAt: number): AskDecision {
  const { now, timeZone, enrollment } = facts
  if (now - dueAt > freshDays * dayMs) return nothing(longAgo(trigger.at, now, timeZone))
  const decision = send(facts, enrollment === 'active' ? 'reminder' : 'ask', dueAt)
  if (decision.do !== 'send') return decision
  const asked = whyAsked(facts, decision.at)
  return asked ? nothing(asked) : decision
}

function decideFollowUp(facts: AskFacts, invitation: Extract<AskFacts['invitation'], { state: 'sent' }>): AskDecision {
  const { rule, now } = facts
  if (rule.followUpHours === null || invitation.kind === 'reminder') return nothing({ reason: 'no_follow_up' })
  if (invitation.followUpSentAt !== null) return nothing({ reason: 'followed_up' })
  if (invitation.opened) return nothing({ reason: 'opened' })
  const refusal = whyNever(facts) ?? lowScore(facts, reachedTrigger(facts)?.at ?? invitation.sentAt)
  if (refusal) return nothing(refusal)
  const dueAt = invitation.sentAt + rule.followUpHours * hourMs
  if (now - dueAt > freshDays * dayMs) return nothing(longAgo(invitation.sentAt, now, facts.timeZone))
  return send(facts, 'follow_up', dueAt)
}

/** `ripeAt`: the earliest moment; what is ripe already is due now. */
function send(facts: AskFacts, what: 'ask' | 'reminder' | 'follow_up', ripeAt: number): AskDecision {
  const { rule, addresses, timeZone, now } = facts
  const channels = channelsFor(rule, addresses)
  if (channels.length === 0) {
    const { phone, email } = addresses
    return nothing({ reason: 'no_channel', text: reasonNoText(phone), email: reasonNoEmail(email) })
  }
  const recipient = channels.includes('sms') ? (addresses.phone?.zones ?? []) : []
  const dueAt = Math.max(ripeAt, now)
  const at = outsideQuietHours(dueAt, rule.quietHours, { organization: timeZone, recipient })
  return { do: 'send', what, at, dueAt, channels }
}

/** What holds whenever it is asked, before and after the first message. */
function whyNever({ rule, campaignOpen, contactGone, programOff, enrollment, job }: AskFacts): AskRefusal | null {
  if (!rule.on) return { reason: 'asking_off' }
  if (!campaignOpen) return { reason: 'campaign_closed' }
  if (contactGone) return { reason: 'contact_gone' }
  if (programOff) return { reason: 'program_off' }
  if (enrollment === 'inactive') return { reason: 'link_inactive' }
  if (job.canceled) return { reason: 'job_canceled' }
  if (job.refunded) return { reason: 'job_refunded' }
  return job.dontAsk ? { reason: 'staff_said_no' } : null
}

/** An invoiced job is a completed one, even if nobody said so. */
const reachedTrigger = ({ rule, job }: AskFacts): Reached | null =>
  rule.trigger === 'invoiced' ? job.invoiced : (job.completed ?? job.invoiced)

function whyTooOld({ job, timeZone }: AskFacts, { at, heardAt }: Reached): AskRefusal | null {
  if (job.connectedAt !== null && at < job.connectedAt) {
    return {
      reason: 'before_connection',
      finishedOn: dayIn(timeZone, at),
      connectedOn: dayIn(timeZone, job.connectedAt),
    }
  }
  const refusal = longAgo(at, heardAt, timeZone)
  return refusal.days > freshDays ? refusal : null
}

const longAgo = (at: number, now: number, timeZone: string) => ({
  reason: 'finished_long_ago' as const,
  days: daysUntil(dayIn(timeZone, at), dayIn(timeZone, now)),
})

/** The newest by the time it was given; of two at once, the lower. */
const latestScore = (scores: readonly AskScore[]): AskScore | null =>
  scores.reduce<AskScore | null>(
    (best, score) =>
      best && (best.at > score.at || (best.at === score.at && best.value <= score.value)) ? best : score,
    null,
  )

/** The score of this job, or one of another job that is not older, if it is too low to ask. */
function lowScore({ scores, job, rule }: AskFacts, triggeredAt: number): AskRefusal | null {
  const own = latestScore(scores.filter(({ jobId }) => jobId === job.id))
  const since = own?.at ?? triggeredAt
  const other = latestScore(scores.filter(({ jobId, at }) => jobId !== job.id && at >= since))
  for (const score of [own, other]) {
    if (score && score.value < rule.minScore)
      return { reason: 'score_low', score: score.value, minScore: rule.minScore, jobId: score.jobId }
  }
  return null
}

/** Asked for this job before, or within the gap, or about to be asked by another invitation; at the time of sending. */
function whyAsked({ otherAsks, job, rule, timeZone }: AskFacts, at: number): AskRefusal | null {
  const sent = otherAsks.filter(({ state }) => state === 'sent')
  const today = dayIn(timeZone, at)
  const daysSince = (ask: { at: number }) => daysUntil(dayIn(timeZone, ask.at), today)
  const same = sent.find(({ jobId }) => jobId === job.id)
  if (same) return { reason: 'asked_for_this_job', days: daysSince(same) }
  const last = sent.reduce<number | null>((latest, ask) => Math.max(latest ?? ask.at, ask.at), null)
  if (last !== null) {
    const againOn = addDays(dayIn(timeZone, last), rule.gapDays)
    if (today < againOn)
      return { reason: 'asked_lately', days: daysSince({ at: last }), gapDays: rule.gapDays, againOn }
  }
  const scheduled = otherAsks.find(({ state }) => state === 'scheduled')
  if (!scheduled) return null
  return {
    reason: 'ask_scheduled',
    invitationId: scheduled.id,
    campaignId: scheduled.campaignId,
    at: scheduled.at,
  }
}
