import Libsql from 'libsql'
import { LRUCache } from 'lru-cache'
import { SettingError } from '../shared/settingError.ts'
import { createBackground } from './background.ts'
import type { Driver, Rows } from './driver.ts'
import { makePrivateFile } from './privateFiles.ts'

type Connection = InstanceType<typeof Libsql>

const maxStatements = 1_000
const transactionsTogether = 64

/**
 * The embedded file: one connection that writes and one that reads, both synchronous, with prepared statements, and a
 * thread for long reads. WAL with synchronous=FULL: an acknowledged commit survives a power cut.
 */
export function openEmbedded(path: string): Driver {
  const writing = connect(path)
  const reading = connect(path)
  reading.exec('PRAGMA query_only = ON')
  const write = statementRunner(writing)
  const read = statementRunner(reading)
  const background = createBackground(path)

  return {
    kind: 'embedded',
    transactionsTogether,
    read: async (sql, params, first) => read(sql, params, first),
    async begin() {
      write('BEGIN IMMEDIATE', [])
      return {
        execute: async (sql, params, first) => write(sql, params, first),
        commit: async () => void write('COMMIT', []),
        rollback: async () => {
          // A failed COMMIT (disk full) may already have been rolled back.
          if (writing.inTransaction) write('ROLLBACK', [])
        },
      }
    },
    background: background.read,
    openSnapshot: background.openSnapshot,
    whileQuiet: background.between,
    async analyze(table) {
      // The other connections read statistics with the schema, which this changes and changes back.
      writing.exec(`BEGIN IMMEDIATE; ANALYZE "${table}"; CREATE TABLE analyzed (at); DROP TABLE analyzed; COMMIT`)
    },
    async truncateLog() {
      if (writing.open) writing.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    async close() {
      if (!writing.open) return
      // Only the writing connection may checkpoint, so it is the last one to close.
      await background.close()
      reading.close()
      // With everything in one file, copying that file is a backup.
      writing.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      writing.close()
    },
  }
}

function connect(path: string): Connection {
  try {
    makePrivateFile(path)
    const connection = new Libsql(path)
    connection.exec('PRAGMA journal_mode = WAL')
    connection.exec('PRAGMA synchronous = FULL')
    // Erased data leaves no bytes behind in free pages.
    connection.exec('PRAGMA secure_delete = ON')
    connection.exec('PRAGMA foreign_keys = ON')
    // In KiB. The writes of a whole group fit in the cache, so that no page is written before its commit.
    connection.exec('PRAGMA cache_size = -8000')
    // ANALYZE reads about as many rows of each index, so that it never holds up requests.
    connection.exec('PRAGMA analysis_limit = 400')
    // REPLACE fires delete triggers only with this pragma; the append-only tables rely on it.
    connection.exec('PRAGMA recursive_triggers = ON')
    return connection
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SettingError(
      `The database ${path} cannot be opened: ${why}. Check DATABASE_URL and that its folder can be written.`,
    )
  }
}

function statementRunner(connection: Connection) {
  type Run = (params: unknown[], first: boolean) => Rows
  const prepared = new LRUCache<string, Run>({ max: maxStatements })
  const prepare = (sql: string): Run => {
    const statement = connection.prepare(sql)
    // Values are passed as one array: a single null on its own would be taken for named parameters.
    if (!statement.reader) {
      return (params) => {
        statement.run(params)
        return []
      }
    }
    const rows = statement.raw()
    // A separate statement, because after `all`, libsql's `get` on the same statement still returns rows for the
    // previous values.
    let single: typeof rows | undefined
    const firstRow = (params: unknown[]): Rows => {
      single ??= connection.prepare(sql).raw()
      const row = single.get(params) as unknown[] | undefined
      return row === undefined ? [] : [row]
    }
    // Foreign keys are checked when the statement ends, so it is always read to its end.
    const onlyReads = /^\s*select\b/i.test(sql)
    return (params, first) => (first && onlyReads ? firstRow(params) : (rows.all(params) as Rows))
  }
  return (sql: string, params: unknown[], first = false): Rows => {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = prepare(sql)
      prepared.set(sql, statement)
    }
    return statement(params, first)
  }
}
