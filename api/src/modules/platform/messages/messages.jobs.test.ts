import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { friendForm } from '../../../../test/friendForm.ts'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { resendInvitation } from '../../program/advocates/advocates.ts'
import { requestPortalLink } from '../../surfaces/portal/portal.ts'
import { requestMemberLink } from '../members/session.ts'
import { pruneMessages } from './messages.jobs.ts'
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

it('messages with a short-lived link are deleted 30 days after they were sent, all others after 180', async () => {
  const anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
  await resendInvitation(world.ctx, anna.id)
  await requestPortalLink(test.services, { email: anna.email ?? '' })
  await requestMemberLink(test.services, 'maya@harborsons.example')
  await test.services.database.write((tx) => tx.update(messages).set({ state: 'kept' }))
  test.clock.advance(29 * day)
  await requestMemberLink(test.services, 'maya@harborsons.example')
  expect(await pruneMessages(test.services)).toBe(0)
  test.clock.advance(2 * day)
  expect(await pruneMessages(test.services)).toBe(2)
  expect(await pruneMessages(test.services)).toBe(0)
  expect(await kept()).toEqual(['advocate_invited kept', 'member_sign_in queued'])
  // 31 days have passed since the invitation.
  test.clock.advance(148 * day)
  expect(await pruneMessages(test.services)).toBe(0)
  test.clock.advance(2 * day)
  expect(await pruneMessages(test.services)).toBe(1)
  expect(await kept()).toEqual(['member_sign_in queued'])
})

it('a notice to the team is deleted after 90 days, and what the friend was sent stays', async () => {
  const { campaignContext, form, send } = friendForm(test, world)
  const { anna } = await campaignContext()
  await send(form(anna.code))
  await test.services.database.write((tx) => tx.update(messages).set({ state: 'kept' }))
  const templates = async () => (await kept()).map((line) => line.split(' ')[0])
  const before = await templates()
  expect(before).toContain('referral_received_staff')
  expect(before).toContain('referral_received_friend')
  test.clock.advance(91 * day)
  while ((await pruneMessages(test.services)) > 0);
  expect(await templates()).toEqual(before.filter((template) => !/_staff$|sign_in$/.test(template ?? '')))
})

it('finding them uses indexes, however many messages there are', async () => {
  const plan = async (condition: string) =>
    JSON.stringify(
      await test.services.database.read.all(
        sql.raw(`EXPLAIN QUERY PLAN SELECT id FROM messages WHERE ${condition} AND state <> 'queued' LIMIT 500`),
      ),
    )
  const named =
    "template IN ('member_sign_in', 'portal_sign_in', 'portal_address',\n  'referral_received_staff', 'codes_needed_staff', 'webhook_disabled_staff', 'credit_requested_staff', 'referral_digest_staff',\n  'reward_notice_staff', 'low_score_staff', 'text_reply_staff')"
  expect(await plan(`${named} AND template IN ('codes_needed_staff') AND created_at < 5`)).toContain(
    'messages_short_lived (template=? AND created_at<?)',
  )
  expect(await plan("id < 'msg_01'")).toContain('(id<?)')
})
