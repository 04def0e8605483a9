import type { FinishedJob, FinishJob } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { anotherWorld, type World } from '../../../../test/harness.ts'
import { type Connected, connect, outcomes, processEvents, sendEvent } from '../../../../test/inbound.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { addressesOf, getContact } from '../../people/contacts/contacts.ts'
import { setMapping } from '../../platform/connections/connections.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { finishJob, previewFinishedJob } from './entering.ts'
import { listJobEvents, loadJobEvent, summarizeJobEvents } from './jobEvents.queries.ts'
import { listJobs } from './jobs.queries.ts'
import { retryConnection } from './retrying.ts'
import { sendTestEvent } from './testing.ts'

let test: TestApp
let world: World
let ctx: Ctx
let mine: Connected
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  ctx = world.ctx
  mine = await connect(ctx, 'standard_webhooks')
  // Else everything would have finished before it was connected.
  test.clock.advance(3_600_000)
})

const enter = (given: Partial<FinishJob>) => finishJob(ctx, { state: 'completed', ...given })
const rosa = { name: 'Rosa Medina', phone: '(628) 555-0117' }
const allJobs = async () => (await listJobs(ctx, { limit: 100 })).items
const report = async (type: string, data: object) => {
  const body = { type, timestamp: new Date(test.clock.now()).toISOString(), data }
  expect((await sendEvent(test, mine, body)).status).toBe(200)
  await processEvents(test.services)
}

describe('a job that is entered by hand', () => {
  it('makes its customer and the job, and both things are in the feed', async () => {
    const { job, events } = await enter({ customer: rosa, number: '4471', title: 'Drain', value: 38_500, score: 5 })
    expect(job).toMatchObject({ externalId: '4471', connection: null, state: 'completed', value: 38_500, score: 5 })
    expect(events.map(({ reason, connection, canRetry }) => [reason, connection, canRetry])).toEqual([
      ['score_recorded', null, false],
      ['job_completed', null, false],
    ])
    const contactId = job.contact?.id ?? ''
    expect((await getContact(ctx, contactId)).customerSince).toBe(test.clock.now())
    expect((await addressesOf(ctx, contactId)).map(({ value, proof }) => [value, proof])).toEqual([
      ['+16285550117', 'staff'],
    ])
    expect((await listJobEvents(ctx, { limit: 10, q: 'Rosa' })).items).toHaveLength(2)
  })

  it('is the same job when more is entered about it: by its id, or by its number', async () => {
    const { job } = await enter({ customer: rosa, number: '4471' })
    test.clock.advance(60_000)
    await enter({ jobId: job.id, state: 'invoiced', value: 40_000 })
    await enter({ contactId: job.contact?.id, number: '4471', state: 'invoiced', score: 4 })
    expect(await allJobs()).toMatchObject([{ id: job.id, state: 'invoiced', value: 40_000, score: 4 }])
    expect(await outcomes(ctx)).toEqual([
      'applied job_completed',
      'applied job_invoiced',
      'applied score_recorded',
      'duplicate happened_already',
    ])
    await expect(enter({ customer: { name: 'Leo Moreau' }, number: '4471' })).rejects.toMatchObject({
      code: 'validation_failed',
      facts: { errors: [{ path: 'number', message: 'Job 4471 is Rosa Medina’s. Enter another number.' }] },
    })
  })

  it('is the job of the connected system if that has it, and its waiting refund is used', async () => {
    await report('job.completed', { job: '4471', customer: { name: 'Rosa Medina', phone: '+16285550117' } })
    await report('job.refunded', { job: '4471', amount: 5_000 })
    const [known] = await allJobs()
    const { job } = await enter({ customer: rosa, number: '4471', state: 'invoiced', value: 38_500 })
    expect(job.id).toBe(known?.id)
    expect(await allJobs()).toMatchObject([{ state: 'invoiced', value: 38_500, refundedAmount: 5_000 }])
  })

  it('without an address is for a person to look at', async () => {
    const { events } = await enter({ customer: { name: 'G. Marsh' } })
    expect(events.map(({ needsPerson }) => needsPerson)).toEqual([true])
    expect((await summarizeJobEvents(ctx)).tabs.needs_you).toBe(1)
  })

  it('is shown before it is saved, and that leaves nothing', async () => {
    const cookie = await test.signIn(world.owner.personId)
    const headers = { 'idempotency-key': 'the preview of the tests' }
    const body = { customer: rosa, state: 'completed', score: 2 }
    const shown = await test.request('POST', '/v1/jobs/preview', { as: cookie, headers, body })
    expect(shown.status).toBe(200)
    const { events } = (await shown.json()) as FinishedJob
    expect(events.map(({ reason }) => reason)).toEqual(['score_recorded', 'job_completed'])
    expect([await allJobs(), (await summarizeJobEvents(ctx)).total]).toEqual([[], 0])
    expect((await test.request('POST', '/v1/jobs', { as: cookie, headers, body })).status).toBe(201)
    expect(await allJobs()).toHaveLength(1)
    // Within another transaction it could not be undone, so it is refused there.
    const within = transaction(ctx, (tx) => previewFinishedJob(tx, { customer: rosa, state: 'completed' }))
    await expect(within).rejects.toThrow('A dry run needs a transaction of its own.')
  })

  it('needs jobs to be on, a phone number that is one, and the currency of the job', async () => {
    await expect(enter({ customer: { name: 'Rosa', phone: '12' } })).rejects.toMatchObject({ code: 'phone_invalid' })
    await report('job.completed', { job: '9', amount: 100, currency: 'EUR', customer: { name: 'Rosa', id: 'c9' } })
    const [job] = await allJobs()
    await expect(enter({ jobId: job?.id, value: 100 })).rejects.toMatchObject({
      facts: { errors: [{ path: 'value', message: 'This job is in EUR, not in USD. Leave the value out.' }] },
    })
    await updateOrganization(ctx, { features: [] })
    await expect(enter({ customer: rosa })).rejects.toMatchObject({ code: 'feature_off' })
    expect(await allJobs()).toHaveLength(1)
  })
})

describe('a connection', () => {
  it('is tried with an event in its own shape, of which nothing comes', async () => {
    const token = await connect(ctx, 'token')
    for (const { connection } of [mine, token]) {
      const { id, outcome } = await sendTestEvent(ctx, connection.id)
      expect(outcome).toBe('received')
      await processEvents(test.services)
      expect((await loadJobEvent(ctx, id)).payload).toContain('test-')
    }
    // A token's shape is known only once it has a mapping, and then everything is where the mapping looks.
    expect(await outcomes(ctx)).toEqual(['ignored test_event', 'rejected mapping_missing'])
    await setMapping(ctx, token.connection.id, {
      type: { is: 'always', type: 'job.invoiced' },
      conditions: [{ path: 'status', is: 'equal', value: 'paid' }],
      amountUnit: 'major',
      fields: { jobId: 'job.id', value: 'job.total', name: 'customer' },
    })
    await sendTestEvent(ctx, token.connection.id)
    await processEvents(test.services)
    expect((await outcomes(ctx)).at(-1)).toBe('ignored test_event')
    expect(await allJobs()).toEqual([])
  })

  it('has its events read again, all at once, after its mapping was changed', async () => {
    const token = await connect(ctx, 'token')
    for (const n of [1, 2, 3]) await sendEvent(test, token, { no: n, who: 'Rosa Medina', state: 'done' })
    await sendTestEvent(ctx, token.connection.id)
    await report('lead.created', {})
    await processEvents(test.services)
    expect(await retryConnection(ctx, token.connection.id)).toEqual({ count: 3, more: false })
    await processEvents(test.services)
    await setMapping(ctx, token.connection.id, {
      type: { is: 'always', type: 'job.completed' },
      conditions: [],
      amountUnit: 'major',
      fields: { jobId: 'no', name: 'who' },
    })
    expect(await retryConnection(ctx, token.connection.id)).toEqual({ count: 3, more: false })
    await processEvents(test.services)
    expect((await allJobs()).map(({ externalId }) => externalId).sort()).toEqual(['1', '2', '3'])
    expect(await retryConnection(ctx, token.connection.id)).toEqual({ count: 0, more: false })
  })
})
