import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { codeOf } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { ledgerOfContact } from '../../surfaces/console/ledger.queries.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { balancesOfContact } from '../ledger/ledger.ts'
import { addOpeningCredit, adjustCredit, redeemCredit } from './credit.ts'
import { rewards } from './rewards.table.ts'

let test: TestServices
let world: World
let anna: string
/** Anna has $50.00: 5% of a job of $1,000.00. */
worldForEach(async (...given) => {
  ;[test, world] = given
  const campaign = await world.campaign()
  const advocate = await world.advocate(campaign.id)
  anna = advocate.contactId
  const referral = await world.referral(advocate.id)
  await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
})

const available = async () => (await balancesOfContact(world.ctx, anna))[0]?.available
const statuses = async () => (await test.services.database.read.select().from(rewards)).map((one) => one.status)

describe('redeeming credit', () => {
  it('takes $20.00 of $50.00, then the rest, and then the reward is redeemed', async () => {
    test.clock.advance(1_000)
    expect(await redeemCredit(world.ctx, anna, { amount: 2_000, note: 'applied to invoice 1042' })).toEqual({
      currency: 'USD',
      available: 3_000,
      held: 0,
      owed: 0,
    })
    expect(await statuses()).not.toContain('redeemed')
    await redeemCredit(world.ctx, anna, { amount: 3_000, note: 'applied to invoice 1043' })
    expect((await statuses()).filter((status) => status === 'redeemed')).toHaveLength(1)
  })

  it('rejects more than is available and says how much is missing', async () => {
    const refused = await redeemCredit(world.ctx, anna, { amount: 5_001, note: 'invoice' }).catch((error) => error)
    expect(codeOf(refused)).toBe('credit_insufficient')
    expect(refused.facts).toEqual({ shortfall: 1, currency: 'USD' })
    expect(await available()).toBe(5_000)
  })

  it('lets 50 people at once redeem $10.00 each only five times', async () => {
    const all = Array.from({ length: 50 }, (_, n) =>
      redeemCredit(world.ctx, anna, { amount: 1_000, note: `invoice ${n}` }),
    )
    const outcomes = await Promise.allSettled(all)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []))
    expect(new Set(refusals)).toEqual(new Set(['credit_insufficient']))
    expect(await available()).toBe(0)
  })
})

describe('adjusting credit', () => {
  it('adds and removes credit with a note, never below zero', async () => {
    await adjustCredit(world.ctx, anna, { amount: 1_500, note: 'For the long wait' })
    expect(await available()).toBe(6_500)
    await adjustCredit(world.ctx, anna, { amount: -6_500, note: 'Entered twice' })
    expect(await available()).toBe(0)
    const refused = await adjustCredit(world.ctx, anna, { amount: -1, note: 'One more' }).catch(codeOf)
    expect(refused).toBe('credit_insufficient')
  })

  it('is for admins: staff may only record redemptions', async () => {
    const staff = await world.as('staff')
    expect(await adjustCredit(staff, anna, { amount: 1_500, note: 'A gift' }).catch(codeOf)).toBe('forbidden')
    await redeemCredit(staff, anna, { amount: 500, note: 'invoice 7' })
    expect(await available()).toBe(4_500)
  })

  it('and redemptions at the same time never take a cent twice', async () => {
    const outcomes = await Promise.allSettled([
      adjustCredit(world.ctx, anna, { amount: -4_000, note: 'Entered twice' }),
      redeemCredit(world.ctx, anna, { amount: 4_000, note: 'invoice' }),
      adjustCredit(world.ctx, anna, { amount: -4_000, note: 'Entered twice' }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await available()).toBe(1_000)
  })
})

describe("a contact's ledger", () => {
  it('lists every movement with the balance after it, newest first, with pagination', async () => {
    test.clock.advance(1_000)
    await redeemCredit(world.ctx, anna, { amount: 2_000, note: 'applied to invoice 1042' })
    test.clock.advance(1_000)
    await adjustCredit(world.ctx, anna, { amount: 500, note: 'For the long wait' })
    const first = await ledgerOfContact(world.ctx, anna, { limit: 2 })
    expect(first.balances).toEqual([{ currency: 'USD', available: 3_500, held: 0, owed: 0 }])
    expect(first.items).toMatchObject([
      { label: 'Adjusted', note: 'For the long wait', by: 'Maya Ortiz', available: 500, balance: 3_500 },
      { label: 'Redeemed', note: 'applied to invoice 1042', by: 'Maya Ortiz', available: -2_000, balance: 3_000 },
    ])
    const second = await ledgerOfContact(world.ctx, anna, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(second.items).toMatchObject([{ label: 'Reward for Priya Shah', available: 5_000, balance: 5_000, by: null }])
    expect(second.items[0]?.referralId).toMatch(/^ref_/)
    expect(second.nextCursor).toBeNull()
  })

  it('starts with the imported opening balance', async () => {
    const { ctx } = world
    const move = { contactId: anna, amount: 700, currency: 'USD', note: 'From the old list' } as const
    test.clock.advance(1)
    await ctx.database.write((db) => addOpeningCredit({ ...ctx, db, inTransaction: true }, move))
    const { items } = await ledgerOfContact(ctx, anna, { limit: 1 })
    expect(items).toMatchObject([{ label: 'Opening balance', note: 'From the old list', balance: 5_700 }])
  })
})
