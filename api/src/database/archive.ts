import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import { type SQL, sql } from 'drizzle-orm'
import { SettingError } from '../shared/settingError.ts'
import { type ArchiveRow, archiveFormat, type Manifest } from './archiveFile.ts'
import { archivedViews, columnsOf, rowsOf, schemaOf, tablesInOrder } from './archiveTables.ts'
import type { Database, DatabaseSnapshot } from './database.ts'
import { formerPersons, withoutFormer } from './formerPersons.ts'
import type { Queries } from './queries.ts'

/** Writing these rows as JSON holds up the event loop, so they are few. */
const rowsAtOnce = 100

/** The longest an export may take. While a snapshot is open, the database's log can only grow. */
const longestMs = 15 * 60_000

/**
 * Exports one organization as a stream of compressed JSON lines with a checksum at the end. It holds the state at the
 * time of the call, and writes continue meanwhile. Throws SettingError.
 */
export async function packOrganization(database: Database, organizationId: string, now: number): Promise<Readable> {
  if (!database.openSnapshot) {
    // A remote server keeps no snapshot open. Its rows are read in one go in the write queue, so that no export
    // contains half a change.
    return compressed(await database.write((tx) => arrayOf(linesOf(tx, organizationId, now, async () => undefined))))
  }
  const snapshot = await database.openSnapshot()
  const lines = linesOf(snapshot.read, organizationId, now, () => setImmediate())
  try {
    const manifest = await lines.next()
    return compressed(whileOpen(snapshot, manifest.done ? '' : manifest.value, lines))
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

/** Closes the snapshot when the stream ends, when the reader stops, or when the time limit passes. */
async function* whileOpen(snapshot: DatabaseSnapshot, first: string, rest: AsyncIterable<string>) {
  const expiry = setTimeout(() => void snapshot.close(), longestMs)
  try {
    yield first
    yield* rest
  } finally {
    clearTimeout(expiry)
    await snapshot.close()
  }
}

function compressed(lines: AsyncIterable<string> | Iterable<string>): Readable {
  const gzip = createGzip()
  // An error while reading ends the stream with that error.
  pipeline(Readable.from(lines), gzip).catch((error: unknown) =>
    gzip.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return gzip
}

async function arrayOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(line)
  return all
}

/**
 * Yields the archive line by line, each line after the first starting with the line break. Awaits `pause` between two
 * pages of rows.
 */
async function* linesOf(
  db: Queries,
  organizationId: string,
  now: number,
  pause: () => Promise<unknown>,
): AsyncGenerator<string> {
  const [organization] = await db.all<[string]>(sql`SELECT name FROM organizations WHERE id = ${organizationId}`)
  if (!organization) throw new SettingError(`There is no organization ${organizationId}.`)
  const manifest: Manifest = {
    goodword: archiveFormat,
    schema: await schemaOf(db),
    organizationId,
    name: organization[0],
    madeAt: new Date(now).toISOString(),
  }
  const hash = createHash('sha256')
  const counted = (text: string) => {
    hash.update(text)
    return text
  }
  yield counted(JSON.stringify(manifest))
  let lines = 1
  const former = await formerPersons(db, organizationId)
  for (const table of await tablesInOrder(db)) {
    for await (const rows of pagesOf(db, table, organizationId)) {
      lines += rows.length
      for (const row of rows) {
        const line: ArchiveRow = { table, row: withoutFormer(table, row, former) }
        yield counted(`\n${JSON.stringify(line)}`)
      }
      await pause()
    }
  }
  yield `\n${JSON.stringify({ end: hash.digest('hex'), lines })}`
}

async function* pagesOf(db: Queries, table: string, organizationId: string): AsyncGenerator<Record<string, unknown>[]> {
  const columns = await columnsOf(db, table)
  const key = await keyOf(db, table)
  const names = listOf([...key, ...columns])
  for (let after: unknown[] | null = null; ; ) {
    const rest: SQL = after === null ? sql`true` : sql`(${listOf(key)}) > (${valuesOf(after)})`
    const rows: unknown[][] = await db.all<unknown[]>(sql`SELECT ${names} FROM ${sql.identifier(table)}
      WHERE ${rest} AND ${rowsOf(table, organizationId)} ORDER BY ${listOf(key)} LIMIT ${rowsAtOnce}`)
    yield rows.map((row) =>
      Object.fromEntries(columns.map((name, index) => [name, encodeValue(row[key.length + index])])),
    )
    if (rows.length < rowsAtOnce) return
    after = rows.at(-1)?.slice(0, key.length) ?? []
  }
}

/** What a table is stored by: its rowid, or its primary key. A view has the key of its table. */
async function keyOf(db: Queries, table: string): Promise<string[]> {
  const [stored] = await db.all<[string, number]>(sql`SELECT type, wr FROM pragma_table_list WHERE name = ${table}`)
  const view = archivedViews.get(table)
  if (stored?.[0] === 'view' && view) return view.key
  if (!stored?.[1]) return ['rowid']
  const columns = await db.all<[string]>(sql`SELECT name FROM pragma_table_info(${table}) WHERE pk > 0 ORDER BY pk`)
  return columns.map(([name]) => name)
}

const listOf = (names: string[]): SQL =>
  sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  )
const valuesOf = (values: unknown[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array
const encodeValue = (value: unknown): unknown => {
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') }
  return isBytes(value) ? { base64: Buffer.from(value).toString('base64') } : value
}
