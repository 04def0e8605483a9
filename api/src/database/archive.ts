import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { SettingError } from '../shared/settingError.ts'
import { type ArchiveRow, archiveFormat, type Manifest } from './archiveFile.ts'
import { columnsOf, rowsOf, schemaOf, tablesInOrder } from './archiveTables.ts'
import type { Database } from './database.ts'
import { formerPersons, withoutFormer } from './formerPersons.ts'
import type { Queries } from './queries.ts'

const rowsAtOnce = 500

/** Exports one organization to one file: JSON lines, compressed, with a checksum at the end. Throws SettingError. */
export function packOrganization(database: Database, organizationId: string, now: number): Promise<Buffer> {
  // Runs in the write queue, so that the export never sees half a change.
  return database.write(async (tx) => {
    const [organization] = await tx.all<[string]>(sql`SELECT name FROM organizations WHERE id = ${organizationId}`)
    if (!organization) throw new SettingError(`There is no organization ${organizationId}.`)
    const manifest: Manifest = {
      goodword: archiveFormat,
      schema: await schemaOf(tx),
      organizationId,
      name: organization[0],
      madeAt: new Date(now).toISOString(),
    }
    const lines = [JSON.stringify(manifest)]
    const former = await formerPersons(tx, organizationId)
    for (const table of await tablesInOrder(tx)) {
      await readTable(tx, table, organizationId, (row) => {
        lines.push(JSON.stringify({ table, row: withoutFormer(table, row, former) } satisfies ArchiveRow))
      })
    }
    lines.push(JSON.stringify({ end: checksum(lines), lines: lines.length }))
    return gzipSync(lines.join('\n'))
  })
}

const checksum = (lines: string[]): string => createHash('sha256').update(lines.join('\n')).digest('hex')

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
