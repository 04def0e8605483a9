import type { Config } from '../config.ts'
import { runDeferred, sharesThrough } from './beforeCommit.ts'
import type { Execute } from './compiled.ts'
import { databasePath } from './databasePath.ts'
import type { Driver } from './driver.ts'
import { openEmbedded } from './embedded.ts'
import { type Queries, queriesOn } from './queries.ts'
import { openRemote } from './remote.ts'
import { runsIn } from './transactionCache.ts'
import { createWriteQueue } from './writeQueue.ts'
import { createWrittenTables, type Written } from './writtenTables.ts'

export type DatabaseSnapshot = { read: Queries; close(): Promise<void> }

export type Database = {
  kind: Driver['kind']
  /** Reads committed data, without waiting for the queue. */
  read: Queries
  /**
   * The same in a thread of its own, for what takes long or reads much: reports, exports, checks. Statements run one
   * after the other, so read in pages. On a remote server, it is `read`.
   */
  background: Queries
  /**
   * Runs one write transaction through the queue; resolves after COMMIT. Inside, read through `tx` only and await
   * nothing but the database.
   */
  write<T>(work: (tx: Queries) => Promise<T>): Promise<T>
  /** Calls `listener` with the tables of each write transaction of this process, before its writers learn that it ended. */
  onWritten(listener: Written): void
  /** Each write statement runs in its own transaction; for libraries with their own queries. */
  single: Queries
  /** Opens a read snapshot in the background. Close it soon. Null on a remote server. */
  openSnapshot: (() => Promise<DatabaseSnapshot>) | null
  /** Refreshes what the planner knows about a table, once no write is running. Null on a remote server. */
  analyze: ((table: string) => Promise<void>) | null
  /** Removes deleted data from the disk, including the log, once no write is running. */
  overwriteDeleted(): Promise<void>
  close(): Promise<void>
}

/** Opens the database; does not migrate. Throws SettingError when the file cannot be opened. */
export function openDatabase(config: Pick<Config, 'databaseUrl' | 'databaseAuthToken'>): Database {
  const path = databasePath(config.databaseUrl)
  return databaseOn(path === null ? openRemote(config.databaseUrl, config.databaseAuthToken) : openEmbedded(path))
}

/** The database's methods on top of a driver. */
export function databaseOn(driver: Driver): Database {
  const written = createWrittenTables()
  const queue = createWriteQueue(driver, written.transactionEnded)
  const execute: Execute = (sql, params, first) => {
    written.note(sql)
    return queue.execute(sql, params, first)
  }
  const read = queriesOn(driver.read)
  const tx = queriesOn(execute)
  runsIn(tx, queue.current)
  sharesThrough(tx, queue.beforeCommit)
  const single = queriesOn((sql, params) =>
    /^\s*select\b/i.test(sql) ? driver.read(sql, params) : queue.write(() => execute(sql, params)),
  )
  const overwriteDeleted = () => driver.whileQuiet(() => queue.between(() => driver.truncateLog()))
  const { openSnapshot: open, analyze } = driver
  return {
    kind: driver.kind,
    read,
    background: queriesOn(driver.background),
    write: (work) =>
      queue.write(async () => {
        const result = await work(tx)
        await runDeferred(queue.current())
        return result
      }),
    onWritten: written.listen,
    single,
    openSnapshot: open
      ? async () => {
          const snapshot = await open()
          return {
            read: queriesOn(snapshot.read),
            async close() {
              await snapshot.close()
              // Data erased while the snapshot was open had to stay in the log until now.
              await overwriteDeleted()
            },
          }
        }
      : null,
    analyze: analyze ? (table) => queue.between(() => analyze(table)) : null,
    overwriteDeleted,
    async close() {
      await queue.close()
      await driver.close()
    },
  }
}
