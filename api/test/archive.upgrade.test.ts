import { createHash } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unpackOrganization } from '../src/archive/importArchive.ts'
import { openDatabase } from '../src/database/database.ts'
import { migrate } from '../src/database/migrate.ts'
import type { Queries } from '../src/database/queries.ts'
import { fillProjections } from '../src/projections.ts'
import { verify } from '../src/verify.ts'
import { createTestServices, type TestServices } from './harness.ts'
import { oldArchive, oldDemo } from './oldDatabase.ts'

const archive = oldArchive()
const lines = gunzipSync(archive).toString('utf8').split('\n')
let there: TestServices
beforeEach(async () => {
  await there?.close()
  there = await createTestServices()
})
afterAll(() => there.close())

const unpack = (file: Buffer) =>
  unpackOrganization(there.services, () => Readable.from([file]), { owner: 'maya@harborsons.example', members: false })
const remains = () => readdirSync(tmpdir()).filter((name) => name.startsWith('goodword-archive-'))

/** All ledger, reward, referral and contact rows. */
async function rowsOf(read: Queries): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const table of [
    ...['ledger_accounts', 'ledger_transfers', 'rewards', 'discount_codes', 'credit_entries', 'credit_requests'],
    ...['referrals', 'referral_events', 'conversions', 'enrollments', 'enrollment_codes', 'campaign_terms'],
    ...['contacts', 'contact_addresses', 'message_mentions', 'visits'],
  ])
    rows[table] = await read.all(sql`SELECT * FROM ${sql.identifier(table)} ORDER BY 1, 2, 3`)
  return rows
}

describe('an archive of an earlier version', () => {
  let upgraded: Record<string, unknown[]>
  beforeAll(async () => {
    const test = await createTestServices()
    const file = join(test.folder, 'old.db')
    writeFileSync(file, oldDemo())
    const database = openDatabase({ databaseUrl: `file:${file}`, databaseAuthToken: undefined })
    await migrate(database)
    await fillProjections({ database, log: test.services.log })
    upgraded = await rowsOf(database.read)
    await database.close()
    await test.close()
  })

  it('arrives row by row as its old installation would be after the upgrade', async () => {
    const before = remains()
    expect(await unpack(archive)).toMatchObject({ name: 'Harbor & Sons', owner: 'maya@harborsons.example' })
    const { read } = there.services.database
    expect(await verify(read)).toEqual([])
    expect(await rowsOf(read)).toEqual(upgraded)
    expect(upgraded.ledger_transfers).toHaveLength(369)
    expect(remains()).toEqual(before)
    await expect(unpack(archive)).rejects.toThrow('Harbor & Sons already exists in this installation.')
  })

  const changed = (from: string, to: string) => {
    const body = lines.slice(0, -1).map((line) => line.replace(from, to))
    const end = createHash('sha256').update(body.join('\n')).digest('hex')
    return gzipSync([...body, JSON.stringify({ end, lines: body.length })].join('\n'))
  }
  it.each([
    ['cut short', () => archive.subarray(0, 20_000), /not a complete Goodword archive/],
    [
      'modified after export',
      () => gzipSync(lines.join('\n').replace('Harbor', 'Larbor')),
      /not a complete Goodword archive/,
    ],
    [
      'with an extra column',
      () => changed('"balance":', '"admin":1,"balance":'),
      /a column that the table doesn't have/,
    ],
    ['with a script in the color', () => changed('"brand_color":"#', '"brand_color":"</style>#'), /brand_color/],
    ['with malformed JSON', () => changed('"frozen":"{', '"frozen":"{{'), /cannot be upgraded/],
  ])('%s is rejected, and nothing is left behind', async (_, file, why) => {
    const before = remains()
    await expect(unpack(file())).rejects.toThrow(why)
    expect(await there.services.database.read.all(sql`SELECT id FROM organizations`)).toEqual([])
    expect(remains()).toEqual(before)
  })
})
