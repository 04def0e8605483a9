import { LRUCache } from 'lru-cache'
import type { Database } from './database.ts'
import { executorOf, type Queries, queriesOn } from './queries.ts'
import { readBy } from './writtenTables.ts'

type Kept<V> = { value: V; at: number; until: number; version: number }
type Limits<V> = {
  max: number
  /** How long time, or another server on the same remote database, may change a value unnoticed. */
  forMs: number
  /** When time changes a value that was read at `at`. */
  changesAt?: (value: V, at: number) => number | null
}
type Source = { database: Database; clock: () => number }

const maxStatements = 200

/**
 * Keeps the `max` values used last, each until this process has committed a write to a table that any of them was read
 * from, so that the next request sees the change. The tables are learned from the statements that read them; what
 * triggers and cascades of the database change is not noticed. Values are shared: nobody may change them.
 */
export function createReadCache<V>({ database, clock }: Source, { max, forMs, changesAt }: Limits<V>) {
  const kept = new LRUCache<string, Kept<V>>({ max })
  const sources = new Set<string>()
  const queries = noting(database.read, sources)
  let version = 0
  database.onWritten((tables) => {
    for (const table of tables) {
      if (!sources.has(table)) continue
      version += 1
      return
    }
  })
  return {
    /** The value for the key, if it is kept and current. */
    get(key: string): V | undefined {
      const known = kept.get(key)
      if (known === undefined || known.version !== version) return undefined
      const now = clock()
      return now >= known.at && now < known.until ? known.value : undefined
    },
    /** Reads the value, only with the given queries, and keeps it. What isn't found isn't kept: guesses push nothing out. */
    async read(key: string, load: (read: Queries) => Promise<V | undefined>): Promise<V | undefined> {
      // From before reading, so that a write in the meantime counts as a change.
      const before = { at: clock(), version }
      const value = await load(queries)
      if (value === undefined) {
        kept.delete(key)
        return undefined
      }
      const until = Math.min(before.at + forMs, changesAt?.(value, before.at) ?? Number.POSITIVE_INFINITY)
      kept.set(key, { value, until, ...before })
      return value
    },
  }
}

/** The same queries, which also add the words of each statement to `words`. */
function noting(queries: Queries, tables: Set<string>): Queries {
  const execute = executorOf(queries)
  if (!execute) throw new Error('These queries run no statements.')
  const seen = new LRUCache<string, true>({ max: maxStatements })
  return queriesOn((sql, params, first) => {
    if (!seen.has(sql)) {
      seen.set(sql, true)
      for (const table of readBy(sql)) tables.add(table)
    }
    return execute(sql, params, first)
  })
}
