import { describe, expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { AppError } from '../../../shared/errors.ts'
import { balanceIn } from '../../money/ledger/ledger.ts'
import { adjustCredit, redeemCredit } from '../../money/rewards/credit.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { mergeContacts } from '../../surfaces/console/contacts.ts'
import { ledgerOfContact } from '../../surfaces/console/ledger.queries.ts'
import { convertReferral, reverseConversion } from '../../surfaces/console/referrals.ts'

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof AppError) return { code: error.code, ...error.facts }
      throw error
    },
  )

describe('a reversal after the credit was used', () => {
  let test: TestServices
  let world: World
  let advocateId: string
  let anna: string
  const convert = async (jobValue: number, by = world.ctx) => {
    test.clock.advance(1_000)
    const referral = await world.referral(advocateId)
    await convertReferral(by, referral.id, { jobValue, notify: false })
    return referral.id
  }
  const balance = () => balanceIn(world.ctx, anna, 'USD')
  const owe = { confirmOwed: true }
  worldForEach(async (...given) => {
    ;[test, world] = given
    const campaign = await world.campaign({ friend: { kind: 'none' } })
    const advocate = await world.advocate(campaign.id)
    advocateId = advocate.id
    anna = advocate.contactId
  })

  it('is refused with the missing amount, and changes nothing', async () => {
    const job = await convert(100_000)
    await redeemCredit(world.ctx, anna, { amount: 3_000, note: 'invoice 1042' })
    // $50.00 earned − $30.00 used = $20.00 left; $30.00 are missing.
    const error = await refused(reverseConversion(world.ctx, job, 'Refunded'))
    expect(error).toEqual({ code: 'credit_spent', shortfall: 3_000, currency: 'USD' })
    expect(await balance()).toMatchObject({ available: 2_000, owed: 0 })
  })

  it('takes what is left and records the rest as owed, once an admin confirms it', async () => {
    const job = await convert(100_000)
    await redeemCredit(world.ctx, anna, { amount: 3_000, note: 'invoice 1042' })
    await reverseConversion(world.ctx, job, 'Refunded', owe)
    expect(await balance()).toMatchObject({ available: 0, owed: 3_000 })
    const queued = await test.services.database.read.select().from(messages)
    expect(queued.find(({ template }) => template === 'conversion_reversed')?.body).toContain(
      'You had already used $30.00 of it. You owe that back',
    )
    const { items } = await ledgerOfContact(world.ctx, anna, { limit: 20 })
    expect(items.slice(0, 2).map(({ label, available, owed }) => [label, available, owed])).toEqual([
      ['Reward for Priya Shah, taken back', 0, 3_000],
      ['Reward for Priya Shah, taken back', -2_000, 0],
    ])
  })

  it('sets what is owed off against the next rewards: $30.00 owed, $20.00 and $25.00 earned, $15.00 left', async () => {
    const job = await convert(60_000)
    await redeemCredit(world.ctx, anna, { amount: 3_000, note: 'invoice 1042' })
    await reverseConversion(world.ctx, job, 'Refunded', owe)
    await convert(40_000)
    expect(await balance()).toMatchObject({ available: 0, owed: 1_000 })
    await convert(50_000)
    expect(await balance()).toMatchObject({ available: 1_500, owed: 0 })
    const rows = await test.services.database.read.select().from(rewards)
    expect(rows.map(({ status }) => status)).toEqual(['voided', 'redeemed', 'issued'])
  })

  it('lets an adjustment repay what is owed first', async () => {
    const job = await convert(60_000)
    await redeemCredit(world.ctx, anna, { amount: 3_000, note: 'invoice 1042' })
    await reverseConversion(world.ctx, job, 'Refunded', owe)
    const after = await adjustCredit(world.ctx, anna, { amount: 4_000, note: 'We were at fault' })
    expect(after).toMatchObject({ available: 1_000, owed: 0 })
  })

  it("can't be confirmed by staff, not even for their own conversion", async () => {
    const staff = await world.as('staff')
    const job = await convert(100_000, staff)
    await redeemCredit(world.ctx, anna, { amount: 3_000, note: 'invoice 1042' })
    const error = await refused(reverseConversion(staff, job, 'Refunded', owe))
    expect(error).toEqual({ code: 'forbidden' })
    expect(await balance()).toMatchObject({ available: 2_000, owed: 0 })
  })

  it('and a simultaneous redemption never take the same cent twice', async () => {
    const job = await convert(100_000)
    const outcomes = await Promise.all([
      refused(reverseConversion(world.ctx, job, 'Refunded')),
      refused(redeemCredit(world.ctx, anna, { amount: 5_000, note: 'invoice 1042' })),
    ])
    expect(outcomes).toEqual(['done', { code: 'credit_insufficient', shortfall: 5_000, currency: 'USD' }])
    expect(await balance()).toMatchObject({ available: 0, owed: 0 })
  })

  it('takes the credit back from the contact into which the owner was merged', async () => {
    const held = await world.campaign({ friend: { kind: 'none' }, holdDays: 14 }, { name: 'On hold' })
    const jobs = [await convert(100_000), await convert(40_000)]
    const other = await world.advocate(held.id, stranger('Anna Kowalska'))
    const waiting = await world.referral(other.id)
    await convertReferral(world.ctx, waiting.id, { jobValue: 20_000, notify: false })
    await mergeContacts(world.ctx, other.contactId, { otherId: anna, confirm: [] })
    const kept = () => balanceIn(world.ctx, other.contactId, 'USD')
    // $50.00 + $20.00 available, $10.00 on hold.
    expect(await kept()).toMatchObject({ available: 7_000, held: 1_000 })
    await redeemCredit(world.ctx, other.contactId, { amount: 6_000, note: 'invoice 1042' })
    for (const job of [...jobs, waiting.id]) await reverseConversion(world.ctx, job, 'Refunded', owe)
    expect(await kept()).toMatchObject({ available: 0, held: 0, owed: 6_000 })
    expect(await balance()).toMatchObject({ available: 0, held: 0, owed: 0 })
  })

  it('states the total if both sides have used theirs', async () => {
    const campaign = await world.campaign({}, { name: 'Both sides' })
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    const referral = await world.referral(marcus.id)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    const friend = referral.friend.contactId ?? ''
    await redeemCredit(world.ctx, marcus.contactId, { amount: 5_000, note: 'invoice 1' })
    await redeemCredit(world.ctx, friend, { amount: 2_000, note: 'invoice 2' })
    const error = await refused(reverseConversion(world.ctx, referral.id, 'Refunded'))
    expect(error).toEqual({ code: 'credit_spent', shortfall: 7_000, currency: 'USD' })
    await reverseConversion(world.ctx, referral.id, 'Refunded', owe)
    expect((await balanceIn(world.ctx, friend, 'USD')).owed).toBe(2_000)
  })
})
