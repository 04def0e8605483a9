import { redeemCredit } from '@goodword/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { contextFor, transaction } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { balancesOfContact, postEntries } from '../../money/ledger/ledger.ts'
import { releaseDueRewards } from '../../money/rewards/rewards.jobs.ts'
import { addressesOf, describePerson, findOrCreateContact } from '../../people/contacts/contacts.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { findByCode, getEnrollment } from '../../program/advocates/advocates.ts'
import { loadAdvocate } from '../console/advocates.queries.ts'
import { archiveAdvocate, inviteAdvocate } from '../console/advocates.ts'
import { loadContact } from '../console/contacts.detail.queries.ts'
import { listContacts } from '../console/contacts.queries.ts'
import { mergeContacts } from '../console/contacts.ts'
import { loadReferral } from '../console/referrals.detail.queries.ts'
import { convertReferral, createReferral, declineReferral, reverseConversion } from '../console/referrals.ts'
import { createPortalLink } from '../portal/portal.ts'
import { openPortal, resumeSession } from '../portal/sessions.ts'
import { previewMerge } from './merging.ts'

const day = 86_400_000

describe('merging two contacts', () => {
  let test: TestServices
  let world: World
  let campaignId: string

  beforeAll(async () => {
    test = await createTestServices()
  })
  beforeEach(async () => {
    world = await createWorld(test.services, `Harbor ${Math.random().toString(36).slice(2)}`)
    campaignId = (await world.campaign()).id
  })
  afterAll(async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    await test.close()
  })

  const merge = async (kept: string, other: string, confirm: string[] = []) =>
    mergeContacts(await world.as('staff'), kept, { otherId: other, confirm })
  const converts = (id: string) => convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
  const credit = async (contactId: string) => (await balancesOfContact(world.ctx, contactId))[0]
  const standing = async (contactId: string) => {
    const { available = 0, held = 0, owed = 0 } = (await credit(contactId)) ?? {}
    return { available, held, owed }
  }
  const refused = (code: string, words: RegExp) =>
    expect.objectContaining({ code, message: expect.stringMatching(words) })

  it('moves addresses, codes, referrals and credit to the kept contact', async () => {
    const anna = await world.advocate(campaignId, { name: 'Anna Kowalski', email: 'anna@mail.example' })
    const other = await world.campaign({}, { name: 'Autumn' })
    const twin = await world.advocate(other.id, { name: 'A. Kowalski', phone: '+14155550111' })
    const earned = await world.referral(twin.id)
    await converts(earned.id)

    const preview = await previewMerge(world.ctx, anna.contactId, { otherId: twin.contactId, confirm: [] })
    expect(preview).toMatchObject({
      refusal: null,
      codes: [{ code: twin.code, campaignName: 'Autumn', joins: false }],
      referralsAsAdvocate: 1,
      // 5% of $1,000.00 = $50.00
      balances: [{ currency: 'USD', available: 5_000, held: 0, owed: 0 }],
    })
    const merged = await merge(anna.contactId, twin.contactId)
    expect(merged.addresses.map(({ value }) => value).sort()).toEqual(['+14155550111', 'anna@mail.example'])
    expect(merged.enrollmentList.map(({ code }) => code).sort()).toEqual([anna.code, twin.code].sort())
    expect(await standing(anna.contactId)).toEqual({ available: 5_000, held: 0, owed: 0 })
    expect(await standing(twin.contactId)).toEqual({ available: 0, held: 0, owed: 0 })
    expect((await findByCode(test.services, twin.code))?.contactId).toBe(anna.contactId)
    expect((await loadContact(world.ctx, twin.contactId)).mergedInto).toEqual({
      id: anna.contactId,
      name: 'Anna Kowalski',
    })
    const listed = (await listContacts(world.ctx, { limit: 100, sort: 'newest' })).items.map(({ name }) => name)
    expect(listed).not.toContain('A. Kowalski')
  })

  describe('if both are advocates of one campaign', () => {
    it('keeps one enrollment, and the links of both lead to it', async () => {
      const anna = await world.advocate(campaignId)
      const twin = await world.advocate(campaignId)
      const brought = await world.referral(twin.id)
      await merge(anna.contactId, twin.contactId)
      expect((await getEnrollment(world.ctx, twin.id)).archivedAt).not.toBeNull()
      expect((await findByCode(test.services, twin.code))?.id).toBe(anna.id)
      expect((await loadAdvocate(world.ctx, anna.id)).codes).toEqual([anna.code, twin.code])
      expect((await loadReferral(world.ctx, brought.id)).advocate?.id).toBe(anna.id)
      const friend = { name: 'Lee Wong', email: 'lee@mail.example' }
      const later = await createReferral(world.ctx, { code: twin.code, friend, metadata: {} })
      expect(later.advocate?.id).toBe(anna.id)
    })

    it('reactivates an inactive enrollment if the other one was active', async () => {
      const anna = await world.advocate(campaignId)
      const twin = await world.advocate(campaignId)
      await archiveAdvocate(world.ctx, anna.id)
      await merge(anna.contactId, twin.contactId)
      expect((await findByCode(test.services, twin.code))?.id).toBe(anna.id)
      expect((await findByCode(test.services, anna.code))?.id).toBe(anna.id)
    })

    it('leads through two merges to the current contact', async () => {
      const [one, two, three] = [
        await world.advocate(campaignId),
        await world.advocate(campaignId),
        await world.advocate(campaignId),
      ]
      await merge(two.contactId, one.contactId)
      await merge(three.contactId, two.contactId)
      for (const { code } of [one, two, three]) expect((await findByCode(test.services, code))?.id).toBe(three.id)
    })
  })

  describe('is refused, with what to do first,', () => {
    it('if one has referred the other', async () => {
      const anna = await world.advocate(campaignId, { name: 'Anna Kowalski', email: 'anna1@mail.example' })
      const referral = await world.referral(anna.id, { name: 'Ann Kowalski', email: 'ann1@mail.example' })
      const friend = referral.friend.contactId ?? ''
      const words = /Anna Kowalski has referred Ann Kowalski/
      await expect(merge(anna.contactId, friend)).rejects.toEqual(refused('merge_not_possible', words))
      await expect(merge(friend, anna.contactId)).rejects.toEqual(refused('merge_not_possible', words))
      expect((await previewMerge(world.ctx, friend, { otherId: anna.contactId, confirm: [] })).refusal).toMatch(words)
      await declineReferral(world.ctx, referral.id, 'The same person')
      await merge(anna.contactId, friend)
    })

    it('if one advocate has referred both', async () => {
      const anna = await world.advocate(campaignId)
      const one = await world.referral(anna.id)
      const two = await world.referral(anna.id)
      const [first, second] = [one.friend.contactId ?? '', two.friend.contactId ?? '']
      await expect(merge(first, second)).rejects.toEqual(refused('merge_not_possible', /has referred both/))
    })

    it('if both were converted in one campaign', async () => {
      const one = await world.referral((await world.advocate(campaignId)).id)
      const two = await world.referral((await world.advocate(campaignId)).id)
      await converts(one.id)
      await converts(two.id)
      const [first, second] = [one.friend.contactId ?? '', two.friend.contactId ?? '']
      await expect(merge(first, second)).rejects.toEqual(refused('merge_not_possible', /Both of them were converted/))
    })

    it('if both are advocates who referred the same friend', async () => {
      const [one, two] = [await world.advocate(campaignId), await world.advocate(campaignId)]
      const friend = stranger('Lee Wong')
      await world.referral(one.id, friend)
      await world.referral(two.id, friend)
      await expect(merge(one.contactId, two.contactId)).rejects.toEqual(
        refused('merge_not_possible', /Both have referred Lee Wong/),
      )
    })

    it('if it is the same contact, or one that is gone', async () => {
      const anna = await world.advocate(campaignId)
      const twin = await world.advocate(campaignId)
      await expect(merge(anna.contactId, anna.contactId)).rejects.toMatchObject({ code: 'merge_not_possible' })
      await merge(anna.contactId, twin.contactId)
      await expect(merge(anna.contactId, twin.contactId)).rejects.toMatchObject({ code: 'contact_gone' })
    })
  })

  it('expires an open referral of a friend who turns out to have converted', async () => {
    const one = await world.referral((await world.advocate(campaignId)).id)
    const two = await world.referral((await world.advocate(campaignId)).id)
    await converts(one.id)
    await merge(one.friend.contactId ?? '', two.friend.contactId ?? '')
    expect(await loadReferral(world.ctx, two.id)).toMatchObject({ status: 'expired', supersededBy: one.id })
  })

  it('happens once if two people merge the same two contacts in both directions at once', async () => {
    const [one, two] = [await world.advocate(campaignId), await world.advocate(campaignId)]
    const done = await Promise.allSettled([
      merge(one.contactId, two.contactId),
      merge(two.contactId, one.contactId),
      merge(one.contactId, two.contactId),
    ])
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  describe('credit', () => {
    it('on hold is released to the kept contact', async () => {
      const held = await world.campaign({ holdDays: 14 })
      const anna = await world.advocate(held.id)
      const twin = await world.advocate(held.id)
      await converts((await world.referral(twin.id)).id)
      await merge(anna.contactId, twin.contactId)
      expect(await standing(anna.contactId)).toEqual({ available: 0, held: 5_000, owed: 0 })
      test.clock.advance(15 * day)
      await releaseDueRewards(test.services)
      expect(await standing(anna.contactId)).toEqual({ available: 5_000, held: 0, owed: 0 })
    })

    it('issued before the merge is reversed from the kept contact', async () => {
      const anna = await world.advocate(campaignId)
      const twin = await world.advocate(campaignId)
      const referral = await world.referral(twin.id)
      await converts(referral.id)
      await merge(anna.contactId, twin.contactId)
      await reverseConversion(world.ctx, referral.id, 'Refunded')
      expect(await standing(anna.contactId)).toEqual({ available: 0, held: 0, owed: 0 })
      expect(await standing(twin.contactId)).toEqual({ available: 0, held: 0, owed: 0 })
    })

    it('held before and released after the merge is reversed completely', async () => {
      const held = await world.campaign({ holdDays: 14 })
      const anna = await world.advocate(held.id)
      const twin = await world.advocate(held.id)
      const referral = await world.referral(twin.id)
      await converts(referral.id)
      await merge(anna.contactId, twin.contactId)
      test.clock.advance(15 * day)
      await releaseDueRewards(test.services)
      await reverseConversion(world.ctx, referral.id, 'Refunded')
      expect(await standing(anna.contactId)).toEqual({ available: 0, held: 0, owed: 0 })
      expect(await standing(twin.contactId)).toEqual({ available: 0, held: 0, owed: 0 })
    })

    it('repays what the other owed', async () => {
      const anna = await world.advocate(campaignId)
      const twin = await world.advocate(campaignId)
      const [gives, owes] = [await world.referral(anna.id), await world.referral(twin.id)]
      await converts(gives.id)
      await converts(owes.id)
      const { organizationId } = world.ctx
      await transaction(world.ctx, (tx) =>
        postEntries(tx, [
          {
            ...redeemCredit({ organizationId, contactId: twin.contactId, amount: 3_000, currency: 'USD' }),
            refersTo: { type: 'contact', id: twin.contactId },
            idempotencyKey: `used ${twin.contactId}`,
          },
        ]),
      )
      await reverseConversion(world.ctx, owes.id, 'Refunded', { confirmOwed: true })
      // $30.00 of the $50.00 were used, so the reversal leaves them owed.
      expect(await standing(twin.contactId)).toEqual({ available: 0, held: 0, owed: 3_000 })
      await merge(anna.contactId, twin.contactId)
      // $50.00 − $30.00 = $20.00
      expect(await standing(anna.contactId)).toEqual({ available: 2_000, held: 0, owed: 0 })
    })
  })

  describe('unverified addresses', () => {
    const typed = (name: string, email: string) =>
      transaction(world.ctx, async (tx) => {
        const { contact } = await findOrCreateContact(tx, describePerson('US', { name, email }), 'stranger')
        return contact.id
      })
    const values = async (id: string) => (await addressesOf(world.ctx, id)).map(({ value, proof }) => [value, proof])

    it('are dropped beside one that staff entered, unless staff confirm them', async () => {
      const anna = await world.advocate(campaignId, { name: 'Anna Kowalski', email: 'anna2@mail.example' })
      const shut = await typed('Anna Kowalski', 'mallory2@mail.example')
      await merge(anna.contactId, shut)
      expect(await values(anna.contactId)).toEqual([['anna2@mail.example', 'staff']])

      const known = await typed('Anna K', 'anna.work@mail.example')
      const [address] = await addressesOf(world.ctx, known)
      await merge(anna.contactId, known, [address?.id ?? ''])
      expect((await values(anna.contactId)).sort()).toEqual([
        ['anna.work@mail.example', 'staff'],
        ['anna2@mail.example', 'staff'],
      ])
    })

    it('of the kept contact alone stay if nothing is verified', async () => {
      const one = await typed('Priya Shah', 'priya3@mail.example')
      const two = await typed('Priya Shah', 'mallory3@mail.example')
      await merge(one, two)
      expect(await values(one)).toEqual([['priya3@mail.example', 'stranger']])
    })
  })

  it('ends the portal sessions of the merged contact', async () => {
    const anna = await world.advocate(campaignId)
    const twin = await world.advocate(campaignId)
    const [address] = await addressesOf(world.ctx, twin.contactId)
    const token = await test.services.database.write((db) =>
      createPortalLink(
        { ...contextFor(test.services, world.organization.id, { type: 'system' }), db, inTransaction: true },
        { contactId: twin.contactId, addressId: address?.id ?? '', scope: 'full' },
      ),
    )
    const session = await openPortal(test.services, token, null)
    await merge(anna.contactId, twin.contactId)
    await expect(resumeSession(test.services, session.token)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('shows the messages of both on the kept contact', async () => {
    const anna = await world.advocate(campaignId)
    const twin = await inviteAdvocate(world.ctx, { campaignId, notify: true, ...stranger('A. Kowalski') })
    const merged = await merge(anna.contactId, twin.contactId)
    expect(merged.messages.map(({ template }) => template)).toEqual(['advocate_invited'])
    expect((await listMessages(world.ctx, { limit: 10 })).items).toHaveLength(1)
  })
})
