import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { SettingError } from '../shared/settingError.ts'
import type { Database } from './database.ts'
import type { Queries } from './queries.ts'

/** The folder of the api workspace, both from source and from the bundle. */
export function apiFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'migrations', 'meta', '_journal.json'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('The migrations folder is missing.')
    folder = above
  }
  return folder
}

const readMigrations = () => readMigrationFiles({ migrationsFolder: join(apiFolder(), 'migrations') })

/** Whether a schema, identified by its newest migration, is an earlier one that this version can migrate. */
export const isEarlierSchema = (schema: number): boolean =>
  readMigrations()
    .slice(0, -1)
    .some(({ folderMillis }) => folderMillis === schema)

/**
 * Migrates the schema in one transaction, from an empty database or any earlier migration, and returns how many
 * migrations ran. Throws SettingError if the database was written by newer code.
 */
export async function migrate(database: Database, until = Number.POSITIVE_INFINITY): Promise<number> {
  const known = readMigrations()
  return database.write(async (tx) => {
    await tx.run(
      sql.raw(
        'CREATE TABLE IF NOT EXISTS migrations (made_at INTEGER PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL)',
      ),
    )
    const newest = await newestApplied(tx)
    const newestKnown = known.at(-1)?.folderMillis ?? 0
    if (newest > newestKnown) {
      throw new SettingError(
        'This database was written by a newer version of Goodword. Start that version, or restore a backup from before the upgrade.',
      )
    }
    const missing = known.filter(({ folderMillis }) => folderMillis > newest && folderMillis <= until)
    for (const migration of missing) {
      for (const statement of migration.sql) await tx.run(sql.raw(statement))
      await tx.run(
        sql`INSERT INTO migrations (made_at, hash, applied_at) VALUES (${migration.folderMillis}, ${migration.hash}, unixepoch() * 1000)`,
      )
    }
    if (newest === 0 && missing.length > 0) await nothingToFill(tx)
    return missing.length
  })
}

/** A new database has no rows that a projection could be filled from. */
const nothingToFill = async (tx: Queries): Promise<void> => {
  const [known] = await tx.all(sql.raw("SELECT 1 FROM sqlite_master WHERE name = 'projection_fills'"))
  if (known) await tx.run(sql.raw('DELETE FROM projection_fills'))
}

async function newestApplied(tx: Queries): Promise<number> {
  const [row] = await tx.all<[number | null]>(sql.raw('SELECT max(made_at) FROM migrations'))
  return row?.[0] ?? 0
}
