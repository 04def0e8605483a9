import type { AskRule } from '@goodword/contracts'
import type { AskDecision, AskFacts } from './askFacts.ts'
import type { AddressFacts } from './channels.ts'
import { decideAsk } from './decideAsk.ts'

/** What a rule that may not be saved yet would do with one job. */
export type Simulation = {
  rule: AskRule
  timeZone: string
  finishedAt: number
  /** The score given with the job; null if none comes. */
  score: number | null
  addresses: AddressFacts
}

/** One decision, and when it is made. */
export type SimulatedStep = { at: number; decision: AskDecision }

/**
 * Every decision about a job, in order, as if nobody opened the link: the ask, its follow-up, and what ends it. Made by
 * `decideAsk` itself.
 */
export function simulateAsk({ rule, timeZone, finishedAt, score, addresses }: Simulation): SimulatedStep[] {
  const reached = { at: finishedAt, heardAt: finishedAt }
  const jobId = 'simulated'
  const facts: AskFacts = {
    now: finishedAt,
    rule,
    timeZone,
    campaignOpen: true,
    job: {
      id: jobId,
      completed: reached,
      invoiced: reached,
      canceled: false,
      refunded: false,
      connectedAt: null,
      dontAsk: false,
    },
    scores: score === null ? [] : [{ jobId, value: score, at: finishedAt }],
    contactGone: false,
    programOff: false,
    addresses,
    enrollment: 'none',
    otherAsks: [],
    invitation: null,
  }
  const steps: SimulatedStep[] = []
  for (;;) {
    const decision = decideAsk(facts)
    steps.push({ at: facts.now, decision })
    if (decision.do === 'wait' && decision.until !== null) facts.now = decision.until
    else if (decision.do === 'send') {
      facts.now = decision.at
      facts.invitation = afterSending(facts.invitation, decision)
    } else return steps
  }
}

function afterSending(
  invitation: AskFacts['invitation'],
  { what, at }: Extract<AskDecision, { do: 'send' }>,
): AskFacts['invitation'] {
  if (invitation?.state === 'sent') return { ...invitation, followUpSentAt: at }
  return {
    state: 'sent',
    kind: what === 'reminder' ? 'reminder' : 'ask',
    sentAt: at,
    opened: false,
    followUpSentAt: null,
  }
}
