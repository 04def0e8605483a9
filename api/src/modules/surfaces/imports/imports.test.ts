import { RunImport } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { verify } from '../../../verify.ts'
import { balanceIn } from '../../money/ledger/ledger.ts'
import { redeemCredit } from '../../money/rewards/credit.ts'
import { findByCode } from '../../program/advocates/advocates.ts'
import { loadAdvocate } from '../console/advocates.queries.ts'
import { listReferrals } from '../console/referrals.queries.ts'
import { createReferral } from '../console/referrals.ts'
import { searchEverything } from '../console/search.queries.ts'
import { listImports, previewImport, runImport } from './imports.ts'
import { undoImport } from './undo.ts'

let test: TestServices
let world: World
let campaignId: string
let round = 0

beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  round += 1
  world = await createWorld(test.services, `Harbor ${round}`)
  campaignId = (await world.campaign()).id
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

const file = (kind: RunImport['kind'], lines: string[], more: Partial<RunImport> = {}) =>
  RunImport.parse({ kind, campaignId, text: lines.join('\n'), fileName: 'old tool.csv', ...more })
const messagesWritten = async () => (await test.services.database.read.all(sql`SELECT id FROM messages`)).length
const everything = async () => {
  const tables = [
    'contacts',
    'contact_addresses',
    'enrollments',
    'enrollment_codes',
    'referrals',
    'credit_entries',
    'ledger_transfers',
    'audit_entries',
    'imports',
  ]
  return JSON.stringify(
    await Promise.all(
      tables.map((table) => test.services.database.read.all(sql`SELECT * FROM ${sql.identifier(table)}`)),
    ),
  )
}

describe('advocates from another tool', () => {
  const lines = [
    'Full name,E-mail,Mobile,Referral code',
    'Anna Kowalski,anna@mail.example,,KOWALSKI1',
    'Ben Ito,,(415) 555-0177,',
    'No Way,,,',
    ',ghost@mail.example,,',
    'Anna Kowalski,ANNA@mail.example,,',
    'Cy Lee,cy@mail,,',
    'Di Roe,di..roe@mail.example,,',
  ].map((line) => line.replaceAll('KOWALSKI1', `KOW${round}A`))
  const unique = () => lines.map((line) => line.replace(/KOW\d+A/, `KOW${round}A`))

  it('are previewed row by row before anything is saved', async () => {
    const before = await everything()
    const preview = await previewImport(world.ctx, file('advocates', unique()))
    expect(preview.columns).toEqual(['name', 'email', 'phone', 'code'])
    expect(preview.rows.map(({ line, state, problem }) => [line, state, problem])).toEqual([
      [2, 'created', null],
      [3, 'created', null],
      [4, 'wrong', 'There is no email address and no phone number.'],
      [5, 'wrong', 'There is no name.'],
      [6, 'skipped', 'Anna Kowalski is an advocate of this campaign already.'],
      [7, 'wrong', 'The email address cannot be read.'],
      [8, 'wrong', 'The email address cannot be read.'],
    ])
    expect(await everything()).toBe(before)
  })

  it('are imported as previewed, with the codes of their existing links, and get no messages', async () => {
    const written = await messagesWritten()
    const done = await runImport(world.ctx, file('advocates', unique()))
    expect(done).toMatchObject({ rows: 7, created: 2, skipped: 5, fileName: 'old tool.csv', undoneAt: null })
    expect(await messagesWritten()).toBe(written)
    const found = await findByCode(test.services, `KOW${round}A`)
    expect((await loadAdvocate(world.ctx, found?.id ?? '')).name).toBe('Anna Kowalski')
  })

  it('are reported as existing the second time', async () => {
    await runImport(world.ctx, file('advocates', unique()))
    const again = await runImport(world.ctx, file('advocates', unique()))
    expect(again.created).toBe(0)
  })

  it('with a code that belongs to somebody else are reported, and nothing of the row is saved', async () => {
    await runImport(world.ctx, file('advocates', unique()))
    const other = (await world.campaign()).id
    const preview = await previewImport(world.ctx, {
      ...file('advocates', ['name,email,code', `Dee,dee${round}@mail.example,KOW${round}A`]),
      campaignId: other,
    })
    expect(preview.rows[0]).toMatchObject({ state: 'wrong', problem: expect.stringContaining('is taken') })
    expect(await findByCode(test.services, `KOW${round}A`)).toBeDefined()
  })

  it('leave nothing of a row that turned out wrong after its contact was written, also not in the search', async () => {
    const done = await runImport(
      world.ctx,
      file('advocates', ['name,email,code', `Wro Ng,wro${round}@mail.example,K!`, `Ri Ght,ri${round}@mail.example,`]),
    )
    expect(done).toMatchObject({ created: 1, skipped: 1 })
    expect((await searchEverything(world.ctx, 'wro')).groups.flatMap(({ items }) => items)).toEqual([])
    expect(await verify(test.services.database.read)).toEqual([])
  })

  it('can have their columns mapped manually', async () => {
    const columns = ['name', 'ignored', 'email'] as const
    const preview = await previewImport(
      world.ctx,
      file('advocates', ['a,b,c', `Eve,x,eve${round}@mail.example`], { columns: [...columns] }),
    )
    expect(preview.rows[0]).toMatchObject({ label: 'Eve', state: 'created' })
    const twice = file('advocates', ['a,b,c', 'x,y,z'], { columns: ['name', 'name', 'email'] })
    await expect(previewImport(world.ctx, twice)).rejects.toMatchObject({
      message: 'Two columns cannot mean the same.',
    })
  })

  it('are rejected as a file without rows, or with too many', async () => {
    await expect(previewImport(world.ctx, file('advocates', ['name,email']))).rejects.toMatchObject({
      code: 'validation_failed',
    })
    const many = ['name', ...Array.from({ length: 2_001 }, (_, n) => `Person ${n}`)]
    await expect(previewImport(world.ctx, file('advocates', many))).rejects.toMatchObject({
      message: 'That file has 2,001 rows. Use 2,000 or fewer at a time.',
    })
  })
})

describe('referrals from another tool', () => {
  it("are imported by their advocate's code or email, open ones only, without messages", async () => {
    const anna = await world.advocate(campaignId, { name: 'Anna', email: `anna.r${round}@mail.example` })
    const written = await messagesWritten()
    const lines = [
      'Friend;Friend email;Referral link;Referrer email;Referrer;Stage;Lead ID',
      `Priya;p1.${round}@mail.example;https://old.example/?ref=${anna.code};;;New;L1`,
      `Omar;p2.${round}@mail.example;;anna.r${round}@mail.example;;Contacted;L2`,
      `Nina;p3.${round}@mail.example;;;Aunt Jo;lost;L3`,
      `Paul;p4.${round}@mail.example;${anna.code};;;Won;L4`,
      `Quin;p5.${round}@mail.example;NOBODY9;;;New;L5`,
      `Rita;p6.${round}@mail.example;${anna.code};;;Dancing;L6`,
    ]
    const done = await runImport(world.ctx, file('referrals', lines))
    expect(done).toMatchObject({ rows: 6, created: 3, skipped: 3 })
    const { items } = await listReferrals(world.ctx, { limit: 20, sort: 'oldest' })
    expect(
      [...items]
        .sort((one, other) => one.friend.name.localeCompare(other.friend.name))
        .map(({ friend, status, advocate, externalId, source }) => [
          friend.name,
          status,
          advocate?.name ?? null,
          externalId,
          source,
        ]),
    ).toEqual([
      ['Nina', 'declined', null, 'L3', 'import'],
      ['Omar', 'accepted', 'Anna', 'L2', 'import'],
      ['Priya', 'pending', 'Anna', 'L1', 'import'],
    ])
    expect(await messagesWritten()).toBe(written)
    const { rows } = await previewImport(world.ctx, file('referrals', lines))
    expect(rows.slice(3).map(({ problem }) => problem)).toEqual([
      'It has converted already. What it earned comes as an opening balance.',
      'No advocate of this campaign has the code NOBODY9.',
      '"Dancing" is no status we know: pending, accepted or declined.',
    ])
  })

  it('are compared like those of a form, and their phone numbers are read as people paste them', async () => {
    const { code } = await world.advocate(campaignId, stranger('Anna Kowalski'))
    const lines = [
      'friend,email,phone,advocate code',
      `Nina Novak,n.novak+a${round}@gmail.com,tel:+1 415‑555‑0${180 + round},${code}`,
      `Nora Novak,nnovak+b${round}@googlemail.com,,${code}`,
      `Nina Novak,nina${round}@mailinator.com,,${code}`,
      `Paul Poe,,0055 11 98765-432,${code}`,
    ]
    const done = await runImport(world.ctx, file('referrals', lines))
    expect(done).toMatchObject({ created: 3, skipped: 1 })
    const { items } = await listReferrals(world.ctx, { limit: 20, sort: 'oldest' })
    expect(items.map(({ friend, flags }) => [friend.email?.split('@')[1], flags]).sort()).toEqual([
      ['gmail.com', []],
      ['googlemail.com', ['canonical_email_match']],
      ['mailinator.com', ['disposable_email', 'same_name']],
    ])
    const { rows } = await previewImport(world.ctx, file('referrals', lines))
    expect(rows[3]?.problem).toBe('The phone number cannot be read.')
  })

  it("never match another organization's advocate", async () => {
    const other = await createWorld(test.services, `Bayside ${round}`)
    const theirs = await other.advocate((await other.campaign()).id)
    const preview = await previewImport(
      world.ctx,
      file('referrals', ['friend,email,advocate code', `Priya,x${round}@mail.example,${theirs.code}`]),
    )
    expect(preview.rows[0]?.problem).toBe(`No advocate of this campaign has the code ${theirs.code}.`)
  })
})

describe('opening balances', () => {
  const lines = () => [
    'Name,Email,Credit balance,Note',
    `Anna,ob${round}@mail.example,"$1,085.50",From the old tool`,
    `Ben,obb${round}@mail.example,0,`,
    `Cy,obc${round}@mail.example,lots,`,
  ]

  it('appear in the ledger to the cent', async () => {
    const done = await runImport(world.ctx, file('opening_balances', lines()))
    expect(done).toMatchObject({ rows: 3, created: 1, skipped: 2 })
    const [row] = await test.services.database.read.all<[string]>(
      sql`SELECT contact_id FROM import_rows WHERE import_id = ${done.id}`,
    )
    expect(await balanceIn(world.ctx, row?.[0] ?? '', 'USD')).toMatchObject({ available: 108_550, held: 0, owed: 0 })
  })

  it('are reversed to the cent, unless some of the credit was used', async () => {
    const done = await runImport(world.ctx, file('opening_balances', [...lines(), `Dee,obd${round}@mail.example,20,`]))
    const rows = await test.services.database.read.all<[string, number]>(
      sql`SELECT contact_id, "row" FROM import_rows WHERE import_id = ${done.id} ORDER BY "row"`,
    )
    const [anna, dee] = rows.map(([id]) => id)
    await redeemCredit(world.ctx, dee ?? '', { amount: 500, note: 'Invoice 7' })
    expect(await undoImport(world.ctx, done.id)).toMatchObject({
      removed: 1,
      kept: [{ line: 5, why: 'Some of the credit was used.' }],
    })
    expect((await balanceIn(world.ctx, anna ?? '', 'USD')).available).toBe(0)
    expect((await balanceIn(world.ctx, dee ?? '', 'USD')).available).toBe(1_500)
  })
})

describe('undoing an import', () => {
  it('happens once, even if two people do it at the same time', async () => {
    const done = await runImport(
      world.ctx,
      file('advocates', ['name,email', `Ann,u1.${round}@mail.example`, `Bob,u2.${round}@mail.example`]),
    )
    const outcomes = await Promise.allSettled([undoImport(world.ctx, done.id), undoImport(world.ctx, done.id)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await listImports(world.ctx, { limit: 20 })).items[0]?.undoneAt).not.toBeNull()
    await expect(undoImport(world.ctx, done.id)).rejects.toMatchObject({ code: 'import_undone' })
  })

  it('keeps an advocate who has referred someone since', async () => {
    const done = await runImport(
      world.ctx,
      file('advocates', ['name,email', `Ann,k1.${round}@mail.example`, `Bob,k2.${round}@mail.example`]),
    )
    const [first] = await test.services.database.read.all<[string]>(
      sql`SELECT subject_id FROM import_rows WHERE import_id = ${done.id} ORDER BY "row"`,
    )
    await createReferral(world.ctx, { advocateId: first?.[0], friend: stranger(), metadata: {} })
    expect(await undoImport(world.ctx, done.id)).toMatchObject({
      removed: 1,
      kept: [{ line: 2, why: 'This advocate has referrals.' }],
    })
  })

  it('removes referrals from every list and makes their external references available again', async () => {
    await world.advocate(campaignId, { name: 'Anna', email: `an.${round}@mail.example` })
    const lines = ['friend,email,referrer email,lead id', `Priya,fr.${round}@mail.example,an.${round}@mail.example,L1`]
    const done = await runImport(world.ctx, file('referrals', lines))
    await undoImport(world.ctx, done.id)
    expect((await listReferrals(world.ctx, { limit: 20, sort: 'oldest' })).items).toEqual([])
    expect((await runImport(world.ctx, file('referrals', lines))).created).toBe(1)
  })

  it('of another organization is not found', async () => {
    const done = await runImport(world.ctx, file('advocates', ['name,email', `Ann,o1.${round}@mail.example`]))
    const other = await createWorld(test.services, `Bayside ${round}`)
    await expect(undoImport(other.ctx, done.id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listImports(other.ctx, { limit: 20 })).items).toEqual([])
    await expect(runImport(other.ctx, file('advocates', ['name,email', 'Ann,x@mail.example']))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
