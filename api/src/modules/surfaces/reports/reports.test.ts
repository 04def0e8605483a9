import { text } from 'node:stream/consumers'
import type { FunnelFigures } from '@goodword/contracts'
import { addDays, dayIn } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices } from '../../../../test/harness.ts'
import { queriesOn } from '../../../database/queries.ts'
import { type SeededDemo, seedDemo } from '../../../seed/seed.ts'
import { type Ctx, contextFor } from '../../../shared/context.ts'
import { adjustCredit } from '../../money/rewards/credit.ts'
import { reportTopAdvocates } from './advocates.queries.ts'
import { exportFunnel, exportOutstanding, exportTopAdvocates } from './exports.ts'
import { reportFunnel } from './funnel.queries.ts'
import { reportOutstanding } from './outstanding.queries.ts'
import { readPeriod, stepsOf } from './period.ts'

const timeZone = 'America/Los_Angeles'
let test: TestServices
let demo: SeededDemo
let ctx: Ctx
let rows: Awaited<ReturnType<typeof rawRows>>

type Raw = {
  visits: [at: number, enrollmentId: string, count: number][]
  referrals: [at: number, id: string, campaignId: string, status: string, enrollmentId: string][]
  conversions: [at: number, id: string, referralId: string, jobValue: number, enrollmentId: string][]
  rewards: [conversionId: string, side: string, amount: number, status: string][]
  enrollments: [id: string, campaignId: string][]
  transfers: [at: number, debit: string, credit: string, amount: number][]
  accounts: [id: string, contactId: string, kind: string][]
}

async function rawRows(): Promise<Raw> {
  const all = <T>(columns: string, table: string) =>
    test.services.database.read.all<T>(sql.raw(`SELECT ${columns} FROM ${table}`))
  return {
    visits: await all('at, enrollment_id, count', 'visits'),
    referrals: await all('created_at, id, campaign_id, status, enrollment_id', 'referrals'),
    conversions: await all('created_at, id, referral_id, coalesce(job_value, 0), enrollment_id', 'conversions'),
    rewards: await all('source_id, side, amount, status', 'rewards'),
    enrollments: await all('id, campaign_id', 'enrollments'),
    transfers: await all('created_at, debit_account_id, credit_account_id, amount', 'ledger_transfers'),
    accounts: await all('id, owner_id, kind', 'ledger_accounts'),
  }
}

beforeAll(async () => {
  test = await createTestServices()
  demo = await seedDemo(test.services)
  ctx = contextFor(test.services, demo.organizationId, { type: 'system' })
  rows = await rawRows()
})
afterAll(() => test.close())

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
const between = (at: number, from: string, to: string) => dayIn(timeZone, at) >= from && dayIn(timeZone, at) <= to

/** The same figures, computed in the simplest way. */
function naive(from: string, to: string, of: { campaignId?: string; enrollmentId?: string } = {}): FunnelFigures {
  const campaignOf = new Map(rows.enrollments)
  const wanted = (enrollmentId: string) =>
    (!of.campaignId || campaignOf.get(enrollmentId) === of.campaignId) &&
    (!of.enrollmentId || enrollmentId === of.enrollmentId)
  const status = new Map(rows.referrals.map(([, id, , now]) => [id, now]))
  const standing = rows.conversions.filter(
    ([at, , referralId, , enrollmentId]) =>
      between(at, from, to) && wanted(enrollmentId) && status.get(referralId) === 'converted',
  )
  const ids = new Set(standing.map(([, id]) => id))
  const paid = (side: string) =>
    sum(
      rows.rewards
        .filter(([id, its, , state]) => ids.has(id) && its === side && state !== 'voided')
        .map(([, , amount]) => amount),
    )
  return {
    visits: sum(
      rows.visits
        .filter(([at, enrollmentId]) => between(at, from, to) && wanted(enrollmentId))
        .map(([, , count]) => count),
    ),
    referrals: rows.referrals.filter(
      ([at, , campaignId, , enrollmentId]) =>
        between(at, from, to) &&
        (!of.campaignId || campaignId === of.campaignId) &&
        (!of.enrollmentId || enrollmentId === of.enrollmentId),
    ).length,
    converted: standing.length,
    revenue: sum(standing.map(([, , , jobValue]) => jobValue)),
    advocateRewards: paid('advocate'),
    friendRewards: paid('friend'),
  }
}

describe('the funnel', () => {
  it('matches counting every row: in total, for the previous period, by interval and by campaign', async () => {
    const today = dayIn(timeZone, ctx.clock())
    for (const from of [addDays(today, -20), addDays(today, -120), addDays(today, -364)]) {
      const report = await reportFunnel(ctx, { from, to: today })
      expect(report.totals).toEqual(naive(from, today))
      expect(report.before).toEqual(naive(addDays(from, -(stepsIn(from, today) + 1)), addDays(from, -1)))
      for (const { start, end, ...figures } of report.steps) expect(figures, start).toEqual(naive(start, end))
      for (const { id, name, ...figures } of report.campaigns)
        expect(figures, name).toEqual(naive(from, today, { campaignId: id }))
    }
  })

  it('shows a single campaign if one is selected', async () => {
    const today = dayIn(timeZone, ctx.clock())
    const from = addDays(today, -200)
    const [first] = (await reportFunnel(ctx, { from, to: today })).campaigns
    const report = await reportFunnel(ctx, { from, to: today, campaignId: first?.id })
    expect(report.totals).toEqual(naive(from, today, { campaignId: first?.id ?? '' }))
    expect(report.campaigns.map(({ id }) => id)).toEqual([first?.id])
  })

  it('counts money of one currency and lists the others', async () => {
    const today = dayIn(timeZone, ctx.clock())
    const report = await reportFunnel(ctx, { from: addDays(today, -300), to: today, currency: 'EUR' })
    expect(report).toMatchObject({ currency: 'EUR', otherCurrencies: ['USD'] })
    expect(report.totals).toMatchObject({ revenue: 0, advocateRewards: 0, friendRewards: 0 })
    expect(report.totals.converted).toBeGreaterThan(0)
  })

  it('contains nothing of another organization', async () => {
    const other = await createWorld(test.services, 'Oak Street Dental')
    const [theirs] = (await reportFunnel(ctx, {})).campaigns
    expect((await reportFunnel(other.ctx, {})).totals.referrals).toBe(0)
    const asked = await reportFunnel(other.ctx, { campaignId: theirs?.id })
    expect(asked).toMatchObject({ campaigns: [], totals: { visits: 0, referrals: 0, converted: 0, revenue: 0 } })
    expect((await reportTopAdvocates(other.ctx, { limit: 20 })).items).toEqual([])
    expect((await reportOutstanding(other.ctx, { limit: 20 })).items).toEqual([])
  })
})

const stepsIn = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

describe('the intervals of a period', () => {
  const steps = async (from: string, to: string) => stepsOf(await readPeriod(ctx, { from, to }))

  it('are days up to a month, weeks from Monday up to half a year, then months', async () => {
    expect(await steps('2026-03-01', '2026-03-31')).toMatchObject({ unit: 'day', steps: { length: 31 } })
    const weeks = await steps('2026-03-04', '2026-04-15')
    expect(weeks.unit).toBe('week')
    // Mar 4, 2026 is a Wednesday, so the first interval ends on the following Sunday.
    expect(weeks.steps.map(({ from, to }) => `${from} ${to}`).slice(0, 2)).toEqual([
      '2026-03-04 2026-03-08',
      '2026-03-09 2026-03-15',
    ])
    expect(weeks.steps.at(-1)).toMatchObject({ from: '2026-04-13', to: '2026-04-15' })
    expect((await steps('2025-11-20', '2026-11-19')).steps.map(({ from }) => from).slice(0, 2)).toEqual([
      '2025-11-20',
      '2025-12-01',
    ])
  })

  it('cover every moment, even in the night the clocks change', async () => {
    const { steps: days } = await steps('2026-03-06', '2026-03-10')
    for (const [index, day] of days.slice(1).entries()) expect(day.start).toBe(days[index]?.end)
    // Mar 8, 2026 has 23 hours in Los Angeles.
    expect((days[2]?.end ?? 0) - (days[2]?.start ?? 0)).toBe(23 * 3_600_000)
  })

  it('are rejected backwards or over five years, with how to fix it', async () => {
    await expect(readPeriod(ctx, { from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    await expect(readPeriod(ctx, { from: '2020-01-01', to: '2026-03-01' })).rejects.toMatchObject({
      message: 'Choose 5 years or fewer.',
    })
  })
})

describe('outstanding credit', () => {
  /** Balances at the end of a day, computed by adding up every transfer until then. */
  function naiveBalances(asOf: string) {
    const balances = new Map<string, number>()
    for (const [at, debit, credit, amount] of rows.transfers) {
      if (dayIn(timeZone, at) > asOf) continue
      balances.set(debit, (balances.get(debit) ?? 0) - amount)
      balances.set(credit, (balances.get(credit) ?? 0) + amount)
    }
    const of = (kind: string) =>
      sum(rows.accounts.filter(([, , its]) => its === kind).map(([id]) => balances.get(id) ?? 0))
    return { available: of('available'), held: of('held'), owed: 0 - of('owed') }
  }

  it('equals the sum of all transfers up to the end of any day', async () => {
    const today = dayIn(timeZone, ctx.clock())
    for (const back of [0, 1, 30, 90, 200, 400]) {
      const asOf = addDays(today, -back)
      expect((await reportOutstanding(ctx, { asOf, limit: 1 })).totals, asOf).toEqual(naiveBalances(asOf))
    }
  })

  it('lists every contact once, the largest first, page by page, and adds up to the total', async () => {
    const items = []
    let cursor: string | undefined
    do {
      const page = await reportOutstanding(ctx, { limit: 7, ...(cursor ? { cursor } : {}) })
      items.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const { totals, contacts } = await reportOutstanding(ctx, { limit: 1 })
    expect(new Set(items.map(({ contactId }) => contactId)).size).toBe(contacts)
    expect(items).toHaveLength(contacts)
    expect(sum(items.map(({ available }) => available))).toBe(totals.available)
    expect(sum(items.map(({ held }) => held))).toBe(totals.held)
    const worth = items.map(({ available, held, owed }) => available + held - owed)
    expect(worth).toEqual([...worth].sort((one, other) => other - one))
  })
})

describe('outstanding credit of a past day', () => {
  it('is remembered, and still follows a transfer that is dated back', async () => {
    const world = await createWorld(test.services, 'Backdated Pipes')
    const campaign = await world.campaign()
    const { contactId } = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
    const now = test.clock.now()
    const asOf = addDays(dayIn(timeZone, now), -1)
    const available = async () => (await reportOutstanding(world.ctx, { asOf, limit: 20 })).totals.available
    expect(await available()).toBe(0)
    await adjustCredit(world.ctx, contactId, { amount: 900, note: 'Today' })
    expect(await available()).toBe(0)
    test.clock.set(now - 2 * 86_400_000)
    await adjustCredit(world.ctx, contactId, { amount: 700, note: 'Two days ago' })
    test.clock.set(now)
    expect(await available()).toBe(700)
    expect((await reportOutstanding(world.ctx, { limit: 20 })).totals.available).toBe(1_600)
  })

  it('is asked again after the thread that reads it has failed, and nothing else fails', async () => {
    const failing = queriesOn(async () => {
      throw new Error('disk I/O error')
    })
    const database = { ...test.services.database, background: failing }
    const later: Ctx = { ...ctx, database }
    const asOf = addDays(dayIn(timeZone, ctx.clock()), -1)
    const unhandled: unknown[] = []
    const note = (error: unknown) => void unhandled.push(error)
    process.on('unhandledRejection', note)
    await expect(reportOutstanding(later, { asOf, limit: 20 })).rejects.toThrow()
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
    database.background = test.services.database.background
    expect((await reportOutstanding(later, { asOf, limit: 20 })).totals).toEqual(
      (await reportOutstanding(ctx, { asOf, limit: 20 })).totals,
    )
  })
})

describe('top advocates', () => {
  it('have the figures that counting their rows gives, most conversions first', async () => {
    const today = dayIn(timeZone, ctx.clock())
    const from = addDays(today, -180)
    const { items } = await reportTopAdvocates(ctx, { from, to: today, limit: 100 })
    for (const { id, visits, referrals, converted, revenue, rewards } of items) {
      const { friendRewards: _, advocateRewards, ...figures } = naive(from, today, { enrollmentId: id })
      expect({ visits, referrals, converted, revenue, rewards }).toEqual({ ...figures, rewards: advocateRewards })
    }
    const order = items.map(({ converted }) => converted)
    expect(order).toEqual([...order].sort((one, other) => other - one))
    expect(sum(order)).toBe(naive(from, today).converted)
  })
})

describe('an exported report', () => {
  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))

  it('has a line for each interval and campaign, with amounts in dollars', async () => {
    const today = dayIn(timeZone, ctx.clock())
    const query = { from: addDays(today, -100), to: today }
    const report = await reportFunnel(ctx, query)
    const [head, ...rest] = lines(await exportFunnel(ctx, query))
    expect(head?.slice(0, 7)).toEqual(['\uFEFFFrom', 'To', 'Campaign', 'Visits', 'Referrals', 'Converted', 'Revenue'])
    expect(rest).toHaveLength(report.steps.length + report.campaigns.length)
    const revenue = rest.filter((line) => line[2] === 'All').map((line) => Math.round(Number(line[6]) * 100))
    expect(sum(revenue)).toBe(report.totals.revenue)
  })

  it('of outstanding credit includes everyone, beyond the first page', async () => {
    const { contacts, totals } = await reportOutstanding(ctx, { limit: 1 })
    const [, ...rest] = lines(await text(await exportOutstanding(ctx, {})))
    expect(rest).toHaveLength(contacts)
    expect(sum(rest.map((line) => Math.round(Number(line[3]) * 100)))).toBe(totals.available)
  })

  it('of advocates includes their names and campaigns', async () => {
    const { items } = await reportTopAdvocates(ctx, { limit: 20 })
    const [, first] = lines(await exportTopAdvocates(ctx, { limit: 20 }))
    expect(first?.slice(0, 2)).toEqual([items[0]?.name, items[0]?.campaign.name])
  })
})
