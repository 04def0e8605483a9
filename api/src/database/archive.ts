import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type SQL, sql } from 'drizzle-orm'
import { SettingError } from '../shared/settingError.ts'
import type { Database } from './database.ts'
import type { Queries } from './queries.ts'

const format = 1
const rowsAtOnce = 500

/** One line of an archive: a table row by column name. Bytes are base64. */
type Line = { table: string; row: Record<string, unknown> }
type Manifest = { goodword: number; schema: number; organizationId: string; name: string; madeAt: string }

/**
 * Tables that are not exported: sessions, secrets, sign-in links, pending work, and short-lived data. Webhooks and
 * secret keys are set up anew in the new installation.
 */
const excludedTables = new Map<string, SQL | null>([
  ['sessions', null],
  ['portal_sessions', null],
  ['portal_links', null],
  ['idempotency_records', null],
  ['embed_events', null],
  ['advocate_traces', null],
  ['queue', null],
  ['webhook_endpoints', null],
  ['webhook_events', null],
  ['webhook_deliveries', null],
  ['webhook_attempts', null],
  ['keys', sql`kind = 'publishable'`],
])

/** Exports one organization to one file: JSON lines, compressed, with a checksum at the end. Throws SettingError. */
export function packOrganization(database: Database, organizationId: string, now: number): Promise<Buffer> {
  // Runs in the write queue, so that the export never sees half a change.
  return database.write(async (tx) => {
    const [organization] = await tx.all<[string]>(sql`SELECT name FROM organizations WHERE id = ${organizationId}`)
    if (!organization) throw new SettingError(`There is no organization ${organizationId}.`)
    const manifest: Manifest = {
      goodword: format,
      schema: await schemaOf(tx),
      organizationId,
      name: organization[0],
      madeAt: new Date(now).toISOString(),
    }
    const lines = [JSON.stringify(manifest)]
    for (const table of await tablesInOrder(tx)) {
      await readTable(tx, table, organizationId, (row) => lines.push(JSON.stringify({ table, row } satisfies Line)))
    }
    lines.push(JSON.stringify({ end: checksum(lines), lines: lines.length }))
    return gzipSync(lines.join('\n'))
  })
}

export type Unpacked = { organizationId: string; name: string; rows: number }

/**
 * Imports an organization from an archive, all of it or nothing. Balances are rebuilt from the transfers. Throws
 * SettingError when the file is incomplete, has another version, or the organization exists already.
 */
export function unpackOrganization(database: Database, file: Buffer): Promise<Unpacked> {
  const { manifest, lines } = readArchive(file)
  return database.write(async (tx) => {
    const schema = await schemaOf(tx)
    if (manifest.schema !== schema)
      throw new SettingError(
        'The archive was made by another version of Goodword. Bring both to the same version first.',
      )
    const [known] = await tx.all(sql`SELECT id FROM organizations WHERE id = ${manifest.organizationId}`)
    if (known) throw new SettingError(`${manifest.name} is in this installation already. Nothing was changed.`)
    await assertCodesFree(tx, lines)
    const columns = new Map<string, Set<string>>()
    for (const table of await tablesInOrder(tx)) columns.set(table, new Set(await columnsOf(tx, table)))
    const persons = await knownPersons(tx, lines)
    for (const line of lines) await writeRow(tx, line, manifest.organizationId, columns, persons)
    return { organizationId: manifest.organizationId, name: manifest.name, rows: lines.length }
  })
}

const checksum = (lines: string[]): string => createHash('sha256').update(lines.join('\n')).digest('hex')

async function schemaOf(tx: Queries): Promise<number> {
  const [row] = await tx.all<[number]>(sql`SELECT max(made_at) FROM migrations`)
  return row?.[0] ?? 0
}

/** The tables with rows of organizations, each after those it references. */
async function tablesInOrder(tx: Queries): Promise<string[]> {
  const all = await tx.all<[string]>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  )
  const wanted = new Set(['organizations', 'persons'])
  for (const [table] of all) {
    if ((await columnsOf(tx, table)).includes('organization_id') && excludedTables.get(table) !== null)
      wanted.add(table)
  }
  const pointsAt = new Map<string, string[]>()
  for (const table of wanted) {
    const keys = await tx.all<[number, number, string]>(
      sql`SELECT id, seq, "table" FROM pragma_foreign_key_list(${table})`,
    )
    pointsAt.set(
      table,
      [...new Set(keys.map(([, , other]) => other))].filter((other) => other !== table && wanted.has(other)),
    )
  }
  const ordered: string[] = []
  const place = (table: string) => {
    if (ordered.includes(table)) return
    for (const other of pointsAt.get(table) ?? []) place(other)
    ordered.push(table)
  }
  for (const table of [...wanted].sort()) place(table)
  return ordered
}

const columnsOf = async (tx: Queries, table: string): Promise<string[]> =>
  (await tx.all<[string]>(sql`SELECT name FROM pragma_table_info(${table})`)).map(([name]) => name)

/** SQL condition for the organization's rows in a table. A person belongs to it if they were ever a member. */
function rowsOf(table: string, organizationId: string): SQL {
  if (table === 'organizations') return sql`id = ${organizationId}`
  if (table === 'persons') return sql`id IN (SELECT person_id FROM members WHERE organization_id = ${organizationId})`
  const only = excludedTables.get(table)
  return only ? sql`organization_id = ${organizationId} AND ${only}` : sql`organization_id = ${organizationId}`
}

async function readTable(
  tx: Queries,
  table: string,
  organizationId: string,
  each: (row: Record<string, unknown>) => void,
): Promise<void> {
  const columns = await columnsOf(tx, table)
  const names = sql.join(
    columns.map((name) => sql.identifier(name)),
    sql`, `,
  )
  for (let after = 0; ; ) {
    const rows = await tx.all<unknown[]>(sql`SELECT rowid, ${names} FROM ${sql.identifier(table)}
      WHERE rowid > ${after} AND ${rowsOf(table, organizationId)} ORDER BY rowid LIMIT ${rowsAtOnce}`)
    for (const [, ...values] of rows)
      each(Object.fromEntries(columns.map((name, index) => [name, encodeValue(values[index])])))
    if (rows.length < rowsAtOnce) return
    after = Number(rows.at(-1)?.[0])
  }
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array
const encodeValue = (value: unknown): unknown => {
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') }
  return isBytes(value) ? { base64: Buffer.from(value).toString('base64') } : value
}
const decodeValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'base64' in value ? Buffer.from(String(value.base64), 'base64') : value

function readArchive(file: Buffer): { manifest: Manifest; lines: Line[] } {
  const broken = new SettingError('This file is not a whole archive of Goodword. Make it again and copy all of it.')
  try {
    const [first = '', ...rest] = gunzipSync(file).toString('utf8').split('\n')
    const last: unknown = JSON.parse(rest.pop() ?? '')
    const manifest = JSON.parse(first) as Manifest
    const whole = typeof last === 'object' && last !== null && 'end' in last && last.end === checksum([first, ...rest])
    if (!whole || manifest.goodword !== format || typeof manifest.organizationId !== 'string') throw broken
    return { manifest, lines: rest.map((line) => JSON.parse(line) as Line) }
  } catch {
    throw broken
  }
}

/** Codes are unique in the whole installation: a link must lead to one advocate. */
async function assertCodesFree(tx: Queries, lines: Line[]): Promise<void> {
  for (const { table, row } of lines) {
    if (table !== 'enrollment_codes') continue
    const [taken] = await tx.all(sql`SELECT code FROM enrollment_codes WHERE code = ${row.code}`)
    if (taken)
      throw new SettingError(
        `The code ${String(row.code)} leads to another advocate here. Change one of the two, then try again.`,
      )
  }
}

/** People with an account here keep it: maps their id in the archive to their id here. */
async function knownPersons(tx: Queries, lines: Line[]): Promise<Map<unknown, string>> {
  const known = new Map<unknown, string>()
  for (const { table, row } of lines) {
    if (table !== 'persons') continue
    const [person] = await tx.all<[string]>(sql`SELECT id FROM persons WHERE email = ${row.email}`)
    if (person) known.set(row.id, person[0])
  }
  return known
}

async function writeRow(
  tx: Queries,
  { table, row }: Line,
  organizationId: string,
  columns: Map<string, Set<string>>,
  persons: Map<unknown, string>,
): Promise<void> {
  const names = Object.keys(row)
  const known = columns.get(table)
  const its = table === 'organizations' ? row.id : row.organization_id
  if (!known || names.some((name) => !known.has(name)) || (table !== 'persons' && its !== organizationId))
    throw new SettingError('This archive holds something that does not belong to it. Nothing was changed.')
  if (table === 'persons' && persons.has(row.id)) return
  const values = names.map((name) => sql`${onImport(table, name, row, persons)}`)
  await tx.run(
    sql`INSERT INTO ${sql.identifier(table)} (${sql.join(
      names.map((name) => sql.identifier(name)),
      sql`, `,
    )}) VALUES (${sql.join(values, sql`, `)})`,
  )
}

/** Balances are rebuilt from transfers, and queued messages are sent by the old installation only. */
function onImport(table: string, name: string, row: Record<string, unknown>, persons: Map<unknown, string>): unknown {
  if (name === 'person_id') return persons.get(row[name]) ?? row[name]
  if (table === 'ledger_accounts' && name === 'balance') return 0
  const waits = table === 'messages' && row.state === 'queued'
  if (waits && name === 'state') return 'suppressed'
  if (waits && name === 'error') return 'It waited to be sent when the organization moved here.'
  return decodeValue(row[name])
}
