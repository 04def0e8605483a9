import { join } from 'node:path'
import { askKinds, askStates, jobStates, rewardKinds } from '@goodword/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { databaseOn } from '../database/database.ts'
import type { Driver } from '../database/driver.ts'
import { openEmbedded } from '../database/embedded.ts'
import { releaseDueRewards } from '../modules/money/rewards/rewards.jobs.ts'
import { listMembers } from '../modules/platform/members/members.ts'
import { listMessages } from '../modules/platform/messages/messages.queries.ts'
import { listSites } from '../modules/platform/organizations/sites.ts'
import { listDeliveries } from '../modules/platform/webhooks/deliveries.queries.ts'
import { listEndpoints } from '../modules/platform/webhooks/endpoints.ts'
import { publicLeaderboard } from '../modules/program/leaderboard/leaderboard.queries.ts'
import { expireDueReferrals } from '../modules/program/referrals/expiry.ts'
import { notesOf } from '../modules/program/referrals/notes.ts'
import { listAdvocates, loadAdvocate } from '../modules/surfaces/console/advocates.queries.ts'
import { listCampaigns } from '../modules/surfaces/console/campaigns.queries.ts'
import { listCodes } from '../modules/surfaces/console/pool.queries.ts'
import { loadReferral } from '../modules/surfaces/console/referrals.detail.queries.ts'
import { listReferrals } from '../modules/surfaces/console/referrals.queries.ts'
import { summarizeReferrals } from '../modules/surfaces/console/referrals.summary.queries.ts'
import { listImports } from '../modules/surfaces/imports/imports.ts'
import { type Ctx, contextFor } from '../shared/context.ts'
import { verify } from '../verify.ts'
import { planYear } from './plan.ts'
import { isEmpty, type SeededDemo, seedDemo } from './seed.ts'
import { webhookPath } from './webhook.ts'

let test: TestServices
let demo: SeededDemo
let ctx: Ctx
const done = { commits: 0, statements: 0 }

/** Rows of a statement, as text. */
const rowsOf = async ({ services }: Pick<TestServices, 'services'>, statement: string) =>
  (await services.database.read.all<string[]>(statement)).map((columns) => columns.join(' ')).sort()

/** What the job system told in six weeks, and what came of it: the same on any date and at any time of day. */
async function expectJobs(of: Pick<TestServices, 'services'>): Promise<void> {
  const events = await rowsOf(of, "SELECT DISTINCT outcome, coalesce(reason, '') FROM job_events")
  expect(events).toEqual(
    expect.arrayContaining([
      ...['applied job_completed', 'applied job_invoiced', 'applied score_recorded', 'applied job_refunded'],
      ...['duplicate happened_already', 'duplicate sent_again', 'ignored type_not_used', 'waiting waits_for_job'],
      ...['rejected amount_unreadable', 'rejected body_not_json', 'rejected request_refused'],
    ]),
  )
  expect(await rowsOf(of, 'SELECT reason FROM job_events WHERE needs_person')).toEqual([
    'job_completed',
    'job_refunded',
    'score_recorded',
  ])
  expect(await rowsOf(of, 'SELECT DISTINCT state FROM jobs')).toEqual([...jobStates].sort())
  expect(await rowsOf(of, 'SELECT DISTINCT state FROM invitations')).toEqual([...askStates].sort())
  const reasons = "SELECT DISTINCT reason ->> '$.reason' FROM invitations WHERE state IN ('skipped', 'canceled')"
  expect(await rowsOf(of, reasons)).toEqual([
    ...['asked_lately', 'job_refunded', 'no_channel', 'no_score', 'score_low', 'staff_said_no'],
  ])
  expect(await rowsOf(of, "SELECT DISTINCT kind FROM invitations WHERE state <> 'skipped'")).toEqual(
    [...askKinds].sort(),
  )
  expect(await rowsOf(of, "SELECT kind, state, reason FROM job_todos WHERE state = 'open'")).toEqual([
    'refund open rewards_to_take_back',
  ])
  const earlier = `SELECT kind FROM queue WHERE kind <> 'webhook' AND due_at <= ${of.services.clock()}`
  expect(await rowsOf(of, earlier)).toEqual([])
  // Nobody is texted at night: quiet hours last from 20:00 until 9:00.
  const sent = (await rowsOf(of, 'SELECT sent_at FROM invitations WHERE sent_at IS NOT NULL')).map(Number)
  expect(sent.map((at) => hourIn(at)).filter((hour) => hour < 9 || hour >= 20)).toEqual([])
}

const hourIn = (at: number) =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Los_Angeles', hour: '2-digit' }).format(at))

/** The same driver, counting its calls. */
const counted = (driver: Driver): Driver => ({
  ...driver,
  async begin() {
    const begun = await driver.begin()
    return {
      ...begun,
      execute(...asked) {
        done.statements += 1
        return begun.execute(...asked)
      },
      commit() {
        done.commits += 1
        return begun.commit()
      },
    }
  },
})

beforeAll(async () => {
  test = await createTestServices()
  expect(await isEmpty(test.services)).toBe(true)
  const counting = databaseOn(counted(openEmbedded(join(test.folder, 'goodword.db'))))
  demo = await seedDemo({ ...test.services, database: counting })
  await counting.close()
  ctx = contextFor(test.services, demo.organizationId, { type: 'system' })
})
afterAll(() => test.close())

it('the demo commits once, in few enough statements to start quickly', () => {
  process.stdout.write(`the demo: ${done.statements} statements\n`)
  expect(done.commits).toBe(1)
  expect(done.statements).toBeLessThan(22_000)
})

it('an installation with the demo is not empty', async () => {
  expect(await isEmpty(test.services)).toBe(false)
})

it('its job system tells of every kind of thing, and customers were asked in every way', () => expectJobs(test))

it('its rewards are of every kind, with a card and a present to deliver, tiers, and a public leaderboard', async () => {
  expect(await rowsOf(test, 'SELECT DISTINCT kind FROM rewards')).toEqual([...rewardKinds].sort())
  expect(await rowsOf(test, "SELECT kind, way FROM reward_deliveries WHERE state = 'to_do'")).toEqual([
    'custom hand',
    'gift_card hand',
  ])
  const { rows } = await publicLeaderboard(ctx, { period: 'year', shows: 10, at: test.clock.now() })
  expect(rows.map(({ name }) => name)).toContain('Dana W.')
  expect(rows.map(({ name }) => name)).not.toContain('Anna K.')
})

it('the demo satisfies every ledger invariant', async () => {
  expect(await verify(test.services.database.read)).toEqual([])
})

it('the year has 140 referrals in every status, one without an advocate and one without a friend', async () => {
  const { counts, total } = await summarizeReferrals(ctx)
  expect(total).toBe(140)
  expect(counts).toEqual({ pending: 12, accepted: 14, converted: 89, declined: 8, expired: 15, reversed: 2 })
})

it('each of the last six months has conversions and revenue', async () => {
  const { months } = await summarizeReferrals(ctx)
  expect(months).toHaveLength(6)
  // On the first of a month there may be none yet.
  for (const month of months.slice(0, -1)) {
    expect(month.converted, month.month).toBeGreaterThan(3)
    expect(month.revenue, month.month).toBeGreaterThan(100_000)
  }
})

it('Anna has $85.00: 5% of $900 and $1,100, $10 for the first friend, less the $25 she used', async () => {
  const advocate = await loadAdvocate(ctx, demo.advocateEnrollmentId)
  expect(advocate).toMatchObject({
    name: 'Anna Kowalski',
    referrals: 10,
    converted: 3,
    available: 4_500 + 5_500 + 1_000 - 2_500,
    // 5% of $1,250, and $50 for the third friend.
    held: 6_250 + 5_000,
  })
  expect(advocate.link).toBe(`http://127.0.0.1:${test.services.config.demoPort}/?ref=${advocate.code}`)
})

it('Anna has friends in five statuses, and more friends than anyone else', async () => {
  const { items } = await listReferrals(ctx, { limit: 100, sort: 'newest', advocateId: demo.advocateEnrollmentId })
  expect(new Set(items.map(({ status }) => status))).toEqual(
    new Set(['pending', 'accepted', 'converted', 'declined', 'expired']),
  )
  const [first] = (await listAdvocates(ctx, { limit: 1, sort: 'referrals' })).items
  expect(first?.id).toBe(demo.advocateEnrollmentId)
})

it('staff are assigned to the next referrals, have left notes, and have one to attribute', async () => {
  const { items } = await listReferrals(ctx, { limit: 20, sort: 'next_step', status: 'pending' })
  expect(items.slice(0, 2).map(({ assignee }) => assignee?.name)).toEqual(['Joe Hartley', 'Joe Hartley'])
  expect(await notesOf(ctx, items[0]?.id ?? '')).toHaveLength(1)
  const nameless = await listReferrals(ctx, { limit: 20, sort: 'newest', unattributed: true })
  expect(nameless.items.map(({ advocateNamed }) => advocateNamed)).toEqual(['Anna, from the choir'])
})

it('a friend who was referred twice has a rival referral', async () => {
  const { items } = await listReferrals(ctx, { limit: 100, sort: 'newest', q: 'Elena Petrova' })
  expect(items.map(({ status, rivals }) => ({ status, rivals }))).toEqual([
    { status: 'pending', rivals: 1 },
    { status: 'pending', rivals: 1 },
  ])
})

it('no message to demo people is queued', async () => {
  const states = await test.services.database.read.all<[string]>('SELECT DISTINCT state FROM messages')
  expect(states).toEqual([['kept']])
  const { items } = await listMessages(ctx, { limit: 20 })
  expect(items).toHaveLength(20)
})

it('a third campaign asks a question and for consent, and gives codes from a pool: two are assigned, ten are left', async () => {
  const { items } = await listCampaigns(ctx, { limit: 20 })
  const heating = items.find(({ name }) => name === 'Heating check')
  expect(heating?.form).toMatchObject({
    question: { required: true },
    consent: { text: expect.stringContaining('may call') },
  })
  const { items: codes } = await listCodes(ctx, heating?.id ?? '', { limit: 100 })
  expect(codes.filter(({ givenAt }) => givenAt !== null)).toHaveLength(2)
  expect(codes).toHaveLength(12)
  const { items: referred } = await listReferrals(ctx, { limit: 20, sort: 'newest', campaignId: heating?.id })
  const detail = await loadReferral(ctx, referred[0]?.id ?? '')
  expect(detail.flags).toEqual(['same_network'])
  expect(detail).toMatchObject({
    answer: { text: 'Shop or office' },
    metadata: { consent: expect.stringContaining('may call') },
  })
})

it('two import files of another tool can be reviewed', async () => {
  const { items } = await listImports(ctx, { limit: 20 })
  expect(items.map(({ fileName, created, skipped }) => [fileName, created, skipped])).toEqual([
    ['punch-cards.csv', 2, 0],
    ['mailing-list.csv', 3, 2],
  ])
})

it('one referral has a friend without any details', async () => {
  const { items } = await listReferrals(ctx, { limit: 100, sort: 'newest', status: 'pending' })
  const unknown = items.filter(({ friend }) => friend.contactId === null)
  expect(unknown.map(({ advocate }) => advocate?.name)).toEqual(['Joanna Reyes'])
})

it('the business’s own website receives the last days’ events once it runs, on this computer only', async () => {
  const { items } = await listEndpoints(ctx)
  expect(items.map(({ url, state }) => [url, state])).toEqual([
    [`http://127.0.0.1:${test.services.config.demoPort}${webhookPath}`, 'active'],
  ])
  const { items: waiting } = await listDeliveries(ctx, items[0]?.id ?? '', { limit: 100 })
  expect(waiting.length).toBeGreaterThan(5)
  expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(['queued']))
})

it('a public installation has no webhook to this computer', async () => {
  const open = await createTestServices({ publicUrl: 'https://refer.example' })
  const { organizationId } = await seedDemo(open.services)
  const there = contextFor(open.services, organizationId, { type: 'system' })
  expect((await listEndpoints(there)).items).toEqual([])
  await open.close()
})

it('nothing is left for the background jobs to do', async () => {
  expect(await releaseDueRewards(test.services)).toBe(0)
  expect(await expireDueReferrals(test.services)).toBe(0)
})

it('the owner and one staff member belong to it, and two websites are allowed', async () => {
  const { items } = await listMembers(ctx)
  expect(items.map(({ name, role }) => [name, role])).toEqual([
    ['Maya Ortiz', 'owner'],
    ['Joe Hartley', 'staff'],
  ])
  const { demoPort } = test.services.config
  const origins = (await listSites(ctx)).items.map(({ origin }) => origin)
  expect(origins.sort()).toEqual([`http://127.0.0.1:${demoPort}`, `http://localhost:${demoPort}`])
})

it.each(['2027-01-01T08:00:01Z', '2028-02-29T23:30:00Z'])('the demo can be created on %s as well', async (day) => {
  const other = await createTestServices()
  other.clock.set(Date.parse(day))
  const { organizationId, advocateEnrollmentId } = await seedDemo(other.services)
  expect(await verify(other.services.database.read)).toEqual([])
  const there = contextFor(other.services, organizationId, { type: 'system' })
  const { counts } = await summarizeReferrals(there)
  expect(counts).toMatchObject({ pending: 12, accepted: 14, converted: 89, expired: 15 })
  expect(await loadAdvocate(there, advocateEnrollmentId)).toMatchObject({ available: 8_500, held: 11_250 })
  await expectJobs(other)
  await other.close()
})

it.each([0, 1, 37, 183, 300, 364])('the year ends today, whatever the date: %i days from now', (days) => {
  const now = Date.parse('2026-06-01T02:13:00Z') + days * 86_400_000
  const plan = planYear(now, 'America/Los_Angeles')
  expect(plan.referrals).toHaveLength(130)
  expect(planYear(now, 'America/Los_Angeles')).toEqual(plan)
  for (const { sentAt, acceptedAt, declined, converted } of plan.referrals) {
    const steps = [sentAt, acceptedAt, declined?.at, converted?.at, converted?.friendUsesAt, now]
    const moments = steps.filter((at): at is number => typeof at === 'number')
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
  }
})
