/** Values as SQLite gives them, one array a row. */
export type Rows = unknown[][]

/**
 * What a database must be able to do for us: read what is committed, open one write transaction at a time, close.
 * `transactionsTogether` is how many queued transactions may share one commit.
 */
export type Driver = {
  kind: 'embedded' | 'remote'
  transactionsTogether: number
  /** `first`: the first row is all that is wanted. */
  read(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  begin(): Promise<WriteTransaction>
  /** Brings everything into the file itself and empties the log; a server does so by itself. */
  truncateLog(): Promise<void>
  close(): Promise<void>
}

export type WriteTransaction = {
  execute(sql: string, params: unknown[], first?: boolean): Promise<Rows>
  /** Resolves only when the commit is durable. */
  commit(): Promise<void>
  rollback(): Promise<void>
}
