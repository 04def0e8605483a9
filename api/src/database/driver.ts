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
  begin(): Promise<WriteTransaction>
  /** Reads that all see this moment, whatever commits meanwhile; null where none can stay open for long. */
  openSnapshot: (() => Promise<Snapshot>) | null
  /** Checkpoints and empties the log; a server does so by itself. */
  truncateLog(): Promise<void>
  close(): Promise<void>
}

export type Snapshot = {
  read(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  /** May be called again. */
  close(): Promise<void>
}

export type WriteTransaction = {
  execute(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  /** Resolves only when the commit is durable. */
  commit(): Promise<void>
  rollback(): Promise<void>
}
