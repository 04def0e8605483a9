import { sql } from 'drizzle-orm'
import type { ArchiveLine } from '../database/archiveFile.ts'
import type { Queries } from '../database/queries.ts'
import { refusedLine } from './archiveRows.ts'

/**
 * Inserts an archive line's row. Its column names have been checked against the table. Throws SettingError if a
 * constraint rejects it.
 */
export async function insertRow(tx: Queries, line: ArchiveLine, row: Record<string, unknown>): Promise<void> {
  const names = sql.join(
    Object.keys(row).map((name) => sql.identifier(name)),
    sql`, `,
  )
  const values = sql.join(
    Object.values(row).map((value) => sql`${value}`),
    sql`, `,
  )
  try {
    await tx.run(sql`INSERT INTO ${sql.identifier(line.table)} (${names}) VALUES (${values})`)
  } catch (error) {
    const broken = constraintOf(error)
    throw broken ? refusedLine(line, line.table, `${broken}.`) : error
  }
}

/** The database's message about a violated constraint, which names columns but no values; null for any other error. */
function constraintOf(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current ? String(current.code) : ''
    if (code.startsWith('SQLITE_CONSTRAINT') || /^(\w+: )*\w+ constraint failed/i.test(current.message))
      return current.message
  }
  return null
}
