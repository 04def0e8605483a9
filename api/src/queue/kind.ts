import type { Queries } from '../database/queries.ts'
import type { Services } from '../shared/context.ts'
import type { BackOff } from './backOff.ts'
import type { Subject } from './queue.ts'

/** A row that this worker may attempt until its lease ends. */
export type Claimed = Subject & { attempts: number }

/** How an attempt went. `failed`: trying again cannot help. */
export type Outcome<Result> = {
  went: 'done' | 'again' | 'failed'
  /** What the kind keeps of it; null when the attempt was cut off by a failure of ours or never made. */
  result: Result | null
  error?: string | undefined
  /** What the other side asked to wait. */
  atLeastMs?: number | undefined
}

/** What became of the row: done, waits for the next attempt, or given up. */
export type Ended<Work, Result> = {
  row: Claimed
  work: Work
  became: 'done' | 'waits' | 'parked'
  result: Result | null
  error: string | null
}

/** How many rows are attempted at once, and how many of one lane. */
export type Limits = {
  batch: number
  perLane: number
  /** Never more of a lane, even if its turns stay empty; else more when no other lane waits. */
  strict: boolean
}

/** What a kind does with its rows, while a worker is open. */
export type Handler<Work, Result> = {
  limits: Limits
  /**
   * Reads what the attempts need, in the transaction of the claim. A row without work is not attempted and leaves the queue:
   * its subject must say why, written here.
   */
  prepare(tx: Queries, rows: Claimed[]): Promise<Map<Claimed, Work>>
  /** Goes outside; never within a transaction. What it throws is a failure of ours and is tried again. */
  attempt(work: Work, row: Claimed): Promise<Outcome<Result>>
  /** Writes what became of rows to their subjects, in the transaction that settles them. */
  settle(tx: Queries, ended: Ended<Work, Result>[]): Promise<void>
  close?(): void
}

/**
 * One kind of thing that waits in the queue. An attempt may happen more than once: when a process dies between the attempt and
 * the commit that settles it, the next one makes it again, under the same subject id.
 */
export type QueueKind<Work, Result> = BackOff & {
  name: string
  /** Longer than any attempt takes, the wait for its turn in the batch included. */
  leaseMs: number
  /** Whether a write of this process starts the worker at once, rather than the next look. */
  prompt?: boolean
  open(services: Services): Handler<Work, Result>
}
