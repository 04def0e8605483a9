import type { JobEventNote, JobEventReason, JobEventType } from '@goodword/contracts'

/** A person as an event names them. Nothing of it proves who they are until the server has looked for a contact. */
export type EventPerson = {
  /** The id in the system that sent the event; null for a guest. */
  externalId: string | null
  name: string
  email: string | null
  /** As it was sent. */
  phone: string | null
  /** They agreed to texts. Absent if the event doesn't say that they did. */
  agreedToTexts?: true
}

/** When each thing happened, in milliseconds. An invoice may say at once when the work was done and when it was paid. */
export type JobMarks = { opened?: number; completed?: number; invoiced?: number; canceled?: number }

/**
 * What an event says about refunds. `one`: a refund with its id. `list`: all refunds there are. `total`: what has been
 * refunded by then, all in all. `dispute`: the payer's bank asks for the money back. Amounts in minor units.
 */
export type JobRefund =
  | { is: 'one'; id: string; amount: number; state: 'done' | 'pending' | 'failed' }
  | { is: 'list'; refunds: { id: string; amount: number }[] }
  | { is: 'total'; amount: number }
  | { is: 'dispute'; amount: number }

export type Facts = Record<string, string | number | boolean | null>

/** An event in our words. Moments are milliseconds since 1970. */
export type JobEvent = {
  type: JobEventType
  /** When it happened; null if it doesn't say. */
  occurredAt: number | null
  /** Sent to try the connection: nothing is done. */
  isTest: boolean
  /** The job's ids in the other system. The first is its own, the others lead to it. */
  jobIds: string[]
  title: string | null
  invoiceNumber: string | null
  marks: JobMarks
  value: { amount: number; currency: string | null } | null
  /** 1 to 5. */
  score: number | null
  refund: JobRefund | null
  person: EventPerson | null
  opportunity: { id: string; title: string | null } | null
  /** Credit that was used for this invoice, in minor units. */
  creditApplied: number | null
  notes: JobEventNote[]
}

/** What is understood of a request, or of one item of a list. */
export type EventReading =
  | { is: 'event'; event: JobEvent }
  /** Two ids of one job: the invoice, and the payment that a refund will name. */
  | { is: 'link'; jobId: string; alias: string; isTest: boolean; occurredAt: number | null }
  | { is: 'ignored' | 'rejected'; reason: JobEventReason; facts: Facts }

export const ignored = (reason: JobEventReason, facts: Facts = {}): EventReading => ({ is: 'ignored', reason, facts })
export const rejected = (reason: JobEventReason, facts: Facts = {}): EventReading => ({ is: 'rejected', reason, facts })

/** An event that says nothing yet, for an adapter to fill in. */
export const eventOf = (type: JobEventType, given: Partial<Omit<JobEvent, 'type'>>): EventReading => ({
  is: 'event',
  event: {
    type,
    occurredAt: null,
    isTest: false,
    jobIds: [],
    title: null,
    invoiceNumber: null,
    marks: {},
    value: null,
    score: null,
    refund: null,
    person: null,
    opportunity: null,
    creditApplied: null,
    notes: [],
    ...given,
  },
})

/** Thrown while an event is read, and caught by `readingOf`. */
export class Unreadable extends Error {
  override name = 'Unreadable'
  constructor(
    readonly reason: JobEventReason,
    readonly facts: Facts = {},
  ) {
    super(reason)
  }
}

/** Runs an adapter: what it can't read is a rejected event, never an exception. */
export function readingOf(read: () => EventReading): EventReading {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable) return rejected(error.reason, error.facts)
    throw error
  }
}
