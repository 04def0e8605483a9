import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { contextFor } from '../../../shared/context.ts'
import { describePerson } from '../../people/contacts/contacts.ts'
import { loadBackground } from '../../surfaces/console/referrals.background.queries.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { clearFlags, convertReferral, createReferral, declineReferral } from '../../surfaces/console/referrals.ts'
import { getEnrollment } from '../advocates/advocates.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'
import { historyOf } from './evidence.queries.ts'
import { recordReferral } from './submission.ts'

describe('flags', () => {
  let test: TestServices
  let world: World
  beforeAll(async () => {
    test = await createTestServices()
  })
  beforeEach(async () => {
    world = await anotherWorld(test.services)
  })
  afterAll(() => test.close())

  type Traces = { networkHash?: string; deviceHash?: string }

  let people = 0
  const someone = () => {
    people += 1
    return stranger(`Friend Number${people}`)
  }

  /** A friend of this advocate, recorded as by the public form. */
  async function come(advocateId: string, traces: Traces = {}, friend = someone()) {
    const ctx = contextFor(test.services, world.organization.id, { type: 'friend' })
    const enrollment = await getEnrollment(ctx, advocateId)
    const campaignContext = await loadCampaignContext(ctx, enrollment.campaignId)
    const person = describePerson('US', friend)
    const { id } = await test.services.database.write((db) =>
      recordReferral(
        { ...ctx, db, inTransaction: true },
        { ...campaignContext, ...traces, enrollment, person, submitted: friend, source: 'widget' },
      ),
    )
    return loadReferral(world.ctx, id)
  }

  it('are set for the network or device of another friend, with the friend to compare', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    const home = { networkHash: 'network-1', deviceHash: 'device-1' }
    const first = await come(anna.id, home, stranger('Tomas Berg'))
    expect(first.flags).toEqual([])
    const second = await come(anna.id, home)
    expect(second.flags).toEqual(['same_network', 'same_device'])
    const { evidence } = await loadBackground(world.ctx, second.id)
    expect(evidence).toMatchObject([
      { flag: 'same_network', name: 'Tomas Berg', referralId: first.id },
      { flag: 'same_device', name: 'Tomas Berg', referralId: first.id },
    ])
    // Another advocate's friends share a café, which isn't suspicious.
    expect((await come(marcus.id, home)).flags).toEqual([])
  })

  it('are looked for no further than they matter, however many referrals the advocate has', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    for (let n = 0; n < 3; n += 1) await come(anna.id)
    const nobody = {
      email: null,
      canonical: null,
      networkHash: null,
      deviceHash: null,
      except: '',
      friendContactId: '',
    }
    const compared = { ...nobody, enrollmentId: anna.id, contactId: anna.contactId, hourAgo: 0, dayAgo: 0 }
    const all = await historyOf(world.ctx, { ...compared, liveMax: 9, hourMax: 9, dayMax: 9, namesMax: 9 })
    expect(all).toMatchObject({ live: 3, lastHour: 3, lastDay: 3, names: Array(3).fill(expect.any(String)) })
    const some = await historyOf(world.ctx, { ...compared, liveMax: 2, hourMax: 1, dayMax: 2, namesMax: 1 })
    expect(some).toMatchObject({ live: 2, lastHour: 1, lastDay: 2, names: [expect.any(String)] })
  })

  it("are set for the advocate's own network from when they were a friend", async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const priya = await come(anna.id, { networkHash: 'at-home' }, stranger('Priya Shah'))
    await convertReferral(world.ctx, priya.id, { jobValue: 100_000, notify: false })
    const [own] = await test.services.database.read.all<[string]>(
      `SELECT id FROM enrollments WHERE contact_id = '${priya.friend.contactId}'`,
    )
    expect((await come(own?.[0] ?? '', { networkHash: 'at-home' })).flags).toEqual(['same_network'])
  })

  it('are set for ten friends of one link within an hour, but not within a day', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const before = test.clock.now()
    for (let n = 0; n < 10; n += 1) expect((await come(anna.id)).flags).toEqual([])
    const eleventh = await come(anna.id)
    expect(eleventh.flags).toEqual(['velocity'])
    test.clock.advance(2 * 3_600_000)
    expect((await come(anna.id)).flags).toEqual([])
    test.clock.set(before)

    const cleared = await clearFlags(world.ctx, eleventh.id)
    expect(cleared.flagsClearedAt).not.toBeNull()
    expect(cleared.timeline.at(-1)).toMatchObject({ kind: 'flags_cleared', by: 'Maya Ortiz' })
  })

  describe('are set for another friend of the advocate', () => {
    const flagsOf = async (id: string) => (await loadReferral(world.ctx, id)).flags
    const evidenceOf = async (id: string) =>
      (await loadBackground(world.ctx, id)).evidence.map(({ flag, name, referralId }) => [flag, name, referralId])

    it('with the same mailbox, by form, by API and by staff alike; not for a friend of somebody else', async () => {
      const campaign = await world.campaign()
      const anna = await world.advocate(campaign.id)
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      const email = (tag: string) => `n.novak+${tag}${world.organization.id}@gmail.com`
      const first = await come(anna.id, {}, { ...stranger('Nina Novak'), email: email('a') })
      expect(first.flags).toEqual([])
      const second = await come(anna.id, {}, { ...stranger('Nora Novak'), email: email('b') })
      expect(second.flags).toEqual(['canonical_email_match'])
      expect(await evidenceOf(second.id)).toEqual([['canonical_email_match', 'Nina Novak', first.id]])
      const byApi = contextFor(test.services, world.organization.id, { type: 'key', id: 'key_1', scopes: [] })
      for (const [who, ctx] of [
        ['c', byApi],
        ['d', world.ctx],
      ] as const) {
        const friend = { ...stranger(`Vera ${who}`), email: email(who) }
        const { id } = await createReferral(ctx, { advocateId: anna.id, friend, metadata: {} })
        expect(await flagsOf(id)).toEqual(['canonical_email_match'])
      }
      const other = await come(marcus.id, {}, { ...stranger('Nadia Novak'), email: email('e') })
      expect(other.flags).toEqual([])
    })

    it('with the same first and last name and other addresses, but not for a family', async () => {
      const anna = await world.advocate((await world.campaign()).id)
      const first = await come(anna.id, {}, stranger('Nina Novak'))
      const family = ['Nora Novak', 'Ivan Novak', 'Nina', 'Nina Kovac']
      for (const name of family) expect((await come(anna.id, {}, stranger(name))).flags).toEqual([])
      expect((await come(anna.id, {}, stranger('Nina'))).flags).toEqual([])
      const again = await come(anna.id, {}, stranger('NOVÁK, Nina'))
      expect(again.flags).toEqual(['same_name'])
      expect(await evidenceOf(again.id)).toEqual([['same_name', 'Nina Novak', first.id]])
    })

    it('but not for the friend themselves, who comes back after their first referral was declined', async () => {
      const anna = await world.advocate((await world.campaign()).id)
      const nina = stranger('Nina Novak')
      const first = await come(anna.id, {}, nina)
      await declineReferral(world.ctx, first.id, 'Not now')
      expect((await come(anna.id, {}, nina)).flags).toEqual([])
    })
  })

  it('are set for a throw-away address by API as well', async () => {
    const anna = await world.advocate((await world.campaign()).id)
    const byApi = contextFor(test.services, world.organization.id, { type: 'key', id: 'key_1', scopes: [] })
    const friend = { ...stranger('Tess Ting'), email: `t${world.organization.id}@mailinator.com` }
    const { id } = await createReferral(byApi, { advocateId: anna.id, friend, metadata: {} })
    expect((await loadReferral(world.ctx, id)).flags).toEqual(['disposable_email'])
  })
})
