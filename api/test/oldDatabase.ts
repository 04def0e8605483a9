import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/database.ts'
import { apiFolder, migrate } from '../src/database/migrate.ts'

/**
 * A database from the version before a migration; `marker` is a piece of that migration's SQL. `run` writes rows of
 * that version, and `upgrade` migrates it.
 */
export async function openOldDatabase(marker: string) {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-'))
  const config = readConfig({ DATABASE_URL: `file:${join(folder, 'goodword.db')}`, LOG_LEVEL: 'silent' })
  const database = openDatabase(config)
  const run = (text: string) => database.write(async (tx) => void (await tx.run(sql.raw(text))))
  const all = readMigrationFiles({ migrationsFolder: join(apiFolder(), 'migrations') })
  const until = all.findIndex((one) => one.sql.some((text) => text.includes(marker)))
  if (until < 0) throw new Error(`No migration holds ${marker}.`)
  await run('CREATE TABLE migrations (made_at INTEGER PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL)')
  for (const { sql: statements, folderMillis, hash } of all.slice(0, until)) {
    for (const statement of statements) await run(statement)
    await run(`INSERT INTO migrations VALUES (${folderMillis}, '${hash}', 0)`)
  }
  return {
    database,
    config,
    run,
    upgrade: () => migrate(database),
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A database file with the demo's year of data, created by the version with migrations up to 0012 on an empty database
 * and compressed with brotli (quality 11; gzip is twice as large). All rows are included. One thing was changed: that
 * version's demo clock counted fractions of milliseconds, which put the word "undefined" into a few ids. Here those
 * times are whole and the word is replaced by 0.
 */
export const oldDemo = (): Buffer => decompressed('demo0012.db.br')

/** The result of that version's `organization pack` on that database. */
export const oldArchive = (): Buffer => gzipSync(decompressed('demo0012.archive.br'))

const decompressed = (name: string) => brotliDecompressSync(readFileSync(join(apiFolder(), 'test', 'databases', name)))
