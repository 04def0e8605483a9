import type { Queries } from '../database/queries.ts'
import type { Services } from '../shared/context.ts'
import type { BackOff } from './backOff.ts'
import type { Subject } from './queue.ts'

/** A row that this worker may attempt until its lease ends. */
export type Claimed = Subject & { attempts: number }

/** The result of an attempt. `failed` means that retrying can't help. */
export type Outcome<Result> = {
  went: 'done' | 'again' | 'failed'
  /** What the kind records about the attempt; null if it was never made or was cut off by an error on our side. */
  result: Result | null
  error?: string | undefined
  /** How long the receiver asked us to wait. */
  atLeastMs?: number | undefined
}

/** What happens to the row: it is done, waits for its next attempt, or is parked. */
export type Ended<Work, Result> = {
  row: Claimed
  work: Work
  became: 'done' | 'waits' | 'parked'
  result: Result | null
  error: string | null
}

/** How many rows are claimed at once, and how many of one lane. */
export type Limits = {
  batch: number
  perLane: number
  /**
   * How many of them are attempted at once; all, if it isn't said. Attempts that write should be few: those at once share a
   * commit, and hold up every other request until it.
   */
  atOnce?: number
  /** If true, a lane never gets more than its share. Otherwise it gets more when no other lane is waiting. */
  strict: boolean
}

/** What a kind does with its rows while a worker is open. */
export type Handler<Work, Result> = {
  limits: Limits
  /**
   * Reads what the attempts need, in the transaction of the claim. A row without work isn't attempted and leaves the
   * queue, so this must record the reason on its subject.
   */
  prepare(tx: Queries, rows: Claimed[]): Promise<Map<Claimed, Work>>
  /**
   * Makes the attempt; never called within a transaction. An exception counts as an error on our side, and the row is
   * retried.
   */
  attempt(work: Work, row: Claimed): Promise<Outcome<Result>>
  /** Records the results on the rows' subjects, in the transaction that settles them. */
  settle(tx: Queries, ended: Ended<Work, Result>[]): Promise<void>
  close?(): void
}

/**
 * One kind of queued work. An attempt may happen more than once: if a process dies between the attempt and the commit
 * that settles it, the next one repeats it under the same subject id.
 */
export type QueueKind<Work, Result> = BackOff & {
  name: string
  /** Longer than any attempt takes, including the wait for its turn in the batch. */
  leaseMs: number
  /** Whether a write in this process wakes the worker right away instead of at the next poll. */
  prompt?: boolean
  open(services: Services): Handler<Work, Result>
}
