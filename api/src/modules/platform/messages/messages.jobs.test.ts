import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { resendInvitation } from '../../program/advocates/advocates.ts'
import { requestPortalLink } from '../../surfaces/portal/portal.ts'
import { requestMemberLink } from '../members/session.ts'
import { pruneLinkMessages } from './messages.jobs.ts'
import { messages } from './messages.table.ts'

const day = 86_400_000
let test: TestServices
let world: World
beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
})
afterAll(() => test.close())

const kept = async () =>
  (await test.services.database.read.select().from(messages))
    .map(({ template, state }) => `${template} ${state}`)
    .sort()

it('messages with a short-lived link are deleted 30 days after they were sent; all others stay', async () => {
  const anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
  await resendInvitation(world.ctx, anna.id)
  await requestPortalLink(test.services, { email: anna.email ?? '' })
  await requestMemberLink(test.services, 'maya@harborsons.example')
  await test.services.database.write((tx) => tx.update(messages).set({ state: 'kept' }))
  test.clock.advance(29 * day)
  await requestMemberLink(test.services, 'maya@harborsons.example')
  expect(await pruneLinkMessages(test.services)).toBe(0)
  test.clock.advance(2 * day)
  expect(await pruneLinkMessages(test.services)).toBe(2)
  expect(await pruneLinkMessages(test.services)).toBe(0)
  expect(await kept()).toEqual(['advocate_invited kept', 'member_sign_in queued'])
  test.clock.advance(40 * day)
  expect(await pruneLinkMessages(test.services)).toBe(0)
})

it('finding them uses an index of their own, however many messages there are', async () => {
  const plan = await test.services.database.read.all<unknown[]>(
    sql`EXPLAIN QUERY PLAN SELECT id FROM messages WHERE template IN ('member_sign_in', 'portal_sign_in', 'portal_address') AND created_at < 5 AND state NOT IN ('queued', 'sending') LIMIT 500`,
  )
  expect(JSON.stringify(plan)).toContain('messages_about_links')
})
