/** Rows as arrays of SQLite values. */
export type Rows = unknown[][]

/**
 * What a database driver provides: committed reads, one write transaction at a time, and close. `transactionsTogether`
 * is how many queued transactions may share one commit.
 */
export type Driver = {
  kind: 'embedded' | 'remote'
  transactionsTogether: number
  /** `first`: only the first row is needed. */
  read(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  /** The same beside the event loop, for what takes long. */
  background(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  begin(): Promise<WriteTransaction>
  /** A read snapshot that later commits don't change. Null for drivers that can't keep one open. */
  openSnapshot: (() => Promise<Snapshot>) | null
  /** Runs `work` while nothing is read in the background, so that no long statement holds on to the log. */
  whileQuiet(work: () => Promise<void>): Promise<void>
  /** Refreshes what the planner knows about a table; reads a limited part of it. Null where the server does that. */
  analyze: ((table: string) => Promise<void>) | null
  /** Checkpoints and empties the log. A remote server does this on its own. */
  truncateLog(): Promise<void>
  close(): Promise<void>
}

export type Snapshot = {
  read(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  /** Safe to call more than once. */
  close(): Promise<void>
}

export type WriteTransaction = {
  execute(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  /** Resolves only when the commit is durable. */
  commit(): Promise<void>
  rollback(): Promise<void>
}
