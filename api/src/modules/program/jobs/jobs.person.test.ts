import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createTestServices, createWorld, type World } from '../../../../test/harness.ts'
import { type Connected, connect, outcomes, processEvents, sendEvent } from '../../../../test/inbound.ts'
import { unpackOrganization } from '../../../archive/importArchive.ts'
import { packOrganization } from '../../../database/archive.ts'
import { type Ctx, contextFor } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { replaceSecret } from '../../platform/connections/connections.ts'
import { eraseContact } from '../../surfaces/person/erasing.ts'
import { mergeContacts } from '../../surfaces/person/merging.ts'
import { listJobEvents, loadJobEvent } from './jobEvents.queries.ts'
import { listJobs } from './jobs.queries.ts'
import { processEvent } from './processing.ts'

let test: TestApp
let world: World
let ctx: Ctx
let mine: Connected
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  ctx = world.ctx
  mine = await connect(ctx, 'standard_webhooks')
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

const send = async (job: string, customer: object, more: object = {}) =>
  expect((await sendEvent(test, mine, { type: 'job.completed', data: { job, customer, ...more } })).status).toBe(200)
const jobOf = async (externalId: string) =>
  (await listJobs(ctx, { limit: 100 })).items.find((job) => job.externalId === externalId)

it('a server that is killed after an event was applied, and before its place in line was given up, does nothing twice', async () => {
  await send('k1', { id: 'k', name: 'Kim Lee', phone: '+14155550150' })
  const [event] = (await listJobEvents(ctx, { limit: 1 })).items
  await processEvent(ctx, event?.id ?? '')
  await processEvent(ctx, event?.id ?? '')
  test.clock.advance(120_000)
  expect(await processEvents(test.services)).toBe(1)
  expect(await outcomes(ctx)).toEqual(['applied job_completed'])
  const [waiting] = await test.services.database.read.all(sql`SELECT 1 FROM queue WHERE kind = 'job_event'`)
  expect(waiting).toBeUndefined()
})

it('jobs, events and ids in other systems follow a contact that is merged', async () => {
  await send('m1', { id: 'one', name: 'Omar Haddad', email: 'omar@mail.example' })
  await send('m2', { id: 'two', name: 'Omar Haddad', email: 'omar.h@mail.example' })
  await processEvents(test.services)
  const [one, two] = [await jobOf('m1'), await jobOf('m2')]
  const [kept, other] = [one?.contact?.id ?? '', two?.contact?.id ?? '']
  expect(kept).not.toBe(other)
  await mergeContacts(ctx, kept, { otherId: other, confirm: [] })
  await send('m3', { id: 'two', name: 'Omar Haddad' })
  await processEvents(test.services)
  for (const job of ['m1', 'm2', 'm3']) expect([job, (await jobOf(job))?.contact?.id]).toEqual([job, kept])
})

it('of an erased contact nothing that was sent is left, and their jobs keep state and sums', async () => {
  const canary = 'Zebulon Canarywell'
  await send('e1', { id: 'zeb', name: canary, email: 'zeb@canary.co' }, { title: `Roof of ${canary}`, amount: 5_000 })
  await processEvents(test.services)
  const before = await jobOf('e1')
  await eraseContact(ctx, before?.contact?.id ?? '', canary)
  const after = await jobOf('e1')
  expect(after).toMatchObject({ state: 'completed', value: 5_000, title: null, contact: { id: before?.contact?.id } })
  const [event] = (await listJobEvents(ctx, { limit: 1 })).items
  expect(event?.contact?.name).not.toContain('Zebulon')
  expect(await loadJobEvent(ctx, event?.id ?? '')).toMatchObject({ payload: null, deliveryId: null, canRetry: false })
  // The system goes on reporting about the old job.
  await sendEvent(test, mine, {
    type: 'job.invoiced',
    data: { job: 'e1', amount: 5_000, customer: { id: 'zeb', name: canary } },
  })
  await processEvents(test.services)
  expect((await jobOf('e1'))?.contact?.id).toBe(before?.contact?.id)
  const [later] = (await listJobEvents(ctx, { limit: 1 })).items
  expect(await loadJobEvent(ctx, later?.id ?? '')).toMatchObject({ outcome: 'applied', payload: null })
  const names = await test.services.database.read.all<[string]>(sql`SELECT name FROM contacts`)
  expect(names.flat()).not.toContain(canary)
})

it('an organization that moves takes its connections, jobs and events along, but no secret', async () => {
  await send('a1', { id: 'ann', name: 'Ann Moore', email: 'ann@mail.example' })
  const archive = await buffer(await packOrganization(test.services.database, world.organization.id, test.clock.now()))
  const there = await createTestServices()
  await unpackOrganization(there.services, () => Readable.from([archive]), {
    owner: 'maya@moved.example',
    members: false,
  })
  expect(await verify(there.services.database.read)).toEqual([])
  const rows = (table: string, services = there.services) =>
    services.database.read.all(sql`SELECT * FROM ${sql.identifier(table)} ORDER BY 1, 2, 3`)
  for (const table of ['jobs', 'job_aliases', 'connection_contacts', 'connections', 'connection_mappings'])
    expect([table, await rows(table)]).toEqual([table, await rows(table, test.services)])
  expect(await rows('connection_secrets')).toEqual([])
  const moved = contextFor(there.services, world.organization.id, ctx.actor)
  // What still waited to be read can be tried again there.
  expect((await outcomes(moved)).at(-1)).toBe('rejected broke_on_our_side')
  expect((await replaceSecret(moved, mine.connection.id)).newSecret).toMatch(/^whsec_/)
  await there.close()
  await processEvents(test.services)
})
