import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import type { Ctx } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { releaseDueRewards } from '../../money/rewards/rewards.jobs.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { loadAdvocate } from '../../surfaces/console/advocates.queries.ts'
import { updateCampaign } from '../../surfaces/console/campaigns.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { listReferrals } from '../../surfaces/console/referrals.queries.ts'
import { convertReferral, declineReferral, reverseConversion } from '../../surfaces/console/referrals.ts'
import { findEnrollment } from '../advocates/advocates.ts'
import { previewConversion } from './preview.ts'

const day = 86_400_000

describe('converting a referral', () => {
  let test: TestServices
  let world: World
  beforeAll(async () => {
    test = await createTestServices()
  })
  beforeEach(async () => {
    world = await createWorld(test.services, `Harbor ${Math.random().toString(36).slice(2)}`)
  })
  afterAll(async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    await test.close()
  })

  const balance = async (contactId: string) => (await balancesOfContact(world.ctx, contactId))[0]

  it('pays 5% of the job to the advocate and $20 to the friend, who becomes an advocate', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const converted = await convertReferral(world.ctx, referral.id, { jobValue: 125_000, notify: true })

    expect(converted.status).toBe('converted')
    // 5% of $1,250.00 = $62.50
    expect(await balance(anna.contactId)).toMatchObject({ available: 6_250, held: 0 })
    const friendId = converted.friend.contactId ?? ''
    expect(await balance(friendId)).toMatchObject({ available: 2_000, held: 0 })
    const own = await findEnrollment(world.ctx, campaign.id, friendId)
    expect(await loadAdvocate(world.ctx, own?.id ?? '')).toMatchObject({ available: 2_000, name: 'Priya Shah' })
    const queued = await listMessages(world.ctx, { limit: 20 })
    expect(queued.items.map((message) => message.template).sort()).toEqual(['friend_welcome', 'reward_earned'])
  })

  it('returns the same result for a repeat, and rejects different values', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const first = await convertReferral(world.ctx, referral.id, { jobValue: 40_000, notify: false })
    const again = await convertReferral(world.ctx, referral.id, { jobValue: 40_000, notify: false })
    expect(again.conversion).toEqual(first.conversion)
    await expect(convertReferral(world.ctx, referral.id, { jobValue: 40_001, notify: false })).rejects.toMatchObject({
      code: 'conversion_differs',
    })
    // 5% of $400.00 = $20.00, once.
    expect(await balance(anna.contactId)).toMatchObject({ available: 2_000 })
  })

  it('creates one conversion for fifty parallel requests for one referral', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const results = await Promise.all(
      Array.from({ length: 50 }, () => convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: true })),
    )
    expect(new Set(results.map((result) => result.conversion?.id)).size).toBe(1)
    // 5% of $1,000.00 = $50.00, once.
    expect(await balance(anna.contactId)).toMatchObject({ available: 5_000 })
  })

  it('lets exactly one of two rivals win, whichever is faster', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    const priya = stranger()
    const byAnna = await world.referral(anna.id, priya)
    const byMarcus = await world.referral(marcus.id, priya)
    expect((await loadReferral(world.ctx, byAnna.id)).rivals).toBe(1)

    const results = await Promise.allSettled([
      convertReferral(world.ctx, byAnna.id, { jobValue: 100_000, notify: false }),
      convertReferral(world.ctx, byMarcus.id, { jobValue: 100_000, notify: false }),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = results.find((result) => result.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'rival_converted' })
    const { items } = await listReferrals(world.ctx, { limit: 20, sort: 'newest' })
    expect(items.map((row) => row.status).sort()).toEqual(['converted', 'expired'])
    const expired = await loadReferral(world.ctx, items.find((row) => row.status === 'expired')?.id ?? '')
    expect(expired.supersededBy).toBe(items.find((row) => row.status === 'converted')?.id)
  })

  it('holds the reward until fourteen days after the job was paid, then releases it once', async () => {
    const campaign = await world.campaign({ holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    // Paid on May 29; held to June 12, 00:00 in Los Angeles.
    const converted = await convertReferral(world.ctx, referral.id, {
      jobValue: 100_000,
      paidOn: '2026-05-29',
      notify: false,
    })
    expect(converted.nextStep).toEqual({ kind: 'reward_clears', at: '2026-06-12T07:00:00.000Z' })
    expect(await balance(anna.contactId)).toMatchObject({ available: 0, held: 5_000 })
    const before = test.clock.now()
    test.clock.advance(10 * day)
    await releaseDueRewards(test.services)
    expect(await balance(anna.contactId)).toMatchObject({ available: 0, held: 5_000 })
    test.clock.advance(1 * day)
    await Promise.all([releaseDueRewards(test.services), releaseDueRewards(test.services)])
    expect(await balance(anna.contactId)).toMatchObject({ available: 5_000, held: 0 })
    test.clock.set(before)
  })

  it('pays at least the terms at submission when the campaign now pays less, and shows the version it used', async () => {
    const campaign = await world.campaign({ advocate: { kind: 'credit', value: { type: 'fixed', amount: 5_000 } } })
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    await updateCampaign(world.ctx, campaign.id, {
      termsVersion: 1,
      terms: { ...campaign.terms, advocate: { kind: 'credit', value: { type: 'fixed', amount: 1_000 } } },
    })
    const converted = await convertReferral(world.ctx, referral.id, { notify: false })
    // The terms at submission pay $50.00, today's only $10.00.
    expect(converted).toMatchObject({ advocateReward: 5_000, conversion: { termsVersion: 2 } })
    await updateCampaign(world.ctx, campaign.id, {
      termsVersion: 2,
      terms: { ...campaign.terms, advocate: { kind: 'credit', value: { type: 'fixed', amount: 9_900 } } },
    })
    expect((await loadReferral(world.ctx, referral.id)).conversion?.advocateReward).toBe(5_000)
  })

  it('requires the job value for a percentage reward, and rejects a payment date in the future', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    await expect(convertReferral(world.ctx, referral.id, { notify: false })).rejects.toMatchObject({
      code: 'job_value_required',
    })
    await expect(
      convertReferral(world.ctx, referral.id, { jobValue: 1, paidOn: '2026-06-02', notify: false }),
    ).rejects.toMatchObject({ code: 'validation_failed' })
    expect((await loadReferral(world.ctx, referral.id)).status).toBe('pending')
  })

  it("pays in the campaign's currency, even if the organization has changed its own", async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    await test.services.database.write(async (tx) => {
      await tx.update(organizations).set({ currency: 'EUR' }).where(eq(organizations.id, world.organization.id))
    })
    expect(await previewConversion(world.ctx, referral.id, { jobValue: 100_000 })).toMatchObject({ currency: 'USD' })
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: true })
    // 5% of $1,000.00 = $50.00
    expect(await balancesOfContact(world.ctx, anna.contactId)).toEqual([
      { currency: 'USD', available: 5_000, held: 0, owed: 0 },
    ])
  })

  it('says in words what a side gets that is not money', async () => {
    const campaign = await world.campaign({
      advocate: { kind: 'discount_code', discount: { type: 'percent', basisPoints: 2_000 }, source: 'generated' },
    })
    const referral = await world.referral((await world.advocate(campaign.id)).id)
    const before = { advocateReward: null, advocateRewardText: null, friendReward: null, friendRewardText: null }
    expect(await loadReferral(world.ctx, referral.id)).toMatchObject(before)
    expect(await convertReferral(world.ctx, referral.id, { jobValue: 125_000, notify: false })).toMatchObject({
      advocateReward: 0,
      advocateRewardText: '20% off',
      friendReward: 2_000,
      friendRewardText: null,
    })
  })

  it('shows in the preview exactly what converting does', async () => {
    const campaign = await world.campaign({ milestones: [{ at: 1, amount: 1_000 }], holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const preview = await previewConversion(world.ctx, referral.id, { jobValue: 125_000 })
    // 5% of $1,250.00 = $62.50, and $10.00 for the first friend; $20.00 for the friend.
    expect(preview).toMatchObject({ nth: 1, total: 9_250, advocate: { amount: 7_250 }, friend: { amount: 2_000 } })
    // $92.50 of $1,250.00 = 7.4%
    expect(preview.shareOfJobBasisPoints).toBe(740)
    const converted = await convertReferral(world.ctx, referral.id, { jobValue: 125_000, notify: false })
    expect(converted).toMatchObject({ advocateReward: 7_250, friendReward: 2_000 })
  })

  it('stops at the yearly cap and says so, and the conversion stands', async () => {
    const campaign = await world.campaign({ advocateCaps: { year: 6_000 } })
    const anna = await world.advocate(campaign.id)
    const first = await world.referral(anna.id)
    const second = await world.referral(anna.id)
    await convertReferral(world.ctx, first.id, { jobValue: 100_000, notify: false })
    // $50.00 paid; only $10.00 of the next $50.00 is left under the $60.00 cap.
    expect((await previewConversion(world.ctx, second.id, { jobValue: 100_000 })).advocate).toMatchObject({
      amount: 1_000,
    })
    expect(await convertReferral(world.ctx, second.id, { jobValue: 100_000, notify: false })).toMatchObject({
      advocateReward: 1_000,
    })
  })

  it('is reversed with mirrored transfers, and the unused enrollment is deactivated', async () => {
    const campaign = await world.campaign({ holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const converted = await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    const reversed = await reverseConversion(world.ctx, referral.id, 'The job was canceled')
    expect(reversed.status).toBe('reversed')
    expect(reversed.rewards.map((reward) => reward.status)).toEqual(['voided', 'voided'])
    expect(await balance(anna.contactId)).toMatchObject({ available: 0, held: 0 })
    expect(await balance(converted.friend.contactId ?? '')).toMatchObject({ available: 0 })
    expect(reversed.conversion).toEqual(converted.conversion)
    await expect(reverseConversion(world.ctx, referral.id, 'Twice')).rejects.toMatchObject({
      code: 'transition_not_allowed',
    })
  })

  describe('can be undone', () => {
    const minute = 60_000
    const tooLate = { code: 'undo_too_late' }
    const secretKey = (id: string): Ctx => ({ ...world.ctx, actor: { type: 'key', id, scopes: ['referrals:write'] } })
    const convertedBy = async (who: Ctx): Promise<string> => {
      const anna = await world.advocate((await world.campaign()).id)
      const { id } = await world.referral(anna.id)
      const { conversion } = await convertReferral(who, id, { jobValue: 100_000, notify: false })
      expect(conversion?.convertedBy).toBe('id' in who.actor ? who.actor.id : null)
      return id
    }

    it('by the staff member who converted for ten minutes, by an admin at any time', async () => {
      const stan = await world.as('staff')
      const [early, late] = [await convertedBy(stan), await convertedBy(stan)]
      test.clock.advance(10 * minute)
      expect((await reverseConversion(stan, early, 'Marked by mistake')).status).toBe('reversed')
      test.clock.advance(1)
      await expect(reverseConversion(stan, late, 'Late')).rejects.toMatchObject(tooLate)
      expect((await reverseConversion(await world.as('admin'), late, 'Late, by an admin')).status).toBe('reversed')
    })

    it('by no other staff member, however soon', async () => {
      const [stan, stella] = [await world.as('staff'), await world.as('staff', 'Stella Staff')]
      for (const converter of [stan, world.ctx, await world.as('admin')]) {
        const id = await convertedBy(converter)
        await expect(reverseConversion(stella, id, 'Not mine')).rejects.toMatchObject(tooLate)
      }
    })

    it('by the key that converted, and no other', async () => {
      const id = await convertedBy(secretKey('key_one'))
      await expect(reverseConversion(secretKey('key_two'), id, 'Not mine')).rejects.toMatchObject(tooLate)
      await expect(reverseConversion(await world.as('staff'), id, 'Not mine')).rejects.toMatchObject(tooLate)
      expect((await reverseConversion(secretKey('key_one'), id, 'Refunded')).status).toBe('reversed')
    })
  })

  it('rejects a declined referral, and one of another organization', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    const other = await createWorld(test.services, 'Other Pipes')
    for (const verb of [
      () => convertReferral(other.ctx, referral.id, { jobValue: 1, notify: false }),
      () => previewConversion(other.ctx, referral.id, {}),
      () => reverseConversion(other.ctx, referral.id, 'Not mine'),
      () => loadReferral(other.ctx, referral.id),
    ]) {
      await expect(verb()).rejects.toMatchObject({ code: 'not_found' })
    }
    await declineReferral(world.ctx, referral.id, 'Outside the service area')
    await expect(convertReferral(world.ctx, referral.id, { jobValue: 1, notify: false })).rejects.toMatchObject({
      code: 'transition_not_allowed',
    })
  })
})
