import { describe, expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { loadAdvocate } from '../../surfaces/console/advocates.queries.ts'
import { inviteAdvocate } from '../../surfaces/console/advocates.ts'
import { updateCampaign } from '../../surfaces/console/campaigns.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { listReferrals } from '../../surfaces/console/referrals.queries.ts'
import {
  acceptReferral,
  convertReferral,
  createReferral,
  declineReferral,
  reverseConversion,
  unacceptReferral,
} from '../../surfaces/console/referrals.ts'
import { findByCode } from '../advocates/advocates.ts'
import { expireDueReferrals } from './expiry.ts'

const day = 86_400_000

describe("a referral's status", () => {
  let test: TestServices
  let world: World
  anotherWorldForEach((...given) => {
    ;[test, world] = given
  })

  const converts = (id: string) => convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
  const statusOf = async (id: string) => (await loadReferral(world.ctx, id)).status
  async function referralOf(terms = {}, friend = stranger()) {
    const campaign = await world.campaign(terms)
    const anna = await world.advocate(campaign.id)
    return { campaign, anna, friend, referral: await world.referral(anna.id, friend) }
  }

  it('is accepted, moved back and declined, each step recorded with its date, actor and reason', async () => {
    const { referral } = await referralOf()
    await acceptReferral(world.ctx, referral.id, 'Called on Monday')
    await unacceptReferral(world.ctx, referral.id)
    const declined = await declineReferral(world.ctx, referral.id, 'Outside the service area')
    expect(declined.timeline.map(({ status, reason }) => [status, reason])).toEqual(
      expect.arrayContaining([
        ['pending', null],
        ['accepted', 'Called on Monday'],
        ['declined', 'Outside the service area'],
      ]),
    )
    expect(declined.timeline.map(({ by }) => by)).toContain('Maya Ortiz')
    expect(declined.reason).toBe('Outside the service area')
  })

  it.each(['declined', 'expired', 'converted', 'reversed'] as const)(
    "can't go back from %s without being reopened",
    async (status) => {
      const { anna, campaign, referral, friend } = await referralOf()
      if (status === 'declined') await declineReferral(world.ctx, referral.id, 'No sale')
      if (status === 'converted' || status === 'reversed') await converts(referral.id)
      if (status === 'reversed') await reverseConversion(world.ctx, referral.id, 'Canceled')
      if (status === 'expired') {
        const rival = await world.referral((await world.advocate(campaign.id)).id, friend)
        await converts(rival.id)
      }
      expect(await statusOf(referral.id)).toBe(status)
      await expect(unacceptReferral(world.ctx, referral.id)).rejects.toMatchObject({ code: 'transition_not_allowed' })
      expect(await statusOf(referral.id)).toBe(status)
      expect((await loadAdvocate(world.ctx, anna.id)).referrals).toBe(1)
    },
  )

  it('moves once if two people decide at the same time', async () => {
    const { referral } = await referralOf()
    const both = await Promise.allSettled([
      declineReferral(world.ctx, referral.id, 'No sale'),
      declineReferral(world.ctx, referral.id, 'No answer'),
    ])
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('lets the same friend be referred again once it is declined', async () => {
    const { anna, friend, referral } = await referralOf({ liveReferralsMax: 1 })
    const again = () => createReferral(world.ctx, { advocateId: anna.id, friend, metadata: {} })
    await expect(again()).rejects.toMatchObject({ code: 'already_referred' })
    await expect(world.referral(anna.id)).rejects.toMatchObject({ code: 'advocate_limit_reached' })
    await declineReferral(world.ctx, referral.id, 'No sale')
    expect((await again()).status).toBe('pending')
  })

  describe('an expired referral', () => {
    it('expires silently when its campaign ends, if it is pending', async () => {
      const end = new Date(test.clock.now() + 3 * day).toISOString()
      const { campaign, anna, referral } = await referralOf()
      const accepted = await world.referral(anna.id)
      await acceptReferral(world.ctx, accepted.id)
      await updateCampaign(world.ctx, campaign.id, { termsVersion: 1, endsAt: end })
      await expireDueReferrals(test.services)
      expect(await statusOf(referral.id)).toBe('pending')
      test.clock.advance(3 * day)
      await Promise.all([expireDueReferrals(test.services), expireDueReferrals(test.services)])
      const expired = await loadReferral(world.ctx, referral.id)
      expect(expired).toMatchObject({ status: 'expired', reason: 'The campaign ended' })
      expect(expired.timeline.filter(({ status }) => status === 'expired')).toHaveLength(1)
      expect(await statusOf(accepted.id)).toBe('accepted')
      await expect(world.referral(anna.id)).rejects.toMatchObject({ code: 'campaign_ended' })
    })

    it('expires after the days its terms allow, to the millisecond', async () => {
      const { referral } = await referralOf({ pendingExpiresDays: 30 })
      test.clock.advance(30 * day - 1)
      await expireDueReferrals(test.services)
      expect(await statusOf(referral.id)).toBe('pending')
      test.clock.advance(1)
      await expireDueReferrals(test.services)
      expect(await loadReferral(world.ctx, referral.id)).toMatchObject({
        status: 'expired',
        reason: 'No reply in time',
      })
    })

    it("doesn't keep the same friend from being referred again", async () => {
      const { anna, friend } = await referralOf({ pendingExpiresDays: 1 })
      test.clock.advance(day)
      await expireDueReferrals(test.services)
      const again = await createReferral(world.ctx, { advocateId: anna.id, friend, metadata: {} })
      expect(again.status).toBe('pending')
    })
  })

  describe('a conversion made by mistake and reversed', () => {
    it('leaves the friend a new customer, so that the right referral can be converted', async () => {
      const { campaign, friend, referral } = await referralOf()
      const converted = await converts(referral.id)
      const contactId = converted.friend.contactId ?? ''
      expect((await getContact(world.ctx, contactId)).customerSince).toBe(test.clock.now())
      await reverseConversion(world.ctx, referral.id, 'The wrong row')
      expect((await getContact(world.ctx, contactId)).customerSince).toBeNull()
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      const right = await world.referral(marcus.id, friend)
      expect((await converts(right.id)).status).toBe('converted')
    })

    it('keeps a friend a customer if another job made them one', async () => {
      const { friend, referral } = await referralOf({ existingCustomers: 'accept' })
      const converted = await converts(referral.id)
      test.clock.advance(day)
      const elsewhere = await world.campaign({ existingCustomers: 'accept' })
      const second = await world.referral((await world.advocate(elsewhere.id)).id, friend)
      await converts(second.id)
      const secondAt = test.clock.now()
      test.clock.advance(day)
      await reverseConversion(world.ctx, referral.id, 'Canceled')
      expect((await getContact(world.ctx, converted.friend.contactId ?? '')).customerSince).toBe(secondAt)
    })

    it('deactivates the unused link, and inviting the person restores the same link', async () => {
      const { campaign, friend, referral } = await referralOf()
      const converted = await converts(referral.id)
      const [own] = await world.ctx.db.all<[string, string]>(
        `SELECT id, code FROM enrollments WHERE contact_id = '${converted.friend.contactId}'`,
      )
      const [id = '', code = ''] = own ?? []
      expect(await findByCode(test.services, code)).toMatchObject({ id })
      await reverseConversion(world.ctx, referral.id, 'Canceled')
      expect(await findByCode(test.services, code)).toBeUndefined()
      await expect(world.referral(id)).rejects.toMatchObject({ code: 'code_unknown' })
      const invited = await inviteAdvocate(world.ctx, { campaignId: campaign.id, notify: true, ...friend })
      expect(invited).toMatchObject({ id, code })
      expect(await findByCode(test.services, code)).toMatchObject({ id })
    })

    it('keeps the link of a friend who has referred somebody with it', async () => {
      const { referral } = await referralOf()
      const converted = await converts(referral.id)
      const [own] = await world.ctx.db.all<[string, string]>(
        `SELECT id, code FROM enrollments WHERE contact_id = '${converted.friend.contactId}'`,
      )
      await world.referral(own?.[0] ?? '')
      await reverseConversion(world.ctx, referral.id, 'Canceled')
      expect(await findByCode(test.services, own?.[1] ?? '')).toBeDefined()
    })
  })

  it('has one row per external id in a campaign', async () => {
    const { anna } = await referralOf()
    const create = () =>
      createReferral(world.ctx, { advocateId: anna.id, friend: stranger(), externalId: 'crm-1', metadata: {} })
    const first = await create()
    await expect(create()).rejects.toMatchObject({ code: 'already_referred', facts: { existingId: first.id } })
    const { items } = await listReferrals(world.ctx, { limit: 20, sort: 'newest', externalId: 'crm-1' })
    expect(items.map(({ id }) => id)).toEqual([first.id])
  })
})
