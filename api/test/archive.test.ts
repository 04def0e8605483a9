import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ImportAccess, unpackOrganization } from '../src/archive/importArchive.ts'
import { packOrganization } from '../src/database/archive.ts'
import { suppress, suppressionReason } from '../src/modules/platform/messages/suppressions.ts'
import { listReferrals } from '../src/modules/surfaces/console/referrals.queries.ts'
import { convertReferral } from '../src/modules/surfaces/console/referrals.ts'
import { reportFunnel } from '../src/modules/surfaces/reports/funnel.queries.ts'
import { reportOutstanding } from '../src/modules/surfaces/reports/outstanding.queries.ts'
import { type SeededDemo, seedDemo } from '../src/seed/seed.ts'
import { contextFor, transaction } from '../src/shared/context.ts'
import { verify } from '../src/verify.ts'
import { createTestServices, createWorld, type TestServices } from './harness.ts'

const canary = 'Zebulon Canarywell'
const someone = { channel: 'email', to: 'no.more@mail.example' } as const
let here: TestServices
let there: TestServices
let demo: SeededDemo
let archive: Buffer

beforeAll(async () => {
  here = await createTestServices()
  const other = await createWorld(here.services, canary)
  await other.advocate((await other.campaign()).id, { name: canary, email: 'canary@mail.example' })
  await here.services.database.write(async (tx) => void (await tx.run(sql`SELECT 1`)))
  demo = await seedDemo(here.services)
  await transaction(contextFor(here.services, demo.organizationId, { type: 'system' }), (tx) =>
    suppress(tx, someone, 'unsubscribed'),
  )
  archive = await pack()
})
beforeEach(async () => {
  await there?.close()
  there = await createTestServices()
})
afterAll(async () => {
  await here.close()
  await there.close()
})

const pack = async () => buffer(await packOrganization(here.services.database, demo.organizationId, here.clock.now()))
const owner = 'maya@harborsons.example'
const unpack = (file = archive, arrival: ImportAccess = { owner, members: false }) =>
  unpackOrganization(there.services, () => Readable.from([file]), arrival)
const ctxIn = (installation: TestServices) =>
  contextFor(installation.services, demo.organizationId, {
    type: 'member',
    id: 'mem_0',
    personId: 'per_0',
    role: 'owner',
  })
const lines = () => gunzipSync(archive).toString('utf8').split('\n')

/** Every row of the organization in a table, except for what a move changes. */
const rowsIn = async ({ services }: TestServices, table: string) =>
  JSON.stringify(
    await services.database.read.all(
      sql`SELECT * FROM ${sql.identifier(table)} WHERE organization_id = ${demo.organizationId} ORDER BY 1, 2, 3, 4`,
    ),
  )

describe('an organization moved to another installation', () => {
  it('arrives with every row, and every ledger invariant holds', async () => {
    expect(await unpack()).toMatchObject({ organizationId: demo.organizationId, name: 'Harbor & Sons' })
    expect(await verify(there.services.database.read)).toEqual([])
    const tables = [
      ...[
        'contacts',
        'contact_addresses',
        'campaigns',
        'campaign_terms',
        'enrollments',
        'enrollment_codes',
        'referrals',
      ],
      ...['referral_events', 'conversions', 'rewards', 'ledger_accounts', 'ledger_transfers', 'visits'],
      ...['sites', 'messages', 'suppressions', 'keys', 'credit_entries', 'discount_codes', 'referral_notes', 'imports'],
    ]
    for (const table of tables) {
      const rows = await rowsIn(here, table)
      expect(rows.length, table).toBeGreaterThan(2)
      expect(await rowsIn(there, table), table).toBe(rows)
    }
  })

  it('reports the same figures as before', async () => {
    await unpack()
    there.clock.set(here.clock.now())
    expect(await reportFunnel(ctxIn(there), {})).toEqual(await reportFunnel(ctxIn(here), {}))
    expect(await reportOutstanding(ctxIn(there), { limit: 100 })).toEqual(
      await reportOutstanding(ctxIn(here), { limit: 100 }),
    )
  })

  it('continues to work: the next referral converts, and the ledger is still correct', async () => {
    await unpack()
    const [pending] = (await listReferrals(ctxIn(there), { status: 'pending', sort: 'oldest', limit: 1 })).items
    await convertReferral(ctxIn(there), pending?.id ?? '', { jobValue: 50_000, notify: true })
    expect(await verify(there.services.database.read)).toEqual([])
  })

  it('still knows who unsubscribed', async () => {
    await unpack()
    const { read } = there.services.database
    expect(await suppressionReason(read, demo.organizationId, someone)).not.toBeNull()
    expect(await suppressionReason(read, demo.organizationId, { ...someone, to: 'else@mail.example' })).toBeNull()
  })

  it('leaves behind sessions, secrets, and everything of other organizations', () => {
    const text = gunzipSync(archive).toString('utf8')
    expect(text).not.toContain(canary)
    const tables = new Set(
      lines()
        .slice(1, -1)
        .map((line) => (JSON.parse(line) as { table: string }).table),
    )
    for (const table of ['sessions', 'portal_sessions', 'portal_links', 'webhook_endpoints', 'idempotency_records'])
      expect([...tables]).not.toContain(table)
    const kinds = lines()
      .slice(1, -1)
      .map((line) => JSON.parse(line) as { table: string; row: { kind?: string } })
    expect(kinds.filter(({ table }) => table === 'keys').map(({ row }) => row.kind)).toEqual(['publishable'])
  })

  it("sends nothing twice: messages queued in the old installation aren't sent by the new one", async () => {
    const world = await createWorld(here.services, 'Bayside Plumbing')
    await world.advocate((await world.campaign()).id)
    await here.services.database.write((tx) =>
      tx.run(sql`UPDATE messages SET state = 'queued' WHERE organization_id = ${demo.organizationId}`),
    )
    await unpack(await pack())
    const states = await there.services.database.read.all<[string]>(sql`SELECT DISTINCT state FROM messages`)
    expect(states.flat()).toEqual(['suppressed'])
    await here.services.database.write((tx) =>
      tx.run(sql`UPDATE messages SET state = 'kept' WHERE organization_id = ${demo.organizationId}`),
    )
  })

  it('keeps the account of a member who already has one there', async () => {
    const known = 'per_01jvyxyv00002t6w09qzdyjhere'.slice(0, 30)
    await there.services.database.write((tx) =>
      tx.run(
        sql`INSERT INTO persons (id, email, email_verified, created_at, updated_at) VALUES (${known}, ${owner}, 1, 1748016000000, 1748016000000)`,
      ),
    )
    await unpack()
    const members = await there.services.database.read.all<[string]>(sql`SELECT person_id FROM members`)
    expect(members.flat()).toContain(known)
    expect(members.flat()).not.toContain(demo.ownerPersonId)
  })

  it('keeps every entry of its audit trail, and adds its new owner', async () => {
    await unpack()
    const entries = async (installation: TestServices) =>
      JSON.parse(await rowsIn(installation, 'audit_entries')) as unknown[][]
    const [before, after] = [await entries(here), await entries(there)]
    expect(after.slice(0, -1)).toEqual(before)
    expect(after.at(-1)).toEqual(expect.arrayContaining(['system:operator', 'member.restored', '{"role":"owner"}']))
  })
})

describe('an archive is rejected, and nothing is changed', () => {
  const organizations = async () => (await there.services.database.read.all(sql`SELECT id FROM organizations`)).length

  it('if the organization already exists there', async () => {
    await unpack()
    await expect(unpack()).rejects.toThrow('Harbor & Sons already exists in this installation. Nothing was changed.')
    expect(await organizations()).toBe(1)
  })

  it('if it is truncated, modified, or not an archive', async () => {
    const changed = lines()
    changed[5] = (changed[5] ?? '').replace('"', ' "')
    const broken = [
      archive.subarray(0, 2_000),
      gzipSync(lines().slice(0, -1).join('\n')),
      gzipSync(changed.join('\n')),
      Buffer.from('hello'),
    ]
    for (const file of broken)
      await expect(unpack(file)).rejects.toThrow('This file is not a complete Goodword archive.')
    expect(await organizations()).toBe(0)
  })

  it('if it was created by an unknown version', async () => {
    await there.services.database.write((tx) =>
      tx.run(sql`UPDATE migrations SET made_at = made_at + 1 WHERE made_at = (SELECT max(made_at) FROM migrations)`),
    )
    await expect(unpack()).rejects.toThrow('The archive was created by a newer version of Goodword.')
    expect(await organizations()).toBe(0)
  })

  it('if one of its links belongs to somebody else there', async () => {
    const world = await createWorld(there.services, 'Oak Street Dental')
    const { id } = await world.advocate((await world.campaign()).id)
    await there.services.database.write((tx) =>
      tx.run(
        sql`INSERT INTO enrollment_codes (code, organization_id, enrollment_id, created_at) VALUES (${demo.advocateCode}, ${world.organization.id}, ${id}, 0)`,
      ),
    )
    await expect(unpack()).rejects.toThrow(`The code ${demo.advocateCode} belongs to another advocate here.`)
    expect(await organizations()).toBe(1)
  })
})
