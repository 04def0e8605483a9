import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '../../../config.ts'
import { type Database, openDatabase } from '../../../database/database.ts'
import { apiFolder, migrate } from '../../../database/migrate.ts'

let folder: string
let database: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goodword-'))
  database = openDatabase(readConfig({ DATABASE_URL: `file:${join(folder, 'goodword.db')}`, LOG_LEVEL: 'silent' }))
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = (text: string) => database.write((tx) => tx.run(sql.raw(text)))

/** A database from the version before memberships had their own acceptance and names. */
async function openOld(): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: join(apiFolder(), 'migrations') })
  const until = known.findIndex(({ sql: text }) => text.some((one) => one.includes('ADD `accepted_at`')))
  await run('CREATE TABLE migrations (made_at INTEGER PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL)')
  for (const { sql: statements, folderMillis, hash } of known.slice(0, until)) {
    for (const statement of statements) await run(statement)
    await run(`INSERT INTO migrations VALUES (${folderMillis}, '${hash}', 0)`)
  }
  const organization = (id: string) =>
    run(`INSERT INTO organizations (id, name, tagline, currency, time_zone, country, brand_color, staff_may_convert,
      credit_uses, is_demo, suppression_key, created_at)
      VALUES ('${id}', '${id}', '', 'USD', 'UTC', 'US', '#000000', 1, '[]', 0, 'x', 0)`)
  await organization('org_first')
  await organization('org_second')
  for (const who of ['maya', 'sam', 'gone'])
    await run(`INSERT INTO persons (id, name, email, email_verified, created_at, updated_at)
      VALUES ('per_${who}', 'The ${who}', '${who}@mail.example', 1, 0, 0)`)
}

const member = (id: string, person: string, organization: string, createdAt: number, removedAt: number | null = null) =>
  run(`INSERT INTO members (id, organization_id, person_id, role, created_at, removed_at)
    VALUES ('${id}', '${organization}', '${person}', 'staff', ${createdAt}, ${removedAt})`)
const session = (id: string, person: string, organization: string | null) =>
  run(`INSERT INTO sessions (id, person_id, token, organization_id, expires_at, created_at, updated_at)
    VALUES ('${id}', '${person}', 'hash ${id}', ${organization === null ? null : `'${organization}'`}, 9, 1, 2)`)

it("keeps every member's name, and every session in its organization", async () => {
  await openOld()
  await member('mem_maya_1', 'per_maya', 'org_first', 10)
  await member('mem_maya_2', 'per_maya', 'org_second', 20)
  await member('mem_sam_1', 'per_sam', 'org_first', 30, 35)
  await member('mem_sam_2', 'per_sam', 'org_second', 40)
  await member('mem_gone', 'per_gone', 'org_first', 50, 55)
  await session('ses_chosen', 'per_maya', 'org_second')
  await session('ses_unchosen', 'per_maya', null)
  await session('ses_left', 'per_sam', 'org_first')
  await session('ses_gone', 'per_gone', 'org_first')
  await run(`INSERT INTO verifications (id, identifier, value, expires_at, created_at, updated_at) VALUES
    ('ver_maya', 'hash', '{"email":"maya@mail.example"}', 9, 1, 2), ('ver_decoy', 'x', 'a hash', 9, 1, 2)`)
  await migrate(database)
  const all = (text: string) => database.read.all(sql.raw(text))
  expect(await all('SELECT id, name, accepted_at, removed_at FROM members ORDER BY id')).toEqual([
    ['mem_gone', 'The gone', 50, 55],
    ['mem_maya_1', 'The maya', 10, null],
    ['mem_maya_2', 'The maya', 20, null],
    ['mem_sam_1', 'The sam', 30, 35],
    ['mem_sam_2', 'The sam', 40, null],
  ])
  expect(await all('SELECT id, organization_id, token, expires_at, created_at, updated_at FROM sessions')).toEqual([
    ['ses_chosen', 'org_second', 'hash ses_chosen', 9, 1, 2],
    ['ses_unchosen', 'org_first', 'hash ses_unchosen', 9, 1, 2],
    ['ses_left', 'org_second', 'hash ses_left', 9, 1, 2],
  ])
  expect(await all('SELECT id, member_id FROM verifications ORDER BY id')).toEqual([
    ['ver_decoy', null],
    ['ver_maya', 'mem_maya_1'],
  ])
  await expect(session('ses_new', 'per_maya', null)).rejects.toThrow()
})
