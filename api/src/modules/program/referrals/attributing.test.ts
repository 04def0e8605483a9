import type { CreateReferral } from '@goodword/contracts'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { contextFor } from '../../../shared/context.ts'
import { describePerson } from '../../people/contacts/contacts.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { updateCampaign } from '../../surfaces/console/campaigns.ts'
import { loadBackground } from '../../surfaces/console/referrals.background.queries.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import {
  attributeReferral,
  convertReferral,
  createReferral,
  declineReferral,
  setFriend,
} from '../../surfaces/console/referrals.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'
import { notifyOfReferral } from './notices.ts'
import { getReferral } from './referrals.ts'
import { recordReferral } from './submission.ts'

describe('an incomplete referral', () => {
  let test: TestServices
  let world: World
  anotherWorldForEach((...given) => {
    ;[test, world] = given
  })

  const add = (input: Omit<CreateReferral, 'metadata'>) => createReferral(world.ctx, { metadata: {}, ...input })

  /** Submits the public form as a friend who typed a name. */
  const submitted = async (campaignId: string, advocateNamed: string, friend = stranger()) => {
    const friendCtx = contextFor(test.services, world.organization.id, { type: 'friend' })
    const campaignContext = await loadCampaignContext(friendCtx, campaignId)
    return test.services.database.write(async (db) => {
      const tx = { ...friendCtx, db, inTransaction: true }
      const recorded = await recordReferral(tx, {
        ...campaignContext,
        enrollment: null,
        advocateNamed,
        person: describePerson('US', friend),
        submitted: friend,
        source: 'widget',
      })
      await notifyOfReferral(tx, recorded, null)
      return recorded
    })
  }

  it("waits for its advocate: staff see the typed name, and it can't be converted until then", async () => {
    const campaign = await world.campaign()
    const { id } = await submitted(campaign.id, 'Anna from church')
    expect(await loadReferral(world.ctx, id)).toMatchObject({ advocate: null, advocateNamed: 'Anna from church' })
    await expect(convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })).rejects.toMatchObject({
      code: 'referral_unattributed',
    })
    const [notice] = await test.services.database.read
      .select()
      .from(messages)
      .where(and(eq(messages.referralId, id), eq(messages.template, 'referral_received_staff')))
    expect(notice?.body).toContain('They wrote that Anna from church sent them.')
  })

  it('can be attributed by staff, notifies that advocate, and converts', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const { id } = await submitted(campaign.id, 'Anna')
    const attributed = await attributeReferral(world.ctx, id, { advocateId: anna.id })
    expect(attributed.advocate?.name).toBe(anna.name)
    expect(attributed.timeline.at(-1)).toMatchObject({
      kind: 'attributed',
      by: 'Maya Ortiz',
      advocateName: anna.name,
    })
    const { messages: sent, audit } = await loadBackground(world.ctx, id)
    expect(sent.map(({ to }) => to)).toContain(anna.email)
    expect(audit.map(({ action }) => action)).toContain('referral.attributed')
    const converted = await convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
    // 5% of $1,000.00 = $50.00
    expect(converted).toMatchObject({ status: 'converted', advocateReward: 5_000 })
    await expect(attributeReferral(world.ctx, id, { code: anna.code })).rejects.toMatchObject({
      code: 'transition_not_allowed',
    })
  })

  it('gets the terms of the moment of attribution', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const { id } = await submitted(campaign.id, 'Anna')
    await updateCampaign(world.ctx, campaign.id, {
      termsVersion: 1,
      terms: { ...campaign.terms, friend: { kind: 'credit', value: { type: 'fixed', amount: 3_000 } } },
    })
    await attributeReferral(world.ctx, id, { advocateId: anna.id })
    expect(await getReferral(world.ctx, id)).toMatchObject({ termsVersion: 2, enrollmentId: anna.id })
  })

  it('can be moved to another advocate if the first was wrong, and every check runs again', async () => {
    const campaign = await world.campaign({ liveReferralsMax: 1 })
    const anna = await world.advocate(campaign.id)
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    const friend = stranger()
    const byAnna = await world.referral(anna.id, friend)
    const moved = await attributeReferral(world.ctx, byAnna.id, { advocateId: marcus.id })
    expect(moved.advocate?.name).toBe('Marcus Tate')

    // Anna can refer the friend again. She does, and so can't be given Marcus's referral.
    const again = await world.referral(anna.id, friend)
    await expect(attributeReferral(world.ctx, again.id, { advocateId: marcus.id })).rejects.toMatchObject({
      code: 'already_referred',
      facts: { existingId: byAnna.id },
    })
    const other = await submitted(campaign.id, 'Marcus')
    await expect(attributeReferral(world.ctx, other.id, { advocateId: marcus.id })).rejects.toMatchObject({
      code: 'advocate_limit_reached',
    })
    // Anna herself can't be the friend: she is an advocate of the campaign.
    const self = await submitted(campaign.id, 'Somebody', stranger())
    const priya = await getReferral(world.ctx, self.id)
    const person = { name: 'Priya', email: priya.submitted.email ?? '' }
    const own = await world.advocate(campaign.id, person)
    await expect(attributeReferral(world.ctx, self.id, { advocateId: own.id })).rejects.toMatchObject({
      code: 'self_referral',
    })
  })

  it("stays in its campaign, and can't go to an inactive advocate", async () => {
    const campaign = await world.campaign()
    const elsewhere = await world.campaign({}, { name: 'Realtors' })
    const anna = await world.advocate(elsewhere.id)
    const { id } = await submitted(campaign.id, 'Anna')
    await expect(attributeReferral(world.ctx, id, { advocateId: anna.id })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    await expect(attributeReferral(world.ctx, id, { code: 'NOSUCH' })).rejects.toMatchObject({ code: 'code_unknown' })
  })

  it('gives an advocate each friend once, however many people attribute at the same time', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const friend = stranger()
    const first = await submitted(campaign.id, 'Anna', friend)
    const second = await submitted(campaign.id, 'Anna K.', friend)
    const results = await Promise.allSettled(
      [first, second].map(({ id }) => attributeReferral(world.ctx, id, { advocateId: anna.id })),
    )
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = results.find((result) => result.status === 'rejected')
    const won = results[0]?.status === 'fulfilled' ? first : second
    expect(lost?.reason).toMatchObject({ code: 'already_referred', facts: { existingId: won.id } })
    // If the same friend names Anna again, it is the same referral.
    await declineReferral(world.ctx, first.id, 'Test')
    await declineReferral(world.ctx, second.id, 'Test')
    const { id } = await submitted(campaign.id, 'Anna', friend)
    await expect(submitted(campaign.id, 'anna', friend)).rejects.toMatchObject({
      code: 'already_referred',
      facts: { existingId: id },
    })
  })

  it('“they said Anna sent them”: is saved without a friend, and converts only once the friend is known', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const unknown = await add({ advocateId: anna.id })
    expect(unknown).toMatchObject({ friend: { contactId: null, name: '' }, nextStep: { kind: 'name_friend' } })
    await expect(convertReferral(world.ctx, unknown.id, { jobValue: 1, notify: false })).rejects.toMatchObject({
      code: 'friend_unknown',
    })
    const priya = stranger()
    const known = await setFriend(world.ctx, unknown.id, priya)
    expect(known).toMatchObject({ friend: { name: priya.name, email: priya.email } })
    expect(known.timeline.at(-1)?.kind).toBe('friend_named')
    await expect(setFriend(world.ctx, unknown.id, stranger())).rejects.toMatchObject({
      code: 'transition_not_allowed',
    })
    await convertReferral(world.ctx, unknown.id, { jobValue: 100_000, notify: false })
  })

  it('checks the friend when they are added: neither the advocate, nor already referred', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const priya = stranger()
    const before = await world.referral(anna.id, priya)
    const { id } = await add({ advocateId: anna.id, friend: { name: 'Priya' } })
    await expect(setFriend(world.ctx, id, { name: 'Anna', email: anna.email ?? '' })).rejects.toMatchObject({
      code: 'self_referral',
    })
    await expect(setFriend(world.ctx, id, priya)).rejects.toMatchObject({
      code: 'already_referred',
      facts: { existingId: before.id },
    })
    expect((await loadReferral(world.ctx, id)).friend).toMatchObject({ contactId: null, name: 'Priya' })
  })

  it('can lack the advocate or the friend, but not be entirely empty', async () => {
    const campaign = await world.campaign()
    const neither = await add({ campaignId: campaign.id, advocateNamed: 'Anna', friend: { name: 'A man with a van' } })
    expect(neither).toMatchObject({ advocate: null, advocateNamed: 'Anna', friend: { contactId: null } })
    expect(neither.rivalList).toEqual([])
  })
})
