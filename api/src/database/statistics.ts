import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { Queries } from './queries.ts'

/** A table is analyzed again once it has grown this many times. */
const growth = 4
const fewRows = 100

/**
 * Keeps the planner's statistics current, also after an import: `run` analyzes one table that has grown fourfold since
 * it was last analyzed, and returns whether it did. Each run reads a limited part of one table. Does nothing on a remote
 * server.
 */
export function createStatistics({ read, analyze }: Pick<Database, 'read' | 'analyze'>): () => Promise<number> {
  const analyzedAt = new Map<string, number>()
  return async () => {
    if (!analyze) return 0
    const recorded = await recordedRows(read)
    for (const table of await tablesWithRowid(read)) {
      const [[newest] = [null]] = await read.all<[number | null]>(sql`SELECT max(rowid) FROM ${sql.identifier(table)}`)
      // The newest rowid is known at once; counting rows would read them. It stays high when old rows are deleted.
      const known = analyzedAt.get(table) ?? recorded.get(table) ?? 0
      if (newest === null || newest <= Math.max(fewRows, known * growth)) continue
      await analyze(table)
      analyzedAt.set(table, newest)
      return 1
    }
    return 0
  }
}

/** Without tables whose rowid is a column of theirs, which says nothing about their size. */
async function tablesWithRowid(read: Queries): Promise<string[]> {
  const rows = await read.all<[string]>(
    sql`SELECT t.name FROM pragma_table_list t WHERE t.schema = 'main' AND t.type = 'table' AND t.wr = 0 AND t.name NOT LIKE 'sqlite_%'
      AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.pk AND c.type = 'INTEGER')`,
  )
  return rows.map(([name]) => name)
}

/** How many rows each table had when it was analyzed. */
async function recordedRows(read: Queries): Promise<Map<string, number>> {
  const [[exists] = [0]] = await read.all<[number]>(sql`SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'`)
  if (!exists) return new Map()
  const rows = await read.all<[string, number]>(
    sql`SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl`,
  )
  return new Map(rows)
}
