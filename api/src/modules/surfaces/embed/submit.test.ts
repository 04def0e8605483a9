import { describe, expect, it } from 'vitest'
import { type FriendForm, friendForm, refusal } from '../../../../test/friendForm.ts'
import { createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { inviteAdvocate } from '../console/advocates.ts'
import { updateCampaign } from '../console/campaigns.ts'
import { convertReferral, createReferral } from '../console/referrals.ts'
import { loadForm } from './form.ts'
import { flushVisits, recordVisit } from './visits.ts'

const hour = 3_600_000
const neutral = "Thanks. We can't add this referral; call us at (415) 555-0100 and we'll sort it out."

describe("the friend's form", () => {
  let test: TestServices
  let world: World
  let form: FriendForm['form']
  let send: FriendForm['send']
  let drawn: FriendForm['drawn']
  let ctx: FriendForm['ctx']
  let campaignContext: FriendForm['campaignContext']
  let referrals: FriendForm['referrals']
  anotherWorldForEach((...given) => {
    ;[test, world] = given
    ;({ form, send, drawn, ctx, campaignContext, referrals } = friendForm(test, world))
  })

  it('becomes a pending referral with the data as typed, and staff, advocate and friend get their messages', async () => {
    const { anna } = await campaignContext()
    const sent = await send(form(anna.code, { name: 'Priya Shah', email: 'Priya@Mail.Example', message: 'A leak' }))
    expect(sent).toMatchObject({ title: 'Thanks, Priya. Your $20 credit is saved.', advocateFirstName: 'Anna' })
    const [referral] = await referrals()
    expect(referral).toMatchObject({
      status: 'pending',
      source: 'widget',
      message: 'A leak',
      friend: { name: 'Priya Shah', email: 'Priya@Mail.Example' },
      advocate: { id: anna.id },
    })
    const queued = (await listMessages(world.ctx, { limit: 20 })).items
    expect(queued.map(({ template, to }) => [template, to]).sort()).toEqual([
      ['referral_received_advocate', anna.email],
      ['referral_received_friend', 'priya@mail.example'],
      ['referral_received_staff', world.owner.email],
    ])
  })

  it.each(['lower case', 'spaces', 'dashes'])('accepts a code typed with %s', async (how) => {
    const { anna } = await campaignContext()
    const typed = {
      'lower case': anna.code.toLowerCase(),
      spaces: ` ${anna.code.slice(0, 3)} ${anna.code.slice(3)} `,
      dashes: anna.code.split('').join('-'),
    }[how]
    await send(form(typed ?? ''))
    expect(await referrals()).toHaveLength(1)
  })

  describe('is rejected, in this order,', () => {
    it('if nobody has the code, or only another organization does', async () => {
      const other = await createWorld(test.services, 'Other Pipes')
      const theirs = await other.advocate((await other.campaign()).id)
      const words = 'We don’t know that code. Check it, or ask your friend to send the link again.'
      await expect(send(form('NOBODYS'))).rejects.toMatchObject(refusal('code_unknown', words))
      await expect(send(form(theirs.code))).rejects.toMatchObject(refusal('code_unknown', words))
    })

    it("if the campaign is paused, has ended, or hasn't begun", async () => {
      const { campaign, anna } = await campaignContext()
      const set = (fields: object) => updateCampaign(world.ctx, campaign.id, { termsVersion: 1, ...fields })
      const at = (ms: number) => new Date(test.clock.now() + ms).toISOString()
      await set({ status: 'paused' })
      await expect(send(form(anna.code))).rejects.toMatchObject(
        refusal('campaign_not_active', 'This offer isn’t open right now. You can still book a visit.'),
      )
      await set({ status: 'active', startsAt: at(hour) })
      await expect(send(form(anna.code))).rejects.toMatchObject(refusal('campaign_not_started'))
      await set({ startsAt: null, endsAt: at(hour) })
      await send(form(anna.code))
      test.clock.advance(hour)
      await expect(send(form(anna.code))).rejects.toMatchObject({
        code: 'campaign_ended',
        message: expect.stringMatching(/^This offer ended on \w+ \d+\. You can still book a visit\.$/),
      })
      expect(await referrals()).toHaveLength(1)
    })

    it('if the friend is the advocate, by email or by phone', async () => {
      const { campaign } = await campaignContext()
      const who = stranger('Anna Kowalski')
      const anna = await world.advocate(campaign.id, who)
      const words = 'This is your own link. Send it to a friend.'
      for (const self of [
        { email: who.email.toUpperCase() },
        { phone: who.phone },
        { email: who.email, phone: who.phone },
      ]) {
        const input = { code: anna.code, name: 'Somebody Else', formToken: drawn(), ...self }
        await expect(send(input)).rejects.toMatchObject(refusal('self_referral', words))
      }
    })

    it('with a neutral sentence, if the friend referred the advocate, is an advocate or a customer, or the advocate has too many', async () => {
      const { campaign, anna } = await campaignContext({ liveReferralsMax: 1 })
      const priya = stranger()
      const referral = await createReferral(world.ctx, { advocateId: anna.id, friend: priya, metadata: {} })
      await expect(send(form(anna.code))).rejects.toMatchObject(refusal('referral_not_possible', neutral))
      await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      const toMarcus = form(marcus.code, { ...priya })
      await expect(send(toMarcus)).rejects.toMatchObject(refusal('referral_not_possible', neutral))
      await expect(
        createReferral(world.ctx, { advocateId: marcus.id, friend: priya, metadata: {} }),
      ).rejects.toMatchObject(refusal('friend_is_advocate'))
      const elsewhere = await world.advocate((await world.campaign()).id)
      await expect(send(form(elsewhere.code, { ...priya }))).rejects.toMatchObject(
        refusal('referral_not_possible', neutral),
      )
      await expect(
        createReferral(world.ctx, { advocateId: elsewhere.id, friend: priya, metadata: {} }),
      ).rejects.toMatchObject(refusal('existing_customer'))
    })

    it('if the two have referred each other the other way around', async () => {
      const { campaign } = await campaignContext()
      const [one, two] = [stranger('Anna Kowalski'), stranger('Marcus Tate')]
      const anna = await world.advocate(campaign.id, one)
      await createReferral(world.ctx, { advocateId: anna.id, friend: two, metadata: {} })
      const marcus = await inviteAdvocate(world.ctx, { campaignId: campaign.id, notify: false, ...two })
      const back = { advocateId: marcus.id, friend: one, metadata: {} }
      await expect(createReferral(world.ctx, back)).rejects.toMatchObject(refusal('referral_loop'))
      await expect(send(form(marcus.code, { ...one }))).rejects.toMatchObject(refusal('referral_not_possible', neutral))
    })

    it('if this link already brought the friend; another advocate may refer them, and staff see both', async () => {
      const { campaign, anna } = await campaignContext()
      const priya = stranger()
      await send(form(anna.code, { ...priya }))
      const words = 'We already have your details from this link.'
      const again = await send(form(anna.code, { ...priya })).catch((error) => error)
      expect(again).toMatchObject(refusal('already_referred', words))
      // The friend never receives our ids.
      expect(again.facts).not.toHaveProperty('existingId')
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      await send(form(marcus.code, { ...priya }))
      expect((await referrals()).map(({ rivals }) => rivals)).toEqual([1, 1])
    })
  })

  it.each([
    ['reject', null],
    ['accept', 2_000],
    ['accept_without_reward', 0],
  ] as const)('for an existing customer follows the campaign: %s', async (existingCustomers, friendReward) => {
    const priya = stranger()
    const first = await campaignContext({ existingCustomers: 'accept' })
    const job = await createReferral(world.ctx, { advocateId: first.anna.id, friend: priya, metadata: {} })
    await convertReferral(world.ctx, job.id, { jobValue: 100_000, notify: false })
    const { anna } = await campaignContext({ existingCustomers })
    const sent = send(form(anna.code, { ...priya }))
    if (friendReward === null) return expect(sent).rejects.toMatchObject(refusal('referral_not_possible', neutral))
    await sent
    const id = (await referrals()).at(-1)?.id ?? ''
    const converted = await convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
    // $20.00 and 5% of $1,000.00, or nothing for both.
    expect(converted).toMatchObject({ friendReward, advocateReward: friendReward === 0 ? 0 : 5_000 })
  })

  it('shows the offer of a link, and why it is closed, before it is filled in', async () => {
    const { campaign, anna } = await campaignContext()
    expect(await loadForm(ctx, anna.code)).toMatchObject({
      advocate: { firstName: 'Anna', initials: 'AK' },
      offer: { figure: '$20' },
      closed: null,
    })
    await updateCampaign(world.ctx, campaign.id, { termsVersion: 1, status: 'ended' })
    expect(await loadForm(ctx, anna.code)).toMatchObject({ closed: { code: 'campaign_ended' } })
    expect(await loadForm(ctx, undefined)).toMatchObject({ advocate: null, offer: null, closed: null })
  })

  it("reveals nothing about another organization's link, and counts no visit there", async () => {
    const { anna } = await campaignContext()
    const other = await createWorld(test.services, 'Other Pipes')
    const drawnThere = await loadForm(friendForm(test, other).ctx, anna.code)
    expect(drawnThere).toMatchObject({ advocate: null, offer: null, closed: { code: 'code_unknown' } })
    expect(JSON.stringify(drawnThere)).not.toMatch(/Anna|Harbor/)
    await flushVisits(test.services)
    await recordVisit(friendForm(test, other).ctx, anna.code, 'widget')
    expect(await flushVisits(test.services)).toBe(0)
    await recordVisit(ctx, anna.code, 'widget')
    expect(await flushVisits(test.services)).toBe(1)
  })
})
