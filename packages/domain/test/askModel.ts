import type { AskDecision, AskFacts, AskScore, Reached } from '../src/asking/askFacts.ts'
import { type AskChannel, numberAfterRefusal } from '../src/asking/channels.ts'
import { decideAsk } from '../src/asking/decideAsk.ts'
import { factsOf, jobOf } from './asking.ts'

/** What a job system says, by the event's own time. */
export type JobEvent = { id: string; at: number } & (
  | { type: 'completed' | 'invoiced' | 'canceled' | 'refunded' }
  | { type: 'score'; value: number }
)

/** An event that reaches us, late and perhaps not for the first time. */
export type Arrival = { event: JobEvent; arrivesAt: number }

export type Sent = { what: 'ask' | 'reminder' | 'follow_up'; at: number; channels: AskChannel[] }

type Given = Pick<AskFacts, 'rule' | 'addresses'>

/**
 * A server in memory: it keeps facts, schedules, and sends, and leaves every decision to `decideAsk`. The provider refuses
 * texts with `textRefusal`.
 */
export class AskModel {
  readonly sent: Sent[] = []
  readonly refused: AskChannel[] = []
  last: AskDecision | null = null
  private readonly seen = new Set<string>()
  private readonly facts: AskFacts

  constructor(
    given: Given,
    private readonly textRefusal: number | null = null,
  ) {
    this.facts = factsOf({ ...given, job: jobOf({ completed: null }), scores: [] })
  }

  /** Lets everything arrive, and time pass until nothing is left to do. */
  run(arrivals: readonly Arrival[]): this {
    const coming = [...arrivals].sort((one, other) => one.arrivesAt - other.arrivesAt)
    for (let wakes: number | null = null; ; ) {
      const next = coming[0]
      if (next && (wakes === null || next.arrivesAt <= wakes)) {
        coming.shift()
        this.learn(next)
        wakes = this.decide(next.arrivesAt)
      } else if (wakes !== null) wakes = this.decide(wakes)
      else return this
    }
  }

  private learn({ event, arrivesAt }: Arrival): void {
    if (this.seen.has(event.id)) return
    this.seen.add(event.id)
    const { job } = this.facts
    if (event.type === 'score') {
      const score: AskScore = { jobId: job.id, value: event.value, at: event.at }
      this.facts.scores = [...this.facts.scores, score]
    } else if (event.type === 'completed' || event.type === 'invoiced') {
      job[event.type] = earliest(job[event.type], { at: event.at, heardAt: arrivesAt })
    } else job[event.type] = true
  }

  /** When to decide again; null for not before the next event. */
  private decide(now: number): number | null {
    this.facts.now = now
    const decision = decideAsk(this.facts)
    this.last = decision
    if (decision.do === 'wait') return decision.until
    if (decision.do === 'cancel') {
      this.facts.invitation = null
      return this.decide(now)
    }
    if (decision.do !== 'send') return null
    this.facts.invitation ??= { state: 'scheduled' }
    if (decision.at > now) return decision.at
    // Two workers wake for the same row: the second one finds it sent.
    this.send(decision)
    return this.decide(now)
  }

  private send({ what, at, channels }: Extract<AskDecision, { do: 'send' }>): void {
    const { addresses, invitation } = this.facts
    if (this.textRefusal !== null && channels.includes('sms') && addresses.phone) {
      this.refused.push('sms')
      const state = numberAfterRefusal(this.textRefusal)
      if (!state) throw new Error(`The model does not try again after ${this.textRefusal}.`)
      this.facts.addresses = { ...addresses, phone: { ...addresses.phone, [state]: true } }
      return
    }
    this.sent.push({ what, at, channels })
    this.facts.invitation =
      invitation?.state === 'sent'
        ? { ...invitation, followUpSentAt: at }
        : { state: 'sent', kind: 'ask', sentAt: at, opened: false, followUpSentAt: null }
  }
}

/** The first time counts, and when we first heard of it: saying it again changes nothing. */
function earliest(known: Reached | null, heard: Reached): Reached {
  if (!known) return heard
  return { at: Math.min(known.at, heard.at), heardAt: Math.min(known.heardAt, heard.heardAt) }
}
