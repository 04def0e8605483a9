import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { packOrganization } from '../database/archive.ts'
import { type ArchiveLimits, type ArchiveLine, type Manifest, readArchive } from '../database/archiveFile.ts'
import { columnsOf, tablesInOrder } from '../database/archiveTables.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { SettingError } from '../shared/settingError.ts'
import { refusedLine } from './archiveRows.ts'
import { insertRow } from './insertRow.ts'

/** An archive in this version's format. `close` deletes it. */
export type UpgradedArchive = { open: () => Readable; close: () => void }

/**
 * Upgrades an archive from an earlier version: imports its rows into a database of that version, migrates it like any
 * other, and exports it again. Nothing is trusted yet: the result is validated row by row like every archive. Both
 * files are in a private folder until `close`. Throws SettingError.
 */
export async function upgradeArchive(
  source: Readable,
  { schema, organizationId }: Manifest,
  limits: ArchiveLimits,
  now: number,
): Promise<UpgradedArchive> {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-archive-'))
  const close = () => rmSync(folder, { recursive: true, force: true })
  const database = openDatabase({ databaseUrl: `file:${join(folder, 'goodword.db')}`, databaseAuthToken: undefined })
  try {
    await migrate(database, schema)
    await takeRows(database, source, organizationId, limits)
    await migrate(database).catch(refuseToUpgrade)
    const path = join(folder, 'organization.goodword')
    await pipeline(await packOrganization(database, organizationId, now), createWriteStream(path, { mode: 0o600 }))
    return { open: () => createReadStream(path), close }
  } catch (error) {
    close()
    throw error
  } finally {
    await database.close()
  }
}

async function takeRows(database: Database, source: Readable, organizationId: string, limits: ArchiveLimits) {
  const columns = new Map<string, Set<string>>()
  for (const table of await tablesInOrder(database.read))
    columns.set(table, new Set(await columnsOf(database.read, table)))
  await database.write((tx) =>
    readArchive(
      source,
      {
        async manifest() {},
        async line(line) {
          const known = columns.get(line.table)
          if (!known) throw refusedLine(line, line.table.slice(0, 60), 'archives hold no such table.')
          const belongsTo = line.table === 'organizations' ? line.row.id : line.row.organization_id
          if (line.table !== 'persons' && belongsTo !== organizationId)
            throw refusedLine(line, line.table, 'it belongs to another organization.')
          if (Object.keys(line.row).some((name) => !known.has(name)))
            throw refusedLine(line, line.table, "it has a column that the table doesn't have.")
          await insertRow(tx, line, storedRow(line))
        },
      },
      limits,
    ),
  )
}

/** Balances are rebuilt from the transfers. */
function storedRow(line: ArchiveLine): Record<string, unknown> {
  const row = Object.fromEntries(
    Object.entries(line.row).map(([name, value]) => [name, storedValue(line, name, value)]),
  )
  return line.table === 'ledger_accounts' ? { ...row, balance: 0 } : row
}

function storedValue(line: ArchiveLine, name: string, value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  const base64 = typeof value === 'object' && 'base64' in value ? value.base64 : null
  if (typeof base64 !== 'string') throw refusedLine(line, `${line.table}, ${name}`, 'Its value has the wrong form.')
  return Buffer.from(base64, 'base64')
}

/** A migration fails on rows that no version would have written, such as plain text in a JSON column. */
function refuseToUpgrade(error: unknown): never {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && /^SQLITE_(ERROR|CONSTRAINT)/.test(String(current.code)))
      throw new SettingError(
        'The archive was created by an earlier version of Goodword and cannot be upgraded. Update Goodword in the old installation and create the archive again. Nothing was changed.',
      )
  }
  throw error
}
