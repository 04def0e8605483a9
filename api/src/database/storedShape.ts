import { idPrefixes } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from './queries.ts'

/** Ids from other systems, which may have any form. */
const externalIdColumns = new Set(['external_id', 'account_id', 'provider_id'])
export const isIdColumn = (column: string) =>
  (/(^|_)id$/.test(column) && !externalIdColumns.has(column)) || column === 'superseded_by' || column === 'merged_into'
/** Columns where an empty string stands for "none". */
export const emptyIdColumns = new Set(['audit_entries.subject_id'])

export const isTimeColumn = (column: string) => /(^|_)(at|since|until)$/.test(column)
export const earliest = Date.UTC(1900, 0, 1)
export const latest = Date.UTC(2200, 0, 1)

const prefixes = sql.join(
  [...new Set(Object.values(idPrefixes))].map((prefix) => sql`${prefix}`),
  sql`, `,
)

const isMalformedId = (column: SQL) =>
  sql`(length(${column}) NOT BETWEEN 18 AND 30 OR substr(${column}, 4, 1) <> '_' OR substr(${column}, 5) GLOB '*[^0-9a-z]*'
    OR substr(${column}, 1, 3) NOT IN (${prefixes}))`
const isMalformedTime = (column: SQL) =>
  sql`(typeof(${column}) <> 'integer' OR ${column} < ${earliest} OR ${column} >= ${latest})`

/**
 * Returns the ids that can't be part of an address: table, column and value. Walks the schema, so no table is left out.
 */
export const malformedIds = (db: Queries): Promise<unknown[]> =>
  malformedValues(db, ({ type, name }) => type === 'TEXT' && isIdColumn(name), isMalformedId, emptyIdColumns)

/** Returns the times that aren't a whole number of milliseconds between 1900 and 2200. */
export const malformedTimes = (db: Queries): Promise<unknown[]> =>
  malformedValues(db, ({ type, name }) => type === 'INTEGER' && isTimeColumn(name), isMalformedTime)

type Column = { name: string; type: string }

async function malformedValues(
  db: Queries,
  chosen: (column: Column) => boolean,
  isWrong: (column: SQL) => SQL,
  emptyIn: ReadonlySet<string> = new Set(),
): Promise<unknown[]> {
  const columns = await db.all<[string, string, string]>(
    sql`SELECT t.name, c.name, upper(c.type) FROM sqlite_master t JOIN pragma_table_info(t.name) c
      WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`,
  )
  const found: unknown[] = []
  for (const [table, name, type] of columns) {
    if (!chosen({ name, type })) continue
    const column = sql.identifier(name)
    const filled = emptyIn.has(`${table}.${name}`) ? sql`${column} <> ''` : sql`${column} IS NOT NULL`
    const rows = await db.all<[unknown]>(
      sql`SELECT ${column} FROM ${sql.identifier(table)} WHERE ${filled} AND ${isWrong(sql`${column}`)} LIMIT 10`,
    )
    found.push(...rows.map(([value]) => [table, name, value]))
  }
  return found
}
