import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliverMessages } from '../../test/deliverMessages.ts'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { openOldDatabase } from '../../test/oldDatabase.ts'
import { webhookQueue } from '../modules/platform/webhooks/webhooks.queue.ts'
import { sealPlainSecrets } from '../plainSecrets.ts'
import type { Services } from '../shared/context.ts'

const now = 1_000_000
const later = now + 60_000
type Old = { state: string; attempts?: number; error?: string; due?: number | null; lease?: number | null }

/** What messages and deliveries looked like in the version before the queue, by id. */
const left: Record<string, Old> = {
  new: { state: 'queued', due: now },
  failed_twice: { state: 'queued', attempts: 2, error: 'Busy', due: later },
  being_sent: { state: 'sending', attempts: 1, due: now, lease: later },
  abandoned: { state: 'sending', attempts: 3, error: 'Busy', due: 5, lease: now - 1 },
  over: { state: 'failed', attempts: 6, error: 'No such mailbox' },
}
const value = (of: string | number | null | undefined) => (typeof of === 'string' ? `'${of}'` : (of ?? 'NULL'))

let old: Awaited<ReturnType<typeof openOldDatabase>>
let test: TestServices
let services: Services
beforeAll(async () => {
  test = await createTestServices()
  old = await openOldDatabase('CREATE TABLE `queue`')
  await old.addOrganization('org')
  await old.run(`INSERT INTO webhook_endpoints (id, organization_id, url, description, events, secret, created_at)
    VALUES ('whe', 'org', 'https://hooks.example', '', '[]', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 0)`)
  await old.run(`INSERT INTO webhook_events (id, organization_id, type, payload, created_at)
    VALUES ('evt', 'org', 'referral.created', '{}', 0)`)
  for (const [id, { state, attempts = 0, error, due, lease }] of Object.entries(left)) {
    await old.run(`INSERT INTO messages (id, organization_id, channel, template, to_address, subject, body, state, attempts, error,
      next_attempt_at, lease_until, created_at) VALUES ('${id}', 'org', 'email', 'codes_needed_staff', 'maya@mail.example', 'Hi', 'Hi',
      '${state}', ${attempts}, ${value(error)}, ${value(due)}, ${value(lease)}, 1)`)
    await old.run(`INSERT INTO webhook_deliveries (id, organization_id, endpoint_id, event_id, state, attempts, next_attempt_at,
      lease_until, created_at) VALUES ('${id}', 'org', 'whe', 'evt', '${state}', ${attempts}, ${value(due)}, ${value(lease)}, 1)`)
  }
  await old.upgrade()
  services = { ...test.services, database: old.database, clock: () => test.clock.now() }
  // As at the first start after the upgrade.
  await sealPlainSecrets(services)
})
afterAll(async () => {
  await old.close()
  await test.close()
})

it('work left by an older version continues where it was: due date, attempts and current holder', async () => {
  const handed: string[] = []
  const run = async () => {
    const sending = {
      leaves: () => true,
      close: () => undefined,
      deliver: async ({ id }: { id: string }) => {
        handed.push(`message ${id}`)
        return 'sent' as const
      },
    }
    await deliverMessages(services, { delivery: sending, makeLink: async () => '' })
    let posted = 0
    const post = async () => {
      posted += 1
      return { status: 204, answer: '', error: null, tookMs: 1, retryAfterMs: null }
    }
    await webhookQueue(post).openWorker(services).run()
    return { messages: handed.splice(0).sort(), posted }
  }
  test.clock.set(now)
  expect(await run()).toEqual({ messages: ['message abandoned', 'message new'], posted: 2 })
  test.clock.set(later - 1)
  expect(await run()).toEqual({ messages: [], posted: 0 })
  test.clock.set(later)
  expect(await run()).toEqual({ messages: ['message being_sent', 'message failed_twice'], posted: 2 })

  const rows = (table: string, columns: string) =>
    old.database.read.all(sql.raw(`SELECT id, state, attempts${columns} FROM ${table} ORDER BY id`))
  expect(await rows('messages', ', error')).toEqual([
    ['abandoned', 'sent', 4, null],
    ['being_sent', 'sent', 2, null],
    ['failed_twice', 'sent', 3, null],
    ['new', 'sent', 1, null],
    ['over', 'failed', 6, 'No such mailbox'],
  ])
  expect(await rows('webhook_deliveries', '')).toEqual([
    ['abandoned', 'delivered', 4],
    ['being_sent', 'delivered', 2],
    ['failed_twice', 'delivered', 3],
    ['new', 'delivered', 1],
    ['over', 'failed', 6],
  ])
  expect(await old.database.read.all(sql`SELECT * FROM queue`)).toEqual([])
})
