import { RunImport } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asking } from '../../../../test/asking.ts'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import type { Database } from '../../../database/database.ts'
import { verify } from '../../../verify.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { listJobs } from '../../program/jobs/jobs.queries.ts'
import { loadReferral } from '../console/referrals.detail.queries.ts'
import { listImports, previewImport, runImport } from './imports.ts'
import { undoImport } from './undo.ts'

let test: TestServices
let world: World
let round = 0

beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  round += 1
  test.clock.set(Date.parse('2026-11-30T20:00:00Z'))
  world = await createWorld(test.services, `Jobs ${round}`)
  await updateOrganization(world.ctx, { features: ['jobs'] })
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

const heads = 'Customer,Email,Phone,Job number,Work,Finished,Value,Invoiced,Score'
const file = (...lines: string[]) => RunImport.parse({ kind: 'jobs', text: [heads, ...lines].join('\n') })
const invitations = async () =>
  (
    await test.services.database.read.all<[string]>(
      sql`SELECT state FROM invitations WHERE organization_id = ${world.ctx.organizationId}`,
    )
  ).map(([state]) => state)
const jobs = async () => (await listJobs(world.ctx, { limit: 100 })).items
const rosa = 'Rosa Medina,rosa@mail.example,,4471,Drain cleaning,2026-11-29,"$1,385.00",yes,5'

describe('a spreadsheet of finished jobs', () => {
  it('does what events do: a customer who was happy is asked, and a friend’s job converts the referral', async () => {
    const campaign = await world.campaign({ jobs: { ...asking({ withoutScore: 'skip' }), convertAt: 'invoiced' } })
    const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
    const { id } = await world.referral(anna.id, { name: 'Priya Shah', email: 'priya@mail.example' })
    const week = file(rosa, 'Priya Shah,priya@mail.example,,4472,Water heater,11/28/2026,840,paid,')
    const preview = await previewImport(world.ctx, week)
    expect(preview).toMatchObject({ created: 2, wrong: 0, jobs: { asked: 1, waiting: 0, converted: 1, old: 0 } })
    expect(preview.rows.map(({ note }) => note)).toEqual([
      'The customer will be asked to refer.',
      'Converts a referral.',
    ])
    expect(await jobs()).toEqual([])

    expect(await runImport(world.ctx, week)).toMatchObject({ kind: 'jobs', created: 2, skipped: 0 })
    expect(await invitations()).toEqual(['scheduled'])
    expect(await loadReferral(world.ctx, id)).toMatchObject({ status: 'converted', conversion: { jobValue: 84_000 } })
    expect((await jobs()).find(({ externalId }) => externalId === '4471')).toMatchObject({
      ...{ state: 'invoiced', value: 138_500, currency: 'USD', score: 5, title: 'Drain cleaning' },
    })
  })

  it('of last year asks nobody and converts nothing, which is said before; its customers are customers since then', async () => {
    await world.campaign({ jobs: { ...asking(), convertAt: 'invoiced' } })
    const old = Array.from(
      { length: 40 },
      (_, n) => `Old ${n},old${n}@mail.example,,${n},Check,2025-03-0${1 + (n % 9)},100,yes,5`,
    )
    const preview = await previewImport(world.ctx, file(...old))
    expect(preview).toMatchObject({ created: 40, jobs: { asked: 0, converted: 0, old: 40 } })
    expect(preview.rows[0]?.note).toMatch(/^Finished \d+ days ago: nobody is asked about it/)
    await runImport(world.ctx, file(...old))
    expect(await invitations()).toEqual([])
    const messages = sql`SELECT count(*) FROM messages WHERE organization_id = ${world.ctx.organizationId} AND contact_id IS NOT NULL`
    expect(await test.services.database.read.all(messages)).toEqual([[0]])
    expect((await jobs()).every(({ isHistory }) => isHistory)).toBe(true)
  })

  it('imported again does nothing twice, with and without job numbers; what is new is added', async () => {
    await world.campaign({ jobs: asking() })
    const plain = 'Owen Price,owen@mail.example,,,Faucet,2026-11-28,120,,5'
    const first = file(rosa, plain, plain)
    expect(await runImport(world.ctx, first)).toMatchObject({ created: 2, skipped: 1 })
    const events = sql`SELECT count(*) FROM job_events WHERE organization_id = ${world.ctx.organizationId}`
    const before = await test.services.database.read.all(events)
    expect(await runImport(world.ctx, first)).toMatchObject({ created: 0, skipped: 3 })
    expect((await previewImport(world.ctx, first)).rows.map(({ problem }) => problem)).toEqual([
      'Job 4471 is here already.',
      'This job is here already.',
      'This job is here already.',
    ])
    expect(await test.services.database.read.all(events)).toEqual(before)
    expect(await invitations()).toHaveLength(2)
    expect(await runImport(world.ctx, file(rosa.replace(/,5$/, ',4')))).toMatchObject({ created: 1 })
    expect(await jobs()).toHaveLength(2)
  })

  it('says of each row that is wrong how to cure it, and imports the others', async () => {
    await runImport(world.ctx, file(rosa))
    const preview = await previewImport(
      world.ctx,
      file(
        'A,a@mail.example,,1,,,100,,',
        'B,b@mail.example,,2,,28/11/2026,100,,',
        'C,c@mail.example,,3,,2027-01-05,100,,',
        'D,d@mail.example,,4,,2026-11-28,12;50,,',
        'E,e@mail.example,,5,,2026-11-28,-5,,',
        'F,f@mail.example,,6,,2026-11-28,,,9',
        'G,,,7,,2026-11-28,,,',
        'H,h@mail.example,,4471,,2026-11-28,,,',
        'I,i@mail.example,,8,,2026-11-28,,,',
      ),
    )
    expect(preview).toMatchObject({ created: 1, wrong: 8 })
    expect(preview.rows.map(({ problem }) => problem)).toEqual([
      'The day it was finished is missing. Add it as 2026-11-28.',
      '“28/11/2026” is no day we can read. Write it like 2026-11-28.',
      '2027-01-05 is in the future. Import it once the job is finished.',
      '“12;50” is no amount in USD. Write it like 1,200.50.',
      '“-5” is no amount in USD. Write it like 1,200.50.',
      'The score is “9”. Use 1 to 5, or leave it empty.',
      'There is no email address and no phone number.',
      'Job 4471 is Rosa Medina’s. Check the number and the customer.',
      null,
    ])
  })

  it('has 500 rows at most, belongs to no campaign, needs Jobs to be on, and is not undone', async () => {
    const many = Array.from({ length: 501 }, (_, n) => `X,x${n}@mail.example,,${n},,2026-11-28,,,`)
    await expect(previewImport(world.ctx, file(...many))).rejects.toThrow('That file has 501 rows. Use 500 or fewer')
    const campaign = await world.campaign()
    expect(RunImport.safeParse({ kind: 'jobs', campaignId: campaign.id, text: rosa }).success).toBe(false)
    expect(RunImport.safeParse({ kind: 'advocates', text: rosa }).success).toBe(false)
    const { id } = await runImport(world.ctx, file(rosa))
    await expect(undoImport(world.ctx, id)).rejects.toMatchObject({ code: 'import_stays' })
    expect(await jobs()).toHaveLength(1)
    await updateOrganization(world.ctx, { features: [] })
    await expect(runImport(world.ctx, file(rosa))).rejects.toMatchObject({ code: 'feature_off' })
  })

  describe('with more rows than a step', () => {
    const asked = asking()
    const count = (table: string) =>
      test.services.database.read.all(
        sql`SELECT count(*) FROM ${sql.identifier(table)} WHERE organization_id = ${world.ctx.organizationId}`,
      )
    // Half of them have no number, and are known by their customer, day, work and value.
    const many = file(
      ...Array.from({ length: 60 }, (_, n) => `P${n},p${n}@mail.example,,${n % 2 ? n : ''},Check,2026-11-29,100,yes,5`),
      'P1,,,,,,,,',
    )
    const everythingOnce = async () => {
      expect(await count('jobs')).toEqual([[60]])
      // Each was invoiced and scored.
      expect(await count('job_events')).toEqual([[120]])
      expect(await count('import_rows')).toEqual([[60]])
      expect(await count('imports')).toEqual([[1]])
      expect(await invitations()).toHaveLength(60)
      expect(await audited()).toEqual([[1]])
    }
    const audited = () =>
      test.services.database.read.all(
        sql`SELECT count(*) FROM audit_entries WHERE organization_id = ${world.ctx.organizationId} AND action = 'import.made'`,
      )

    it('it is done once by two clicks and two tabs at once, all of which get the same answer, and lets others write meanwhile', async () => {
      await world.campaign({ jobs: asked })
      const other = await createWorld(test.services, `Meanwhile ${round}`)
      const order: string[] = []
      const [first, ...others] = await Promise.all([
        runImport(world.ctx, many, 'click').then((done) => order.push('import') && done),
        runImport(world.ctx, many, 'click'),
        runImport(world.ctx, many, 'another tab'),
        updateOrganization(other.ctx, { tagline: 'Plumbing' }).then(() => void order.push('write')),
      ])
      expect(first).toMatchObject({ rows: 61, created: 60, skipped: 1 })
      expect(others.slice(0, 2)).toEqual([first, first])
      expect(order).toEqual(['write', 'import'])
      await everythingOnce()
      // An answer that was lost is asked for again; a later import of the file finds it all here.
      expect(await runImport(world.ctx, many, 'click')).toEqual(first)
      expect(await runImport(world.ctx, many, 'later')).toMatchObject({ created: 0, skipped: 61 })
    })

    it('it goes on where the server was killed between two steps', async () => {
      await world.campaign({ jobs: asked })
      const { database } = world.ctx
      let left = 1
      const dying: Database = {
        ...database,
        write: (work) => (left-- > 0 ? database.write(work) : Promise.reject(new Error('Killed.'))),
      }
      await expect(runImport({ ...world.ctx, database: dying }, many, 'click')).rejects.toThrow('Killed.')
      expect(await count('jobs')).toEqual([[25]])
      expect((await listImports(world.ctx, { limit: 1 })).items).toMatchObject([{ rows: 61, created: 25, skipped: 0 }])
      expect(await runImport(world.ctx, many, 'after the restart')).toMatchObject({ rows: 61, created: 60, skipped: 1 })
      await everythingOnce()
    })
  })

  it('finds customers of its own organization only', async () => {
    await runImport(world.ctx, file(rosa))
    const other = await createWorld(test.services, `Neighbor ${round}`)
    await updateOrganization(other.ctx, { features: ['jobs'] })
    expect(await runImport(other.ctx, file(rosa))).toMatchObject({ created: 1 })
    expect(await jobs()).toHaveLength(1)
    expect((await listJobs(other.ctx, { limit: 10 })).items).toHaveLength(1)
  })
})
