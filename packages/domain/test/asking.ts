import { AskRule } from '@goodword/contracts'
import type { AskFacts, AskJob } from '../src/asking/askFacts.ts'

export const hourMs = 3_600_000
export const moment = (iso: string): number => Date.parse(iso)

/** A rule as the API accepts it, switched on, with defaults. */
export const ruleOf = (given: Partial<AskRule> = {}): AskRule => AskRule.parse({ on: true, ...given })

/** Noon in California. */
export const finished = moment('2026-11-30T20:00:00Z')

export const jobOf = (given: Partial<AskJob> = {}): AskJob => ({
  id: 'job_1',
  completed: { at: finished, heardAt: finished },
  invoiced: null,
  canceled: false,
  refunded: false,
  connectedAt: moment('2026-01-01T08:00:00Z'),
  dontAsk: false,
  ...given,
})

export const phone = { zones: ['America/Los_Angeles'], agreed: true, stopped: false, landline: false }
export const email = { unsubscribed: false, undeliverable: false }

/** A customer in California with a phone and an email, who just gave 5 of 5 for a job. */
export const factsOf = (given: Partial<AskFacts> = {}): AskFacts => ({
  now: finished,
  rule: ruleOf(),
  timeZone: 'America/Los_Angeles',
  campaignOpen: true,
  job: jobOf(),
  scores: [{ jobId: 'job_1', value: 5, at: finished }],
  contactGone: false,
  programOff: false,
  addresses: { phone, email },
  enrollment: 'none',
  otherAsks: [],
  invitation: null,
  ...given,
})
