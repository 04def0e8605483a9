import { getTableColumns } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import * as z from 'zod'
import type { ArchiveLine } from '../database/archiveFile.ts'
import { isDerived } from '../database/archiveTables.ts'
import { earliest, emptyIdColumns, isIdColumn, isTimeColumn, latest } from '../database/storedShape.ts'
import { parseImage } from '../modules/platform/organizations/images.ts'
import { SettingError } from '../shared/settingError.ts'
import { hashToken } from '../shared/signer.ts'
import { archivedTables, idSchema, sharedValues } from './archive.schemas.ts'

/** Converts a column's value to its stored form. Throws a sentence that says what a valid value looks like. */
type Check = (value: unknown) => unknown
type RowCheck = { columns: Map<string, Check>; whole?: (row: Record<string, unknown>) => string | null }

/**
 * An error that names the line and says how to fix it. `why` never contains a value of the row, which may be personal
 * data.
 */
export const refusedLine = (line: ArchiveLine, where: string, why: string): SettingError =>
  new SettingError(
    `Line ${line.number} of the archive (${where}) cannot be imported: ${why} Correct it in the old installation and create the archive again. Nothing was changed.`,
  )

/**
 * Validates a row against its table: the exact columns, their types, NOT NULL and enums, ids by prefix, times, and the
 * contract's rules for values that are displayed or followed as links. Returns the row in its stored form. Throws
 * SettingError.
 */
export function checkRow(line: ArchiveLine, organizationId: string): Record<string, unknown> {
  const check = Object.hasOwn(checks, line.table) ? checks[line.table] : undefined
  if (!check) throw refusedLine(line, line.table.slice(0, 60), 'archives hold no such table.')
  const belongsTo = line.table === 'organizations' ? line.row.id : line.row.organization_id
  if (line.table !== 'persons' && belongsTo !== organizationId)
    throw refusedLine(line, line.table, 'it belongs to another organization.')
  const extra = Object.keys(line.row).some((name) => !check.columns.has(name))
  if (extra) throw refusedLine(line, line.table, "it has a column that the table doesn't have.")
  const row: Record<string, unknown> = {}
  for (const [name, read] of check.columns) {
    try {
      row[name] = read(line.row[name])
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error
      throw refusedLine(line, `${line.table}, ${name}`, error.message)
    }
  }
  const wrong = check.whole?.(row)
  if (wrong) throw refusedLine(line, line.table, wrong)
  return row
}

class WrongValue extends Error {}
const wrong = (message: string) => new WrongValue(message)

/** Rules between the columns of a row. Returns what is wrong, or null. */
const wholeRows: Record<string, (row: Record<string, unknown>) => string | null> = {
  keys: (row) => (row.hash === hashToken(String(row.display)) ? null : 'The key and its hash differ.'),
  logos: (row) =>
    Buffer.isBuffer(row.bytes) && parseImage(row.bytes)?.type === row.content_type ? null : 'It is no whole picture.',
  contact_addresses: (row) =>
    (row.kind === 'phone') === String(row.value).startsWith('+') ? null : 'A phone number is no email address.',
}

/** Milliseconds within the years that verify accepts. */
const time = z.int().min(earliest, 'Use a time after 1900.').max(latest, 'Use a time before 2200.')

const casing = new CasingCache('snake_case')

const checks: Record<string, RowCheck> = Object.fromEntries(
  Object.entries(archivedTables).map(([name, archived]) => {
    // Generated and derived columns aren't part of an archive.
    const written = Object.values(getTableColumns(archived.table)).filter(
      (column) => column.generated === undefined && !isDerived(name, casing.getColumnCasing(column)),
    )
    const columns = written.map((column): [string, Check] => {
      const stored = casing.getColumnCasing(column)
      return [stored, checkOf(column as SQLiteColumn, schemasOf(name, stored))]
    })
    const whole = wholeRows[name]
    return [name, { columns: new Map(columns), ...(whole ? { whole } : {}) }]
  }),
)

function schemasOf(table: string, column: string): z.ZodType[] {
  const archived = archivedTables[table]
  if (!archived) return []
  const own = archived.values?.[column] ?? sharedValues[column]
  const empty = emptyIdColumns.has(`${table}.${column}`)
  const id = isIdColumn(column) ? idSchema(archived, column) : null
  const found = [own, id && (empty ? z.union([z.literal(''), id]) : id), isTimeColumn(column) ? time : null]
  return found.filter((schema) => schema !== null && schema !== undefined)
}

function checkOf(column: SQLiteColumn, schemas: z.ZodType[]): Check {
  const read = typed(column)
  return (value) => {
    if (value === null && !column.notNull) return null
    if (value === null || value === undefined) throw wrong('Its value is missing.')
    const plain = read(value)
    if (column.dataType !== 'json') return schemas.reduce(parse, plain)
    const parsed = parseJson(String(plain))
    // For an empty nullable JSON column, drizzle stores the word null.
    if (parsed === null && column.notNull) throw wrong('Its value is missing.')
    if (parsed !== null) schemas.reduce(parse, parsed)
    return plain
  }
}

/** Values that the contracts clean up, such as names, are stored cleaned. */
function parse(value: unknown, schema: z.ZodType): unknown {
  const result = schema.safeParse(value)
  if (result.success) return typeof value === 'string' ? result.data : value
  const [issue] = result.error.issues
  const path = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  throw wrong(`${path}${issue?.message.replace(/\.?$/, '.') ?? 'It has the wrong form.'}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrong('It is not JSON.')
  }
}

/** The type in the file for each column type: text, integer, 0 or 1, bytes. */
function typed(column: SQLiteColumn): Check {
  const type = column.getSQLType()
  if (type === 'blob') return bytesOf
  if (type === 'integer') {
    const isBoolean = column.dataType === 'boolean'
    return (value) => {
      if (!Number.isSafeInteger(value)) throw wrong('Use a whole number.')
      if (isBoolean && value !== 0 && value !== 1) throw wrong('Use 0 or 1.')
      return value
    }
  }
  const allowed = column.enumValues
  return (value) => {
    if (typeof value !== 'string' || value.includes('\0')) throw wrong('Use text.')
    if (allowed && allowed.length > 0 && !allowed.includes(value)) throw wrong(`Use one of: ${allowed.join(', ')}.`)
    return value
  }
}

function bytesOf(value: unknown): Buffer {
  const base64 = typeof value === 'object' && value !== null && 'base64' in value ? value.base64 : null
  if (typeof base64 !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw wrong('Use bytes in base64.')
  return Buffer.from(base64, 'base64')
}
