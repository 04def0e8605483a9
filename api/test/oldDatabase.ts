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
    ...rowsOfEveryVersion(run),
    upgrade: () => migrate(database),
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Of = { organization: string }

/** Rows whose columns no migration has changed. Their names and times are of no interest. */
const rowsOfEveryVersion = (run: (text: string) => Promise<void>) => ({
  addOrganization: (id: string) =>
    run(`INSERT INTO organizations (id, name, tagline, currency, time_zone, country, brand_color, is_demo, created_at)
      VALUES ('${id}', 'Harbor', '', 'USD', 'UTC', 'US', '#000000', 0, 0)`),
  addContact: (id: string, { organization }: Of) =>
    run(`INSERT INTO contacts (id, organization_id, name, created_at) VALUES ('${id}', '${organization}', 'Anna', 0)`),
  addCampaign: (id: string, { organization }: Of) =>
    run(`INSERT INTO campaigns (id, organization_id, name, status, friend_offer, terms_text, link_target, currency,
      terms_version, created_at, updated_at) VALUES ('${id}', '${organization}', 'Spring', 'active', '', '', 'hosted', 'USD', 1, 0, 0)`),
  addEnrollment: (id: string, { organization, campaign, contact }: Of & { campaign: string; contact: string }) =>
    run(`INSERT INTO enrollments (id, organization_id, campaign_id, contact_id, code, source, created_at)
      VALUES ('${id}', '${organization}', '${campaign}', '${contact}', 'CODE-${id}', 'invited', 0)`),
})

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
