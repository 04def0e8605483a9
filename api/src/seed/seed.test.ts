import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { listAdvocates, loadAdvocate } from '../modules/advocates/advocates.queries.ts'
import { verify } from '../modules/ledger/verify.ts'
import { listMembers } from '../modules/members/members.ts'
import { listMessages } from '../modules/messages/messages.ts'
import { listSites } from '../modules/organizations/sites.ts'
import { notesOf } from '../modules/referrals/notes.ts'
import { expireDueReferrals } from '../modules/referrals/referrals.jobs.ts'
import { listReferrals } from '../modules/referrals/referrals.queries.ts'
import { summarizeReferrals } from '../modules/referrals/referrals.summary.queries.ts'
import { releaseDueRewards } from '../modules/rewards/rewards.jobs.ts'
import { type Ctx, contextFor } from '../shared/context.ts'
import { planYear } from './plan.ts'
import { isEmpty, type SeededDemo, seedDemo } from './seed.ts'

let test: TestServices
let demo: SeededDemo
let ctx: Ctx
let tookMs = 0

beforeAll(async () => {
  test = await createTestServices()
  expect(await isEmpty(test.services)).toBe(true)
  const started = performance.now()
  demo = await seedDemo(test.services)
  tookMs = performance.now() - started
  ctx = contextFor(test.services, demo.organizationId, { type: 'system' })
})
afterAll(() => test.close())

it('the demo is ready before a visitor loses patience', () => {
  expect(tookMs).toBeLessThan(6_000)
})

it('an installation with the demo is not empty any more', async () => {
  expect(await isEmpty(test.services)).toBe(false)
})

it('every promise of the ledger holds for the story', async () => {
  expect(await verify(test.services.database.read)).toEqual([])
})

it('128 referrals of a year and one without an advocate are in every status', async () => {
  const { counts, total } = await summarizeReferrals(ctx)
  expect(total).toBe(129)
  expect(counts).toEqual({ pending: 10, accepted: 12, converted: 82, declined: 8, expired: 15, reversed: 2 })
})

it('each of the last six months has conversions and revenue', async () => {
  const { months } = await summarizeReferrals(ctx)
  expect(months).toHaveLength(6)
  // The first of a month may be today.
  for (const month of months.slice(0, -1)) {
    expect(month.converted, month.month).toBeGreaterThan(3)
    expect(month.revenue, month.month).toBeGreaterThan(100_000)
  }
})

it('Anna has $85.00: 5 % of $900 and $1,100, $10 for the first friend, less the $25 she used', async () => {
  const advocate = await loadAdvocate(ctx, demo.advocateEnrollmentId)
  expect(advocate).toMatchObject({
    name: 'Anna Kowalski',
    referrals: 10,
    converted: 3,
    available: 4_500 + 5_500 + 1_000 - 2_500,
    // 5 % of $1,250 and $50 for the third friend.
    held: 6_250 + 5_000,
  })
  expect(advocate.link).toBe(`http://127.0.0.1:${test.services.config.demoPort}/?ref=${advocate.code}`)
})

it('Anna has friends in five states, and nobody has more', async () => {
  const { items } = await listReferrals(ctx, { limit: 100, sort: 'newest', advocateId: demo.advocateEnrollmentId })
  expect(new Set(items.map(({ status }) => status))).toEqual(
    new Set(['pending', 'accepted', 'converted', 'declined', 'expired']),
  )
  const [first] = (await listAdvocates(ctx, { limit: 1, sort: 'referrals' })).items
  expect(first?.id).toBe(demo.advocateEnrollmentId)
})

it('staff take care of the next ones, note what was said, and have one to attribute', async () => {
  const { items } = await listReferrals(ctx, { limit: 20, sort: 'next_step', status: 'pending' })
  expect(items.slice(0, 2).map(({ assignee }) => assignee?.name)).toEqual(['Joe Hartley', 'Joe Hartley'])
  expect(await notesOf(ctx, items[0]?.id ?? '')).toHaveLength(1)
  const nameless = await listReferrals(ctx, { limit: 20, sort: 'newest', unattributed: true })
  expect(nameless.items.map(({ advocateNamed }) => advocateNamed)).toEqual(['Anna, from the choir'])
})

it('a friend who was referred twice shows a rival', async () => {
  const { items } = await listReferrals(ctx, { limit: 100, sort: 'newest', q: 'Elena Petrova' })
  expect(items.map(({ status, rivals }) => ({ status, rivals }))).toEqual([
    { status: 'pending', rivals: 1 },
    { status: 'pending', rivals: 1 },
  ])
})

it('no message waits to be sent to people of a story', async () => {
  const states = await test.services.database.read.all<[string]>('SELECT DISTINCT state FROM messages')
  expect(states).toEqual([['kept']])
  const { items } = await listMessages(ctx, { limit: 20 })
  expect(items).toHaveLength(20)
})

it('nothing of the past is left for the jobs to do', async () => {
  expect(await releaseDueRewards(test.services)).toBe(0)
  expect(await expireDueReferrals(test.services)).toBe(0)
})

it('the owner and one member of staff work there, and two addresses of the demo site may carry the form', async () => {
  const { items } = await listMembers(ctx)
  expect(items.map(({ name, role }) => [name, role])).toEqual([
    ['Maya Ortiz', 'owner'],
    ['Joe Hartley', 'staff'],
  ])
  const { demoPort } = test.services.config
  const origins = (await listSites(ctx)).items.map(({ origin }) => origin)
  expect(origins.sort()).toEqual([`http://127.0.0.1:${demoPort}`, `http://localhost:${demoPort}`])
})

it.each(['2027-01-01T08:00:01Z', '2028-02-29T23:30:00Z'])('the story can be told on %s as well', async (day) => {
  const other = await createTestServices()
  other.clock.set(Date.parse(day))
  const { organizationId, advocateEnrollmentId } = await seedDemo(other.services)
  expect(await verify(other.services.database.read)).toEqual([])
  const there = contextFor(other.services, organizationId, { type: 'system' })
  const { counts } = await summarizeReferrals(there)
  expect(counts).toMatchObject({ pending: 10, accepted: 12, converted: 82, expired: 15 })
  expect(await loadAdvocate(there, advocateEnrollmentId)).toMatchObject({ available: 8_500, held: 11_250 })
  await other.close()
})

it.each([0, 1, 37, 183, 300, 364])('the year ends today, whichever day that is: %i days on', (days) => {
  const now = Date.parse('2026-06-01T02:13:00Z') + days * 86_400_000
  const plan = planYear(now, 'America/Los_Angeles')
  expect(plan.referrals).toHaveLength(128)
  expect(planYear(now, 'America/Los_Angeles')).toEqual(plan)
  for (const { sentAt, acceptedAt, declined, converted } of plan.referrals) {
    const steps = [sentAt, acceptedAt, declined?.at, converted?.at, converted?.friendUsesAt, now]
    const moments = steps.filter((at): at is number => typeof at === 'number')
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
  }
})
