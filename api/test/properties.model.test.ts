import type { Exceptions } from '@goodword/contracts'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { balancesOfContact } from '../src/modules/money/ledger/ledger.ts'
import { approveRewards, rejectRewards } from '../src/modules/money/rewards/approvals.ts'
import { adjustCredit, redeemCredit } from '../src/modules/money/rewards/credit.ts'
import { releaseDueRewards } from '../src/modules/money/rewards/rewards.jobs.ts'
import { describePerson, getContact, matchContact } from '../src/modules/people/contacts/contacts.ts'
import { enrollments } from '../src/modules/program/advocates/advocates.table.ts'
import { findEnrollment } from '../src/modules/program/advocates/advocates.ts'
import { reinstateReward } from '../src/modules/program/conversions/reinstating.ts'
import { expireDueReferrals } from '../src/modules/program/referrals/expiry.ts'
import { getReferral } from '../src/modules/program/referrals/referrals.ts'
import { eraseContact, mergeContacts } from '../src/modules/surfaces/console/contacts.ts'
import { loadReferral } from '../src/modules/surfaces/console/referrals.detail.queries.ts'
import { summarizeReferrals } from '../src/modules/surfaces/console/referrals.summary.queries.ts'
import {
  acceptReferral,
  attributeReferral,
  convertReferral,
  createReferral,
  declineReferral,
  reopenReferral,
  reverseConversion,
  unacceptReferral,
} from '../src/modules/surfaces/console/referrals.ts'
import { AppError } from '../src/shared/errors.ts'
import { verify } from '../src/verify.ts'
import { createTestServices, createWorld, startOfStory, type TestServices } from './harness.ts'
import { day, rules } from './model.rules.ts'
import type { Verdict } from './model.shapes.ts'
import { firstAdvocates, people, type Step, step } from './model.steps.ts'
import { createModel } from './model.ts'
import { checkProperty, propertyTimeoutMs } from './property.ts'

/** MODEL_STEPS=100 FC_RUNS=17 is a thousand runs of a hundred steps. */
const steps = Number(process.env.MODEL_STEPS ?? 60)
const runs = 60
/** Besides the amounts, which are compared after each step: what every screen reads, and every ledger invariant. */
const lookCloselyEvery = 15
let organizations = 0

/** The real server, called in the same terms as the model, with an organization of its own starting on June 1. */
async function createReal(test: TestServices) {
  organizations += 1
  test.clock.set(startOfStory)
  const world = await createWorld(test.services, `Harbor ${organizations}`)
  const campaign = await world.campaign({
    advocate: { kind: 'credit', value: { type: 'percent', basisPoints: rules.shareOfJob * 10_000 } },
    friend: { kind: 'credit', value: { type: 'fixed', amount: rules.friendGets } },
    milestones: [{ at: rules.bonusAt, amount: rules.bonus }],
    advocateCaps: { total: rules.advocateCap },
    budget: rules.budget,
    holdDays: rules.holdDays,
    liveReferralsMax: rules.liveMax,
    pendingExpiresDays: rules.pendingDays,
  })
  const { ctx } = world
  for (const n of firstAdvocates) {
    const { id } = await world.advocate(campaign.id, people[n])
    const exceptions: Exceptions = { approval: 'staff' }
    if (n !== rules.watched) continue
    await ctx.database.write((db) => db.update(enrollments).set({ exceptions }).where(eq(enrollments.id, id)))
  }
  const referrals: string[] = []
  const idOf = (n: number) => referrals[n] ?? `ref_${'0'.repeat(26)}`
  const contactOf = async (n: number) => {
    const { contact } = await matchContact(ctx, describePerson('US', people[n] ?? { name: '' }))
    return contact?.id ?? null
  }
  const enrollmentOf = async (n: number) => {
    const contactId = await contactOf(n)
    return contactId ? findEnrollment(ctx, campaign.id, contactId) : undefined
  }
  const verdict = (done: Promise<unknown>): Promise<Verdict> =>
    done.then(
      () => 'done',
      (error: unknown) => {
        if (error instanceof AppError) return error.code
        throw error
      },
    )
  return {
    test,
    ctx,
    idOf,
    contactOf,
    submit: async (by: number, friend: number): Promise<Verdict> => {
      const enrollment = await enrollmentOf(by)
      const person = people[friend]
      if (!enrollment || !person) return 'code_unknown'
      const created = createReferral(ctx, { advocateId: enrollment.id, friend: person, metadata: {} })
      return verdict(created.then(({ id }) => referrals.push(id)))
    },
    accept: (n: number) => verdict(acceptReferral(ctx, idOf(n))),
    unaccept: (n: number) => verdict(unacceptReferral(ctx, idOf(n))),
    reopen: (n: number) => verdict(reopenReferral(ctx, idOf(n), 'They called again')),
    attribute: async (n: number, by: number): Promise<Verdict> => {
      const enrollment = await enrollmentOf(by)
      return enrollment ? verdict(attributeReferral(ctx, idOf(n), { advocateId: enrollment.id })) : 'code_unknown'
    },
    erase: async (n: number): Promise<Verdict> => {
      const contactId = await contactOf(n)
      if (!contactId) return 'not_found'
      return verdict(eraseContact(ctx, contactId, (await getContact(ctx, contactId)).name))
    },
    merge: async (n: number, other: number): Promise<Verdict> => {
      const [keptId, otherId] = [await contactOf(n), await contactOf(other)]
      return keptId && otherId ? verdict(mergeContacts(ctx, keptId, { otherId, confirm: [] })) : 'not_found'
    },
    decline: (n: number) => verdict(declineReferral(ctx, idOf(n), 'No sale')),
    convert: (n: number, value: number) => verdict(convertReferral(ctx, idOf(n), { jobValue: value, notify: true })),
    reverse: (n: number, owe: boolean) => verdict(reverseConversion(ctx, idOf(n), 'Canceled', { confirmOwed: owe })),
    settle: async (n: number, how: 'approve' | 'refuse'): Promise<number> => {
      const ids = (await loadReferral(ctx, idOf(n))).rewards.map(({ id }) => id)
      if (how === 'approve') return (await approveRewards(ctx, ids)).done
      return (await rejectRewards(ctx, { ids, reason: 'Paid in cash', notify: true })).done
    },
    reinstate: async (n: number, which: 'advocate' | 'friend'): Promise<Verdict> => {
      const reward = (await loadReferral(ctx, idOf(n))).rewards.find(({ side }) => side === which)
      return reward ? verdict(reinstateReward(ctx, reward.id, { reason: 'They did ask', notify: true })) : 'not_found'
    },
    redeem: async (n: number, amount: number): Promise<Verdict> => {
      const contactId = await contactOf(n)
      return contactId ? verdict(redeemCredit(ctx, contactId, { amount, note: 'invoice' })) : 'credit_insufficient'
    },
    adjust: async (n: number, amount: number): Promise<Verdict> => {
      const contactId = await contactOf(n)
      return contactId ? verdict(adjustCredit(ctx, contactId, { amount, note: 'By hand' })) : 'not_found'
    },
  }
}

type Real = Awaited<ReturnType<typeof createReal>>
type Model = ReturnType<typeof createModel>

async function take(each: Step, model: Model, real: Real): Promise<void> {
  if (each.do === 'submit') expect(await real.submit(each.by, each.friend)).toBe(model.submit(each.by, each.friend))
  else if (each.do === 'redeem')
    expect(await real.redeem(each.person, each.amount)).toBe(model.redeem(each.person, each.amount))
  else if (each.do === 'adjust')
    expect(await real.adjust(each.person, each.amount)).toBe(model.adjust(each.person, each.amount))
  else if (each.do === 'merge')
    expect(await real.merge(each.person, each.other)).toBe(model.merge(each.person, each.other))
  else if (each.do === 'erase') expect(await real.erase(each.person)).toBe(model.erase(each.person))
  else if (each.do === 'reinstate') {
    const refused = model.refused()
    const [n, side] = refused[each.refused % refused.length] ?? []
    if (n !== undefined && side) expect(await real.reinstate(n, side)).toBe(model.reinstate(n, side))
  } else if (each.do === 'advance') {
    // The model only knows daylight saving time.
    if (real.test.clock.now() > Date.parse('2026-10-10T00:00:00Z')) return
    real.test.clock.advance(each.days * day)
    model.advance(each.days)
  } else if (each.do === 'release') {
    // Rewards of earlier organizations become due as well.
    while ((await releaseDueRewards(real.test.services)) > 0);
    model.release()
  } else if (each.do === 'expire') {
    while ((await expireDueReferrals(real.test.services)) > 0);
    model.expire()
  } else if (model.count() > 0) await decide(each, model, real)
}

type Decision = Extract<Step, { nth: number }>

async function decide(each: Decision, model: Model, real: Real): Promise<void> {
  const latest = (back: number) => model.count() - 1 - (back % model.count())
  const n = latest(each.nth)
  if (each.do === 'race') {
    const other = latest(each.other)
    const both = [real.convert(n, each.jobValue), real.convert(other, each.jobValue)]
    expect(await Promise.all(both)).toEqual([model.convert(n, each.jobValue), model.convert(other, each.jobValue)])
  } else if (each.do === 'convert') expect(await real.convert(n, each.jobValue)).toBe(model.convert(n, each.jobValue))
  else if (each.do === 'reverse') expect(await real.reverse(n, each.owe)).toBe(model.reverse(n, each.owe))
  else if (each.do === 'attribute') expect(await real.attribute(n, each.by)).toBe(model.attribute(n, each.by))
  else if (each.do === 'approve' || each.do === 'refuse')
    expect(await real.settle(n, each.do)).toBe(model.settle(n, each.do))
  else expect(await real[each.do](n)).toBe(model[each.do](n))
}

/** Every status and balance, as stored in the tables. */
async function compareFigures(model: Model, { ctx, idOf }: Real): Promise<void> {
  const { organizationId, db } = ctx
  const status = new Map(
    await db.all<[string, string]>(sql`SELECT id, status FROM referrals WHERE organization_id = ${organizationId}`),
  )
  expect(Array.from({ length: model.count() }, (_, n) => status.get(idOf(n)))).toEqual(model.statuses())
  const accounts = await db.all<[string, string, number]>(
    sql`SELECT d.value, a.kind, a.balance FROM contact_addresses d
      JOIN ledger_accounts a ON a.organization_id = d.organization_id AND a.owner_type = 'contact' AND a.owner_id = d.contact_id
      WHERE d.organization_id = ${organizationId} AND d.kind = 'email'`,
  )
  const balance = (email: string, kind: string) =>
    accounts.find(([value, ofKind]) => value === email && ofKind === kind)?.[2] ?? 0
  const all = people.map(({ email }) => ({
    available: balance(email, 'available'),
    held: balance(email, 'held'),
    owed: 0 - balance(email, 'owed'),
  }))
  expect(all).toEqual(people.map((_, n) => model.balance(n)))
}

async function lookClosely(model: Model, real: Real): Promise<void> {
  const statuses = []
  for (let n = 0; n < model.count(); n += 1) statuses.push((await getReferral(real.ctx, real.idOf(n))).status)
  expect(statuses).toEqual(model.statuses())
  for (const [n, { name }] of people.entries()) {
    const contactId = await real.contactOf(n)
    const [balance] = contactId ? await balancesOfContact(real.ctx, contactId) : []
    const { available = 0, held = 0, owed = 0 } = balance ?? {}
    expect({ name, available, held, owed }).toEqual({ name, ...model.balance(n) })
  }
  expect((await summarizeReferrals(real.ctx)).counts.converted).toBe(model.converted())
  expect(await verify(real.test.services.database.read)).toEqual([])
}

describe('a program of one campaign', () => {
  let test: TestServices
  beforeAll(async () => {
    test = await createTestServices()
  })
  afterAll(() => test.close())

  it(
    `matches a simple model, for ${steps} steps in any order`,
    async () => {
      await checkProperty(
        fc.asyncProperty(fc.array(step, { minLength: steps, maxLength: steps, size: 'max' }), async (taken) => {
          const real = await createReal(test)
          const model = createModel(firstAdvocates, test.clock.now())
          for (const [n, each] of taken.entries()) {
            try {
              await take(each, model, real)
              await compareFigures(model, real)
              if (n % lookCloselyEvery === lookCloselyEvery - 1) await lookClosely(model, real)
            } catch (error) {
              throw new Error(`Step ${n + 1}, ${JSON.stringify(each)}: ${error}`, { cause: error })
            }
          }
        }),
        runs,
      )
    },
    5 * propertyTimeoutMs,
  )
})
