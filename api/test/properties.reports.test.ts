import { addDays, addMonths, dayIn, startOfDay, startOfMonth } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rejectRewards } from '../src/modules/money/rewards/approvals.ts'
import { adjustCredit, redeemCredit } from '../src/modules/money/rewards/credit.ts'
import { releaseDueRewards } from '../src/modules/money/rewards/rewards.jobs.ts'
import { reinstateReward } from '../src/modules/program/conversions/reinstating.ts'
import { deleteReferral } from '../src/modules/program/conversions/removal.ts'
import { eraseContact, mergeContacts } from '../src/modules/surfaces/console/contacts.ts'
import { loadReferral } from '../src/modules/surfaces/console/referrals.detail.queries.ts'
import { summarizeReferrals } from '../src/modules/surfaces/console/referrals.summary.queries.ts'
import { attributeReferral, convertReferral, reverseConversion } from '../src/modules/surfaces/console/referrals.ts'
import { countVisit, flushVisits } from '../src/modules/surfaces/embed/visits.ts'
import { reportTopAdvocates } from '../src/modules/surfaces/reports/advocates.queries.ts'
import { reportFunnel } from '../src/modules/surfaces/reports/funnel.queries.ts'
import { reportOutstanding } from '../src/modules/surfaces/reports/outstanding.queries.ts'
import { rebuildProjections } from '../src/projections.ts'
import { AppError } from '../src/shared/errors.ts'
import { verify } from '../src/verify.ts'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from './harness.ts'
import { createJobMoves } from './jobMoves.ts'
import { naiveFunnel, naiveOutstanding, naiveTopAdvocates } from './naiveReports.ts'
import { checkProperty, propertyTimeoutMs } from './property.ts'

const minute = 60_000
/** Clocks move in the two weeks after this: by an hour, by half an hour, not at all, or in the other direction. */
const begins = Date.parse('2026-03-26T10:07:00Z')
const zones = [
  'America/Los_Angeles',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Europe/Berlin',
  'Asia/Kolkata',
]

const nth = fc.nat(20)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('submit' as const), nth }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('visit' as const), nth }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('convert' as const), nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['reverse', 'delete', 'attribute', 'reject', 'reinstate', 'merge', 'erase', 'redeem', 'adjust'] as const),
      ),
      nth,
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('job' as const), nth }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('refund' as const, 'settle' as const), nth }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 2_000 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const repeat = {
  limit: { type: 'times', times: 5 },
  advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 300 } },
  friend: { kind: 'credit', value: { type: 'fixed', amount: 700 } },
} as const
const jobRules = (refunds: 'propose' | 'take_back') => ({ jobs: { convertAt: 'invoiced', refunds, repeat } }) as const

/** An organization with two campaigns in different currencies. */
async function createProgram(test: TestServices, timeZone: string) {
  const world = await anotherWorld(test.services)
  const { database } = test.services
  await database.write((tx) =>
    tx.run(sql`UPDATE organizations SET time_zone = ${timeZone} WHERE id = ${world.organization.id}`),
  )
  const campaigns = [
    (await world.campaign(jobRules('take_back'))).id,
    (await world.campaign({ holdDays: 2, ...jobRules('propose') })).id,
  ]
  await database.write((tx) => tx.run(sql`UPDATE campaigns SET currency = 'EUR' WHERE id = ${campaigns[1]}`))
  const advocates: string[] = []
  for (const campaign of [0, 0, 1, 1]) advocates.push((await world.advocate(campaigns[campaign] ?? '')).id)
  const moves = await createJobMoves(world)
  // Jobs of today finished after the system was connected.
  test.clock.advance(60 * minute)
  return { world, timeZone, campaigns, advocates, moves, referrals: [] as string[], friends: [] as Friend[] }
}
type Friend = ReturnType<typeof stranger>
type Program = Awaited<ReturnType<typeof createProgram>>

const pick = (list: string[], n: number) => list[n % Math.max(1, list.length)] ?? ''

const take = (test: TestServices, program: Program, each: Step): Promise<unknown> =>
  each.do === 'wait'
    ? Promise.resolve(test.clock.advance(each.minutes * minute))
    : act(test, program, each).catch((error: unknown) => {
        // Refusals are as good as anything else here.
        if (!(error instanceof AppError)) throw error
      })

async function act(test: TestServices, program: Program, each: Exclude<Step, { do: 'wait' }>): Promise<unknown> {
  const { world, advocates, referrals, friends, moves } = program
  const { ctx } = world
  const advocate = pick(advocates, each.nth)
  const contactOf = async (id: string) => {
    const [row] = await ctx.db.all<[string]>(sql`SELECT contact_id FROM enrollments WHERE id = ${id}`)
    return row?.[0] ?? ''
  }
  const enrollment = { id: advocate, organizationId: world.organization.id }
  if (each.do === 'submit') {
    const friend = stranger('Priya Shah')
    referrals.push((await world.referral(advocate, friend)).id)
    return friends.push(friend)
  }
  if (each.do === 'visit') {
    for (let count = 0; count <= each.nth; count += 1) countVisit(test.services, enrollment, 'hosted')
    return flushVisits(test.services)
  }
  if (each.do === 'merge')
    return mergeContacts(ctx, await contactOf(advocate), {
      otherId: await contactOf(pick(advocates, each.nth + 1)),
      confirm: [],
    })
  if (each.do === 'erase') return eraseSomebody(world, await contactOf(advocate))
  if (each.do === 'redeem') return redeemCredit(ctx, await contactOf(advocate), { amount: 500, note: 'Invoice' })
  if (each.do === 'adjust') return adjustCredit(ctx, await contactOf(advocate), { amount: 700, note: 'By hand' })
  if (each.do === 'refund') return moves.refund(each.nth)
  if (each.do === 'settle') return moves.settle(each.nth)
  const friend = friends[each.nth % Math.max(1, friends.length)]
  if (!friend) return
  if (each.do === 'job')
    return moves.invoice(friend, { amount: 1 + each.nth * 10_001, currency: each.nth % 3 ? 'USD' : 'EUR' })
  const id = pick(referrals, each.nth)
  if (each.do === 'convert')
    return convertReferral(ctx, id, { notify: false, ...(each.nth % 4 ? { jobValue: each.nth * 10_001 } : {}) })
  if (each.do === 'reverse') return reverseConversion(ctx, id, 'Canceled', { confirmOwed: true })
  if (each.do === 'delete') return deleteReferral(ctx, id, { reason: 'A test', confirmOwed: true })
  if (each.do === 'attribute') return attributeReferral(ctx, id, { advocateId: advocate })
  const ids = (await loadReferral(ctx, id)).rewards.map((reward) => reward.id)
  if (each.do === 'reject') return rejectRewards(ctx, { ids, reason: 'Paid in cash', notify: false })
  for (const one of ids) await reinstateReward(ctx, one, { reason: 'They did ask', notify: false })
}

async function eraseSomebody({ ctx }: World, contactId: string): Promise<void> {
  const [row] = await ctx.db.all<[string]>(sql`SELECT name FROM contacts WHERE id = ${contactId}`)
  await eraseContact(ctx, contactId, row?.[0] ?? '')
}

type Top = { from: string; to: string; currency: 'USD' | 'EUR'; campaignId?: string | undefined }

async function compareTop({ world: { ctx } }: Program, timeZone: string, asked: Top): Promise<void> {
  const span = { start: startOfDay(asked.from, timeZone), end: startOfDay(addDays(asked.to, 1), timeZone) }
  const naive = await naiveTopAdvocates(ctx, span, asked.currency, asked.campaignId)
  for (const limit of [1, 3]) {
    const { items } = await reportTopAdvocates(ctx, { ...asked, limit })
    const found = items.map((one) => [one.id, one.visits, one.referrals, one.converted, one.revenue, one.rewards])
    expect(found).toEqual(naive.slice(0, limit))
  }
}

/** What is asked again and again is kept, and only changes are read. */
const compareTopOfMonths = (program: Program, zone: string): Promise<void> =>
  compareTop(program, zone, { from: '2026-03-01', to: '2026-06-30', currency: 'USD' })

async function compare(program: Program, timeZone: string, now: number): Promise<void> {
  const { world, campaigns } = program
  const { ctx } = world
  const today = dayIn(timeZone, now)
  const span = (from: string, to: string) => ({
    start: startOfDay(from, timeZone),
    end: startOfDay(addDays(to, 1), timeZone),
  })
  for (const { month, converted, revenue } of (await summarizeReferrals(ctx)).months) {
    const whole = { start: startOfMonth(month, timeZone), end: startOfMonth(addMonths(month, 1), timeZone) }
    expect(await naiveFunnel(ctx, whole, 'USD'), month).toMatchObject({ converted, revenue })
  }
  for (const currency of ['USD', 'EUR'] as const) {
    for (const days of [9, 50]) {
      const from = addDays(today, 1 - days)
      const campaignId = days === 9 ? campaigns[1] : undefined
      const report = await reportFunnel(ctx, { from, to: today, currency, campaignId })
      for (const { start, end, ...figures } of report.steps)
        expect(figures, `${start} to ${end}`).toEqual(await naiveFunnel(ctx, span(start, end), currency, campaignId))
      expect(report.totals).toEqual(await naiveFunnel(ctx, span(from, today), currency, campaignId))
      const before = span(addDays(from, -days), addDays(from, -1))
      expect(report.before).toEqual(await naiveFunnel(ctx, before, currency, campaignId))
      for (const { id, name: _, ...figures } of report.campaigns)
        expect(figures).toEqual(await naiveFunnel(ctx, span(from, today), currency, id))
      await compareTop(program, timeZone, { from, to: today, currency, campaignId })
    }
    for (const asOf of [today, addDays(today, -1), addDays(today, -5)]) {
      const report = await reportOutstanding(ctx, { asOf, currency, limit: 100 })
      const naive = await naiveOutstanding(ctx, span(asOf, asOf).end, currency)
      const sorted = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort()
      expect(sorted(report.items.map((one) => [one.contactId, one.available, one.held, one.owed]))).toEqual(
        sorted(naive),
      )
      expect(report.contacts).toBe(naive.length)
      const sum = (index: 1 | 2 | 3) => naive.reduce((total, row) => total + row[index], 0)
      expect(report.totals).toEqual({ available: sum(1), held: sum(2), owed: sum(3) })
    }
  }
}

describe('every report', () => {
  let test: TestServices
  beforeAll(async () => {
    test = await createTestServices()
  })
  afterAll(() => test.close())

  it(
    'equals a computation from the rows themselves, in every time zone, whatever happened',
    async () => {
      const steps = fc.array(step, { minLength: 40, maxLength: 40, size: 'max' })
      await checkProperty(
        fc.asyncProperty(fc.constantFrom(...zones), fc.constantFrom(...zones), steps, async (zone, later, taken) => {
          test.clock.set(begins)
          const program = await createProgram(test, zone)
          for (const each of taken) {
            await take(test, program, each)
            await compareTopOfMonths(program, zone)
          }
          while ((await releaseDueRewards(test.services)) > 0);
          await compare(program, zone, test.clock.now())
          // Nothing is stored by days of a time zone, so another one needs no rebuilding.
          await test.services.database.write((tx) =>
            tx.run(sql`UPDATE organizations SET time_zone = ${later} WHERE id = ${program.world.organization.id}`),
          )
          await compare(program, later, test.clock.now())
          expect(await verify(test.services.database.read)).toEqual([])
          await test.services.database.write((tx) => rebuildProjections(tx, program.world.organization.id))
          await compare(program, later, test.clock.now())
          expect(await verify(test.services.database.read)).toEqual([])
        }),
        12,
      )
    },
    3 * propertyTimeoutMs,
  )
})
