import { momentAt, redeemCredit as redemption } from '@goodword/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { type Ctx, contextFor, transaction } from '../../../shared/context.ts'
import { postEntries } from '../../money/ledger/ledger.ts'
import { redeemCredit } from '../../money/rewards/credit.ts'
import { releaseDueRewards } from '../../money/rewards/rewards.jobs.ts'
import { updateCampaign } from '../console/campaigns.ts'
import { acceptReferral, convertReferral, declineReferral, reverseConversion } from '../console/referrals.ts'
import { portalHome } from './portal.queries.ts'

const day = 86_400_000
const morning = (on: string) => momentAt(on, '09:00', 'America/Los_Angeles')

let test: TestServices
let world: World

beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  test.clock.set(morning('2026-06-01'))
  world = await anotherWorld(test.services)
})
afterAll(() => test.close())

const portalOf = (contactId: string, at: World = world): Ctx =>
  contextFor(test.services, at.organization.id, {
    type: 'contact',
    id: contactId,
    scope: 'view',
    sessionId: 'pse_test',
  })
const homeOf = (contactId: string) => portalHome(portalOf(contactId))
const convert = (id: string, jobValue: number, paidOn?: string) =>
  convertReferral(world.ctx, id, { jobValue, notify: false, ...(paidOn ? { paidOn } : {}) })
const held = { holdDays: 14 }

async function friendOf(contactId: string) {
  const [friend] = (await homeOf(contactId)).programs[0]?.friends ?? []
  return friend
}

describe("an advocate's home page", () => {
  it('shows a link and an offer before the first friend', async () => {
    const campaign = await world.campaign({}, { linkTarget: 'page', landingUrl: 'https://harbor.example/friends?a=1' })
    const anna = await world.advocate(campaign.id)
    const home = await homeOf(anna.contactId)
    expect(home).toMatchObject({
      firstName: 'Anna',
      initials: 'AK',
      booked: 0,
      available: 0,
      held: 0,
      heldUntil: null,
      history: [],
    })
    expect(home.programs).toEqual([
      {
        campaignName: 'Neighbor Thank-You',
        open: true,
        code: anna.code,
        link: `https://harbor.example/friends?a=1&ref=${anna.code}`,
        headline: 'Give $20, get 5% back',
        explanation: 'Your friend gets $20 credit after their first plumbing visit. You get 5% of the job as credit.',
        friendOffer: '$20 credit after your first plumbing visit',
        shareText: `I recommend ${world.organization.name}. $20 credit after your first plumbing visit with my link:`,
        howItWorks: [
          'Send your link to a friend, or tell them your code.',
          `Your friend leaves their details, and ${world.organization.name} gets in touch with them.`,
          'Your friend gets $20 credit after their first plumbing visit.',
          'You get 5% of the job as credit.',
        ],
        smallPrint: [
          'For friends who haven’t been customers before.',
          'You can have up to 50 open referrals at a time.',
        ],
        nextReward: null,
        friends: [],
        friendsCursor: null,
        friendsTotal: 0,
      },
    ])
  })

  it("follows a friend from the form to the credit, with dates in the business's time zone", async () => {
    const campaign = await world.campaign(held)
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    expect(await friendOf(anna.contactId)).toMatchObject({
      displayName: 'Priya S.',
      initials: 'PS',
      status: 'pending',
      amount: null,
      amountText: '5% back',
      whenText: 'Sent Jun 1',
      why: 'Next: we’ll get in touch with Priya.',
    })
    test.clock.advance(3 * day)
    expect(await friendOf(anna.contactId)).toMatchObject({
      why: 'Waiting because we still have to get in touch with Priya.',
    })
    await acceptReferral(world.ctx, referral.id)
    expect(await friendOf(anna.contactId)).toMatchObject({
      status: 'accepted',
      whenText: 'Since Jun 4',
      why: 'Next: we’ll add your reward once Priya’s job is paid.',
    })
    await convert(referral.id, 225_000, '2026-05-29')
    // 5% of $2,250.00 = $112.50; May 29 plus 14 days is Jun 12.
    expect(await friendOf(anna.contactId)).toMatchObject({
      status: 'converted',
      amount: 11_250,
      whenText: 'Expected Jun 12',
      why: 'Waiting because rewards clear 14 days after a job is paid. Priya’s was paid May 29.',
    })
    const waiting = await homeOf(anna.contactId)
    expect(waiting).toMatchObject({ booked: 1, available: 0, held: 11_250, heldUntil: '2026-06-12T07:00:00.000Z' })
    expect(waiting.history).toMatchObject([{ label: 'Priya S. booked a job', amount: 11_250, kind: 'held' }])

    test.clock.set(morning('2026-06-12'))
    await releaseDueRewards(test.services)
    expect(await friendOf(anna.contactId)).toMatchObject({ amount: 11_250, whenText: 'Added Jun 12', why: null })
    const released = await homeOf(anna.contactId)
    expect(released).toMatchObject({ available: 11_250, held: 0, heldUntil: null })
    expect(released.history).toMatchObject([{ label: 'Priya S. booked a job', amount: 11_250, kind: 'in' }])
  })

  it("is kind about referrals that led to nothing, and doesn't say why staff declined", async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const referral = await world.referral(anna.id)
    await declineReferral(world.ctx, referral.id, 'Rude on the phone')
    const home = await homeOf(anna.contactId)
    expect(home.programs[0]?.friends[0]).toMatchObject({ status: 'declined', amount: null, amountText: '', why: null })
    expect(JSON.stringify(home)).not.toContain('Rude')
  })

  it('shows what was reversed and the reason, before and after it was available', async () => {
    const campaign = await world.campaign(held)
    const anna = await world.advocate(campaign.id)
    const early = await world.referral(anna.id, stranger('Sam Kerr'))
    const late = await world.referral(anna.id, stranger('Leo Mann'))
    await convert(early.id, 100_000)
    await convert(late.id, 40_000)
    await reverseConversion(world.ctx, early.id, 'The job was refunded')
    test.clock.advance(15 * day)
    await releaseDueRewards(test.services)
    test.clock.advance(day)
    await reverseConversion(world.ctx, late.id, 'Paid by mistake')

    const home = await homeOf(anna.contactId)
    expect(home).toMatchObject({ booked: 0, available: 0, held: 0 })
    expect(home.programs[0]?.friends.map(({ status, why }) => [status, why]).sort()).toEqual([
      ['reversed', 'Because: Paid by mistake'],
      ['reversed', 'Because: The job was refunded'],
    ])
    // 5% of $400.00 = $20.00 was earned and reversed; 5% of $1,000.00 was never released.
    expect(home.history.map(({ label, amount, kind }) => [label, amount, kind])).toEqual([
      ['Taken back: Leo M.', -2_000, 'out'],
      ['Leo M. booked a job', 2_000, 'in'],
      ['Taken back before it was added: Sam K.', 0, 'out'],
    ])
    expect(home.history.reduce((sum, entry) => sum + entry.amount, 0)).toBe(home.available)
  })

  it('shows for which friend something is owed back, and when it was repaid', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const first = await convert((await world.referral(anna.id, stranger('Leo Mann'))).id, 40_000)
    await redeemCredit(world.ctx, anna.contactId, { amount: 2_000, note: 'Invoice 7' })
    test.clock.advance(day)
    await reverseConversion(world.ctx, first.id, 'The job was refunded', { confirmOwed: true })
    const owing = await homeOf(anna.contactId)
    // 5% of $400.00 = $20.00, used and reversed.
    expect(owing.history[0]).toMatchObject({
      label: 'Taken back after it was used: Leo M.',
      amount: -2_000,
      kind: 'owed',
    })
    test.clock.advance(day)
    await convert((await world.referral(anna.id, stranger('Ida Noor'))).id, 100_000)
    const paid = await homeOf(anna.contactId)
    // 5% of $1,000.00 = $50.00; $20.00 of it repaid the debt.
    expect(paid.available).toBe(3_000)
    expect(paid.history.map(({ label, amount }) => [label, amount])).toEqual([
      ['Paid back what you owed', -2_000],
      ['Ida N. booked a job', 5_000],
      ['Taken back after it was used: Leo M.', -2_000],
      ['Credit used', -2_000],
      ['Leo M. booked a job', 2_000],
    ])
  })

  it("shows a friend's reward as welcome credit, and what they used as used", async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const converted = await convert((await world.referral(anna.id)).id, 100_000)
    const friendId = converted.friend.contactId ?? ''
    test.clock.advance(day)
    await transaction(world.ctx, (tx) =>
      postEntries(tx, [
        {
          ...redemption({
            organizationId: world.organization.id,
            contactId: friendId,
            amount: 500,
            currency: 'USD',
          }),
          refersTo: { type: 'contact', id: friendId },
          idempotencyKey: `redemption:${friendId}`,
        },
      ]),
    )
    const home = await homeOf(friendId)
    // $20.00 earned, $5.00 used.
    expect(home).toMatchObject({ firstName: 'Priya', available: 1_500, booked: 0 })
    expect(home.history.map(({ label, amount }) => [label, amount])).toEqual([
      ['Credit used', -500],
      ['Your welcome credit', 2_000],
    ])
    expect(home.programs).toHaveLength(1)
  })

  it('shows the progress to the next bonus, and which friend is still pending', async () => {
    const campaign = await world.campaign({
      ...held,
      milestones: [
        { at: 1, amount: 1_000 },
        { at: 3, amount: 5_000 },
        { at: 5, amount: 10_000 },
      ],
    })
    const anna = await world.advocate(campaign.id)
    for (const name of ['Marcus Todd', 'Dana White', 'Priya Shah']) {
      test.clock.advance(20 * day)
      await releaseDueRewards(test.services)
      await convert((await world.referral(anna.id, stranger(name))).id, 100_000)
    }
    // June 1 plus 60 days is July 31; 14 days later is August 14.
    expect((await homeOf(anna.contactId)).programs[0]?.nextReward).toEqual({
      title: 'Next reward: $100.00 bonus',
      countText: '3 of 5 friends',
      steps: [
        { nth: 1, amount: 1_000, state: 'done' },
        { nth: 2, amount: null, state: 'done' },
        { nth: 3, amount: 5_000, state: 'held' },
        { nth: 4, amount: null, state: 'open' },
        { nth: 5, amount: 10_000, state: 'open' },
      ],
      why: 'Priya counts already, as your 3rd friend. That reward is expected Aug 14.',
    })
  })

  it('keeps the link of a closed program and says that it is closed', async () => {
    const campaign = await world.campaign({ milestones: [{ at: 3, amount: 5_000 }] })
    const anna = await world.advocate(campaign.id)
    await updateCampaign(world.ctx, campaign.id, { status: 'paused', termsVersion: campaign.termsVersion })
    expect((await homeOf(anna.contactId)).programs).toMatchObject([{ open: false, nextReward: null, code: anna.code }])
  })

  it("is for contacts only, and not found for another organization's", async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const other = await anotherWorld(test.services, 'Bayside')
    await expect(portalHome(portalOf(anna.contactId, other))).rejects.toMatchObject({ code: 'not_found' })
    await expect(portalHome(world.ctx)).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
