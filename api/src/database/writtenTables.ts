import { LRUCache } from 'lru-cache'

const maxStatements = 1_000
const changing =
  /^\s*(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+(?:"?main"?\.)?["`[]?(\w+)/i
const onlyReads = /^\s*select\b/i
const nothing: readonly string[] = []

const source = /\b(?:from|join)\s+["`[]?(\w+)/gi
const listedSources = /\bfrom\s+["`[]?\w+["`\]]?(?:\s+(?:as\s+)?["`[]?\w+["`\]]?)?\s*,/i

/** Every word of a statement, which includes the tables it names. */
const wordsOf = (sql: string): string[] => sql.match(/\w+/g) ?? []

/** The tables and views a statement reads, or all its words if they are separated by commas. */
export const readBy = (sql: string): string[] =>
  listedSources.test(sql) ? wordsOf(sql) : [...sql.matchAll(source)].flatMap(([, table]) => table ?? [])

/** The tables a statement may write to: the one it names, or all its words if its kind is not a plain one. */
export function writtenBy(sql: string): readonly string[] {
  const table = changing.exec(sql)?.[1]
  if (table !== undefined) return [table]
  return onlyReads.test(sql) ? nothing : wordsOf(sql)
}

export type Written = (tables: ReadonlySet<string>) => void

/** Collects the tables of the running transaction, and tells listeners once it has ended. */
export function createWrittenTables() {
  const known = new LRUCache<string, readonly string[]>({ max: maxStatements })
  const listeners: Written[] = []
  let tables = new Set<string>()
  return {
    note(sql: string): void {
      let written = known.get(sql)
      if (written === undefined) {
        written = writtenBy(sql)
        known.set(sql, written)
      }
      for (const table of written) tables.add(table)
    },
    /** Also after a failure, because a commit may be durable although its answer was lost. */
    transactionEnded(): void {
      if (tables.size === 0) return
      const all = tables
      tables = new Set()
      for (const listener of listeners) listener(all)
    },
    listen: (listener: Written): void => void listeners.push(listener),
  }
}
