import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archivedTables } from '../src/archive/archive.schemas.ts'
import { checkRow } from '../src/archive/archiveRows.ts'
import { type ImportAccess, unpackOrganization } from '../src/archive/importArchive.ts'
import { packOrganization } from '../src/database/archive.ts'
import { type ArchiveLimits, archiveLimits } from '../src/database/archiveFile.ts'
import { tablesInOrder } from '../src/database/archiveTables.ts'
import { addSite } from '../src/modules/platform/organizations/sites.ts'
import { createTestServices, createWorld, type TestServices, type World } from './harness.ts'
import { everyRow } from './tables.ts'

type Line = { table: string; row: Record<string, unknown> }

const owner = 'maya@harborsons.example'
let here: TestServices
let there: TestServices
let world: World
let archive: Buffer
beforeAll(async () => {
  here = await createTestServices()
  there = await createTestServices()
  world = await createWorld(here.services)
  await world.advocate((await world.campaign()).id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
  await addSite(world.ctx, { origin: 'https://harborsons.example' })
  archive = await pack()
})
afterAll(() => Promise.all([here.close(), there.close()]))

const pack = async () => buffer(await packOrganization(here.services.database, world.organization.id, here.clock.now()))
const unpack = (file: Buffer, arrival: ImportAccess = { owner, members: false }, limits?: ArchiveLimits) =>
  unpackOrganization(there.services, () => Readable.from([file]), arrival, limits)

/** The archive with other rows and a correct checksum, as a forger would write it. */
function forge(change: (rows: Line[]) => Line[] | undefined): Buffer {
  const [manifest = '', ...lines] = gunzipSync(archive).toString('utf8').split('\n').slice(0, -1)
  const rows = lines.map((line) => JSON.parse(line) as Line)
  const body = [manifest, ...(change(rows) ?? rows).map((row) => JSON.stringify(row))]
  return gzipSync([...body, endOf(body)].join('\n'))
}
const endOf = (body: string[]) =>
  JSON.stringify({ end: createHash('sha256').update(body.join('\n')).digest('hex'), lines: body.length })

/** The archive with a changed first row of a table. */
const withRow = (table: string, values: Record<string, unknown>) =>
  forge((rows) => {
    Object.assign(rows.find((line) => line.table === table)?.row ?? {}, values)
    return rows
  })
const rowOf = (table: string) =>
  gunzipSync(archive)
    .toString('utf8')
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .find((line) => line.table === table)?.row ?? {}

/** An account of a contact who isn't in the archive, unless the changes say otherwise. */
const accountOf = (values: Record<string, unknown> = {}): Line => ({
  table: 'ledger_accounts',
  row: {
    id: here.services.newId('account'),
    organization_id: world.organization.id,
    kind: 'available',
    owner_type: 'contact',
    owner_id: here.services.newId('contact'),
    currency: 'USD',
    balance: 0,
    created_at: here.clock.now(),
    ...values,
  },
})

/** A reward of a conversion that isn't in the archive, unless the changes say otherwise. */
const rewardOf = (values: Record<string, unknown> = {}): Line => ({
  table: 'rewards',
  row: {
    id: here.services.newId('reward'),
    organization_id: world.organization.id,
    source_type: 'conversion',
    source_id: here.services.newId('conversion'),
    campaign_id: rowOf('campaigns').id,
    enrollment_id: null,
    contact_id: rowOf('contacts').id,
    side: 'friend',
    kind: 'custom',
    text: 'A bottle of wine',
    amount: 0,
    currency: 'USD',
    status: 'issued',
    available_at: here.clock.now(),
    off_this_job: 0,
    needs_approval: 0,
    code_source: null,
    ...{ code_pattern: null, card_delivery: null, card_products: null, is_delivering: 0 },
    decided_at: null,
    decided_by: null,
    reason: null,
    redeemed_at: null,
    created_at: here.clock.now(),
    updated_at: here.clock.now(),
    ...values,
  },
})

describe('a forged archive', () => {
  const attacks: [string, () => Buffer, RegExp][] = [
    [
      'with a script in the color',
      () => withRow('organizations', { brand_color: '#fff}</style><script>alert(1)</script>' }),
      /\(organizations, brand_color\).* Use a color such as #8a2c5e\./,
    ],
    [
      'with a script as its website',
      () => withRow('organizations', { website: 'javascript:alert(1)' }),
      /\(organizations, website\)/,
    ],
    [
      'with a campaign that links to a script',
      () => withRow('campaigns', { landing_url: 'javascript:alert(1)' }),
      /\(campaigns, landing_url\).* Enter an address that starts with https:/,
    ],
    ['with a form allowed on any site', () => withRow('sites', { origin: 'https://*.example' }), /\(sites, origin\)/],
    [
      'with invalid terms',
      () => withRow('campaign_terms', { terms: '{"advocate":{"kind":"credit"}}' }),
      /\(campaign_terms, terms\)/,
    ],
    ['with text in place of a number', () => withRow('campaigns', { terms_version: 'one' }), /Use a whole number\./],
    ['with a number in place of text', () => withRow('contacts', { name: 7 }), /\(contacts, name\).* Use text\./],
    ['with a fractional number', () => withRow('campaigns', { created_at: 1.5 }), /Use a whole number\./],
    ['with an unknown status', () => withRow('campaigns', { status: 'free' }), /Use one of: draft, active/],
    ['with an unknown currency', () => withRow('campaigns', { currency: 'XXX' }), /\(campaigns, currency\)/],
    ['with an id of another kind', () => withRow('contacts', { id: rowOf('campaigns').id }), /starts with con_/],
    ['with an id that is a script', () => withRow('campaigns', { id: '"><script>' }), /starts with cam_/],
    ['without a required value', () => withRow('contacts', { name: null }), /Its value is missing\./],
    ['with an extra column', () => withRow('contacts', { admin: 1 }), /a column that the table doesn't have/],
    ['with a time out of range', () => withRow('contacts', { created_at: 253402300800000 }), /before 2200/],
    [
      'with a key that grants more than the form',
      () => withRow('keys', { kind: 'secret', scopes: '["settings:write"]' }),
      /Leave secret keys out/,
    ],
    [
      'with the hash of another key',
      () => withRow('keys', { display: 'pk_another-key-of-somebody' }),
      /The key and its hash differ/,
    ],
    [
      'with a session',
      () => forge((rows) => [...rows, { table: 'sessions', row: { organization_id: world.organization.id } }]),
      /archives hold no such table/,
    ],
    [
      'with a row of another organization',
      () => withRow('contacts', { organization_id: 'org_01jvyxyv00000m5fpt0bgw9z7r' }),
      /it belongs to another organization/,
    ],
    [
      'with a contact that is missing from it',
      () => forge((rows) => rows.filter(({ table }) => table !== 'contacts')),
      /FOREIGN KEY constraint failed/,
    ],
    [
      'with the same row twice',
      () => forge((rows) => rows.flatMap((line) => (line.table === 'contacts' ? [line, line] : [line]))),
      /UNIQUE constraint failed: contacts/,
    ],
    [
      'with a member who is a person of this installation',
      () => withRow('members', { person_id: 'per_01jvyxyv00002t6w09qzdyjhere'.slice(0, 30) }),
      /the archive holds no such person/,
    ],
    [
      'with credit of a contact who is missing from it',
      () => forge((rows) => [...rows, accountOf()]),
      /\(ledger_accounts\).* FOREIGN KEY constraint failed\./,
    ],
    [
      'with credit of an owner that may not have any',
      () => forge((rows) => [...rows, accountOf({ owner_type: 'network', owner_id: world.organization.id })]),
      /\(ledger_accounts\).* FOREIGN KEY constraint failed\./,
    ],
    [
      'with credit of an unknown owner type',
      () => forge((rows) => [...rows, accountOf({ owner_type: 'bank' })]),
      /\(ledger_accounts, owner_type\).* Use one of: organization, contact/,
    ],
    [
      'with a reward of a conversion that is missing from it',
      () => forge((rows) => [...rows, rewardOf()]),
      /\(rewards\).* FOREIGN KEY constraint failed\./,
    ],
    [
      'with a reward of an unknown source type',
      () => forge((rows) => [...rows, rewardOf({ source_type: 'luck' })]),
      /\(rewards, source_type\).* Use one of: conversion, job\./,
    ],
  ]

  it.each(attacks)('%s is rejected with an explanation, and nothing is changed', async (_, file, why) => {
    const before = await everyRow(there.services.database)
    const refused = await unpack(file()).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'SettingError', message: expect.stringMatching(why) })
    expect(refused).toMatchObject({ message: expect.stringContaining('Nothing was changed.') })
    expect(await everyRow(there.services.database)).toEqual(before)
  })

  it.each(['javascript:alert(1)', 'https://harborsons.example/page', 'HTTPS://harborsons.example', 'null'])(
    'is rejected because of an impossible website: %s',
    async (origin) => {
      await expect(unpack(withRow('sites', { origin }))).rejects.toThrow('(sites, origin)')
    },
  )

  it('can come from an installation on http, with a website on http', () => {
    const row = { ...rowOf('sites'), origin: 'http://shop.lan:8080' }
    expect(checkRow({ number: 2, table: 'sites', row }, world.organization.id)).toEqual(row)
  })

  it('is rejected with the number of the wrong line', async () => {
    await expect(unpack(withRow('organizations', { brand_color: 'red' }))).rejects.toThrow(
      /^Line \d+ of the archive \(organizations, brand_color\) cannot be imported: Use a color such as #8a2c5e\. Correct it in the old installation/,
    )
  })

  it('has a schema for every table, so no table is imported unchecked', async () => {
    expect(Object.keys(archivedTables).sort()).toEqual((await tablesInOrder(here.services.database.read)).sort())
  })
})

describe('a file that decompresses to more than an archive can contain', () => {
  const alike = Buffer.alloc(1_000_000, 'a')
  const mixed = () => Buffer.from(randomBytes(500_000).toString('hex'))
  /** A manifest followed by endless data, as a stream that counts the bytes read. */
  function bomb(megabytes: number, piece: () => Buffer) {
    const packed = gzipSync(Buffer.concat(Array.from({ length: megabytes }, piece)))
    const taken = { bytes: 0, of: packed.length }
    const open = () =>
      Readable.from(
        (function* () {
          for (let at = 0; at < packed.length; at += 1_000) {
            taken.bytes += Math.min(1_000, packed.length - at)
            yield packed.subarray(at, at + 1_000)
          }
        })(),
        { highWaterMark: 1 },
      )
    return { open, taken }
  }
  const run = (open: () => Readable, limits: Partial<ArchiveLimits>) =>
    unpackOrganization(there.services, open, { owner, members: false }, { ...archiveLimits, ...limits })

  it('is rejected at its first bytes if it is compressed too well', async () => {
    const { open, taken } = bomb(60, () => alike)
    await expect(run(open, { lineBytes: Number.MAX_SAFE_INTEGER })).rejects.toThrow(
      'This archive was rejected. It is compressed far more than any archive.',
    )
    expect(taken.of).toBeGreaterThan(50_000)
    expect(taken.bytes).toBeLessThan(40_000)
  })

  it('is rejected at the size limit, however it is compressed', async () => {
    const { open, taken } = bomb(8, mixed)
    const limits = { bytes: 2 * 1024 * 1024, ratio: Number.MAX_SAFE_INTEGER, lineBytes: Number.MAX_SAFE_INTEGER }
    await expect(run(open, limits)).rejects.toThrow('It holds more than 2 MB.')
    expect(taken.bytes).toBeLessThan(taken.of / 2)
  })

  it("is rejected at a line that doesn't end, and after too many lines", async () => {
    const endless = bomb(8, mixed)
    await expect(run(endless.open, { lineBytes: 1024 * 1024, ratio: Number.MAX_SAFE_INTEGER })).rejects.toThrow(
      'Line 1 is longer than 1 MB.',
    )
    expect(endless.taken.bytes).toBeLessThan(endless.taken.of / 2)
    await expect(unpack(archive, { owner, members: false }, { ...archiveLimits, lines: 5 })).rejects.toThrow(
      'It has more than 5 lines.',
    )
  })

  it('is rejected if it is truncated, in the middle or by its last byte', async () => {
    for (const length of [archive.length - 1, archive.length - 9, Math.floor(archive.length / 2), 12])
      await expect(unpack(archive.subarray(0, length))).rejects.toThrow('not a complete Goodword archive')
  })

  it("doesn't keep the server from responding while it is read", async () => {
    let answers = 0
    const ticking = setInterval(() => (answers += 1), 0)
    const { open } = bomb(40, () => alike)
    await run(open, {
      bytes: 30 * 1024 * 1024,
      ratio: Number.MAX_SAFE_INTEGER,
      lineBytes: Number.MAX_SAFE_INTEGER,
    }).catch(() => undefined)
    clearInterval(ticking)
    expect(answers).toBeGreaterThan(10)
  })
})
