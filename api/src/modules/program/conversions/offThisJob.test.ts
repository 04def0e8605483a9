import { OutstandingQuery, type Terms } from '@goodword/contracts'
import { wordsIn } from '@goodword/words/server'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { annasRewards } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import type { Ctx } from '../../../shared/context.ts'
import { ledgerTransfers } from '../../money/ledger/ledger.table.ts'
import { balanceIn } from '../../money/ledger/ledger.ts'
import { adjustCredit, redeemCredit } from '../../money/rewards/credit.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { ledgerOfContact } from '../../surfaces/console/ledger.queries.ts'
import { mergeContacts } from '../../surfaces/person/merging.ts'
import { historyPage } from '../../surfaces/portal/history.queries.ts'
import { reportOutstanding } from '../../surfaces/reports/outstanding.queries.ts'
import { updateCampaign } from '../campaigns/campaigns.ts'
import { convertReferral, findConversion } from './conversions.ts'
import { previewConversion } from './preview.ts'
import { reverseConversion } from './reversal.ts'

let test: TestServices
let world: World
const { mails } = annasRewards(() => ({ test, world }))
worldForEach((...given) => {
  ;[test, world] = given
})

/** Anna refers Priya, whose $1,000.00 job converts with these terms. */
async function convert({
  jobValue = 100_000,
  person = stranger(),
  by = world.ctx,
  ...terms
}: Partial<Terms> & { jobValue?: number; person?: ReturnType<typeof stranger>; by?: Ctx } = {}) {
  const campaign = await world.campaign({ friendRewardUse: 'off_this_job', ...terms })
  const anna = await world.advocate(campaign.id)
  test.clock.advance(1_000)
  const referral = await world.referral(anna.id, person)
  await convertReferral(by, referral.id, { jobValue, invoice: '1042', notify: true })
  return { campaign, anna, referralId: referral.id, priya: referral.friend.contactId ?? '' }
}
const balance = (contactId: string) => balanceIn(world.ctx, contactId, 'USD')
const rewardOf = async (contactId: string) =>
  test.services.database.read.select().from(rewards).where(eq(rewards.contactId, contactId)).get()

describe('a friend’s reward off this job', () => {
  it('is issued and redeemed in the conversion, and never owed', async () => {
    const { priya, anna, referralId } = await convert()
    expect(await rewardOf(priya)).toMatchObject({ amount: 2_000, status: 'redeemed', offThisJob: true })
    expect(await balance(priya)).toMatchObject({ available: 0, held: 0, owed: 0 })
    // Anna can use 5% of $1,000.00.
    expect(await balance(anna.contactId)).toMatchObject({ available: 5_000 })
    expect((await findConversion(world.ctx, referralId))?.frozen.friend).toMatchObject({
      amount: 2_000,
      use: 'off_this_job',
    })
  })

  it("isn't outstanding in any report, which matches the sum of the transfers", async () => {
    const { anna } = await convert()
    const report = await reportOutstanding(world.ctx, OutstandingQuery.parse({}))
    expect(report.totals).toEqual({ available: 5_000, held: 0, owed: 0 })
    expect(report.items.map(({ contactId, available }) => [contactId, available])).toEqual([[anna.contactId, 5_000]])
    const posted = await test.services.database.read.select().from(ledgerTransfers)
    // Earned: $50.00 + $20.00. Used: $20.00. Outstanding: $50.00.
    const sumOf = (code: string) =>
      posted.filter((one) => one.code === code).reduce((sum, { amount }) => sum + amount, 0)
    expect([sumOf('reward_issued'), sumOf('redemption')]).toEqual([7_000, 2_000])
  })

  it('is described as such to the friend, in the message and in their credit history', async () => {
    const { priya } = await convert()
    const [mail] = await mails('friend_welcome')
    expect(mail?.body).toContain('$20.00 comes off your bill for this job.')
    expect(mail?.body).not.toContain('yours to use')
    const { items } = await historyPage(world.ctx, priya, 'USD', {}, wordsIn('en'))
    expect(items.map(({ label, amount }) => [label, amount])).toEqual([
      ['Taken off your job', -2_000],
      ['Your welcome discount', 2_000],
    ])
    const ledger = await ledgerOfContact(world.ctx, priya, { limit: 20 })
    expect(ledger.items.map(({ label, balance: after }) => [label, after])).toEqual([
      ['Reward as a friend, redeemed', 0],
      ['Reward as a friend', 2_000],
    ])
  })

  it('is shown before converting, limited to the job value', async () => {
    const campaign = await world.campaign({ friendRewardUse: 'off_this_job' })
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const { friend, advocate } = await previewConversion(world.ctx, referral.id, { jobValue: 1_500 })
    expect(friend).toMatchObject({ amount: 1_500, offThisJob: true })
    expect(advocate.offThisJob).toBe(false)
    await convertReferral(world.ctx, referral.id, { jobValue: 1_500, notify: false })
    expect(await rewardOf(referral.friend.contactId ?? '')).toMatchObject({ amount: 1_500 })
  })

  it('needs no approval, because the invoice is written now', async () => {
    const { priya, anna } = await convert({ approval: 'staff' })
    expect(await rewardOf(priya)).toMatchObject({ status: 'redeemed', needsApproval: false })
    expect(await rewardOf(anna.contactId)).toMatchObject({ status: 'pending', needsApproval: true })
  })

  it("uses up none of the friend's other credit: their $15.00 stay in the reward they came from", async () => {
    const first = await convert({ friendRewardUse: 'after_job', person: stranger('Elena Petrova') })
    await redeemCredit(world.ctx, first.priya, { amount: 500, note: 'invoice 7' })
    await mergeContacts(world.ctx, first.priya, { otherId: (await convert()).priya, confirm: [] })
    await redeemCredit(world.ctx, first.priya, { amount: 100, note: 'invoice 8' })
    // $20.00 − $5.00 − $1.00 = $14.00 of the first reward. The $20.00 off the second job were used with that job.
    expect(await balance(first.priya)).toMatchObject({ available: 1_400 })
    const all = await test.services.database.read.select().from(rewards).where(eq(rewards.contactId, first.priya))
    expect(all.map(({ status, offThisJob }) => [status, offThisJob])).toEqual([
      ['issued', false],
      ['redeemed', true],
    ])
  })

  it("doesn't repay what the friend owes, because it isn't available credit", async () => {
    const earlier = await convert({ friendRewardUse: 'after_job', person: stranger('Elena Petrova') })
    await redeemCredit(world.ctx, earlier.priya, { amount: 2_000, note: 'invoice 7' })
    await reverseConversion(world.ctx, earlier.referralId, 'Refunded', { confirmOwed: true })
    expect(await balance(earlier.priya)).toMatchObject({ available: 0, owed: 2_000 })
    const campaign = await world.campaign({ friendRewardUse: 'off_this_job', existingCustomers: 'accept' })
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    const referral = await world.referral(marcus.id, { name: 'Elena Petrova', email: await emailOf(earlier.priya) })
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    expect(referral.friend.contactId).toBe(earlier.priya)
    expect(await balance(earlier.priya)).toMatchObject({ available: 0, owed: 2_000 })
  })
})

async function emailOf(contactId: string): Promise<string> {
  const [row] = await test.services.database.read.all<[string]>(
    `SELECT value FROM contact_addresses WHERE contact_id = '${contactId}' AND kind = 'email'`,
  )
  return row?.[0] ?? ''
}

describe('reversing a conversion with a reward off this job', () => {
  it("doesn't count as used credit: staff can undo it within ten minutes, and nobody owes anything", async () => {
    const joe = await world.as('staff')
    const { priya, referralId, anna } = await convert({ by: joe })
    await reverseConversion(joe, referralId, 'The wrong Priya')
    expect(await rewardOf(priya)).toMatchObject({ status: 'voided' })
    expect(await balance(priya)).toMatchObject({ available: 0, held: 0, owed: 0 })
    expect(await balance(anna.contactId)).toMatchObject({ available: 0, owed: 0 })
    // Every transfer has its mirror: $50.00, $20.00 and $20.00 both ways.
    const posted = await test.services.database.read.select().from(ledgerTransfers)
    const signed = posted.map(({ amount, reversesId }) => (reversesId === null ? amount : -amount))
    expect(signed.sort((a, b) => a - b)).toEqual([-5_000, -2_000, -2_000, 2_000, 2_000, 5_000])
    const [mail] = (await mails('conversion_reversed')).filter(({ contactId }) => contactId === priya)
    expect(mail?.body).toContain('Your credit didn’t change.')
    expect(mail?.body).toContain('The $20.00 off that job no longer applies.')
  })

  it("leaves the friend's other credit alone", async () => {
    const { priya, referralId } = await convert()
    await adjustCredit(world.ctx, priya, { amount: 700, currency: 'USD', note: 'For the wait' })
    await reverseConversion(world.ctx, referralId, 'Refunded')
    expect(await balance(priya)).toMatchObject({ available: 700, owed: 0 })
  })

  it('is still refused if the advocate used theirs, and only that amount is owed back', async () => {
    const { anna, priya, referralId } = await convert()
    await redeemCredit(world.ctx, anna.contactId, { amount: 5_000, note: 'invoice 9' })
    await expect(reverseConversion(world.ctx, referralId, 'Refunded')).rejects.toMatchObject({
      code: 'credit_spent',
      facts: { shortfall: 5_000 },
    })
    await reverseConversion(world.ctx, referralId, 'Refunded', { confirmOwed: true })
    expect(await balance(anna.contactId)).toMatchObject({ available: 0, owed: 5_000 })
    expect(await balance(priya)).toMatchObject({ available: 0, owed: 0 })
  })

  it('works for a friend who was merged with another contact', async () => {
    const { priya, referralId } = await convert()
    const other = (await convert({ friendRewardUse: 'after_job', person: stranger('Priya S.') })).priya
    await mergeContacts(world.ctx, other, { otherId: priya, confirm: [] })
    await reverseConversion(world.ctx, referralId, 'Refunded')
    expect(await balance(other)).toMatchObject({ available: 2_000, owed: 0 })
    expect(await balance(priya)).toMatchObject({ available: 0, owed: 0 })
  })
})

describe('a campaign from before the choice existed', () => {
  it('keeps paying credit to its friends, and referrals submitted before it switched to “off this job” get that', async () => {
    const campaign = await world.campaign()
    const { friendRewardUse: _, ...then } = campaign.terms
    await test.services.database.write(async (db) => {
      await db.run('DROP TRIGGER campaign_terms_no_update')
      await db.run(`UPDATE campaign_terms SET terms = '${JSON.stringify(then)}'`)
    })
    const anna = await world.advocate(campaign.id)
    const [early, late] = [await world.referral(anna.id), await world.referral(anna.id)]
    await convertReferral(world.ctx, early.id, { jobValue: 100_000, notify: false })
    expect(await balance(early.friend.contactId ?? '')).toMatchObject({ available: 2_000 })
    const terms: Terms = { ...campaign.terms, friendRewardUse: 'off_this_job' }
    await updateCampaign(world.ctx, campaign.id, { termsVersion: 1, terms })
    await convertReferral(world.ctx, late.id, { jobValue: 100_000, notify: false })
    expect(await rewardOf(late.friend.contactId ?? '')).toMatchObject({ amount: 2_000, offThisJob: true })
    expect(await balance(late.friend.contactId ?? '')).toMatchObject({ available: 0 })
  })
})
