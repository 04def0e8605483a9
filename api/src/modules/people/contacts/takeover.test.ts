import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import { checkProperty, propertyTimeoutMs } from '../../../../test/property.ts'
import { contextFor } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { inviteAdvocate } from '../../surfaces/console/advocates.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { listReferrals } from '../../surfaces/console/referrals.queries.ts'
import { convertReferral, createReferral } from '../../surfaces/console/referrals.ts'
import { newFormToken } from '../../surfaces/embed/formToken.ts'
import { submitReferral } from '../../surfaces/embed/submit.ts'
import { createPortalLink, type PortalScope } from '../../surfaces/portal/portal.ts'
import { openPortal, resumeSession } from '../../surfaces/portal/sessions.ts'
import { addressesOf, verifiedContactsOf } from './contacts.ts'

type Typed = { email?: string; phone?: string }
type Address = { kind: 'email' | 'phone'; value: string }

const victim = { name: 'Anna Kowalski', email: 'anna@mail.example', phone: '+14155550111' }
const attacker = { name: 'Mallory Finch', email: 'mallory@mail.example', phone: '+14155550666' }
const addressesOfPerson = ({ email, phone }: { email: string; phone: string }): Address[] => [
  { kind: 'email', value: email },
  { kind: 'phone', value: phone },
]
const isOf = (person: { email: string; phone: string }, value: string) =>
  value === person.email || value === person.phone

/** What an attacker types into a public form: an address of the victim together with one of their own. */
const mixtures: { says: string; typed: Typed }[] = [
  { says: "the victim's phone with an email of their own", typed: { phone: victim.phone, email: attacker.email } },
  { says: "the victim's email with a phone of their own", typed: { email: victim.email, phone: attacker.phone } },
]

describe('addresses typed by a stranger', () => {
  let test: TestServices
  let world: World
  let links: string[]
  let campaigns: string[]

  beforeAll(async () => {
    test = await createTestServices()
  })
  afterAll(() => test.close())

  /** Three campaigns, each with an advocate who is unrelated to both people. */
  const begin = async () => {
    world = await createWorld(test.services, `Harbor ${Math.random().toString(36).slice(2)}`)
    links = []
    campaigns = []
    for (let n = 0; n < 3; n += 1) {
      const campaign = await world.campaign()
      campaigns.push(campaign.id)
      links.push((await world.advocate(campaign.id)).code)
    }
  }
  beforeEach(begin)

  /** Submits the form of a link. Returns the referral, or null if it was rejected. */
  async function submits(link: number, name: string, typed: Typed): Promise<string | null> {
    const friend = contextFor(test.services, world.organization.id, { type: 'friend' })
    const formToken = newFormToken(test.services, world.organization.id)
    test.clock.advance(5_000)
    const before = await referralIds()
    try {
      const code = links[link] ?? ''
      await submitReferral(friend, { code, name, formToken, ...typed }, { source: 'widget', address: '203.0.113.9' })
    } catch (error) {
      if (error instanceof AppError) return null
      throw error
    }
    return (await referralIds()).find((id) => !before.includes(id)) ?? null
  }
  const referralIds = async () =>
    (await listReferrals(world.ctx, { limit: 100, sort: 'oldest' })).items.map((referral) => referral.id)

  const converts = async (id: string) =>
    convertReferral(await world.as('staff'), id, { jobValue: 100_000, notify: true })
  const invites = async (campaign: number, typed: Typed = victim) =>
    inviteAdvocate(await world.as('admin'), {
      campaignId: campaigns[campaign] ?? '',
      name: victim.name,
      notify: true,
      ...typed,
    })

  /** Requests sign-in links for an address and opens each one sent. Returns the contacts they sign in to. */
  async function opens(address: Address, scope: PortalScope = 'full'): Promise<string[]> {
    const opened = []
    for (const found of await reachableFrom(address)) {
      const token = await test.services.database.write((db) =>
        createPortalLink(
          { ...contextFor(test.services, found.organizationId, { type: 'system' }), db, inTransaction: true },
          { contactId: found.contactId, addressId: found.addressId, scope },
        ),
      )
      const session = await openPortal(test.services, token, null)
      const { actor } = await resumeSession(test.services, session.token)
      if (actor.type === 'contact') opened.push(actor.id)
    }
    return opened
  }
  const reachableFrom = async (address: Address) =>
    (await verifiedContactsOf(test.services, address)).filter((found) => found.organizationId === world.organization.id)
  const attackerReaches = async () =>
    (await Promise.all(addressesOfPerson(attacker).map(reachableFrom))).flat().map((found) => found.contactId)

  const credit = async (contactId: string) => (await balancesOfContact(world.ctx, contactId))[0]?.available ?? 0
  const messagesTo = async (person: { email: string; phone: string }) =>
    (await listMessages(world.ctx, { limit: 100 })).items.filter((letter) => isOf(person, letter.to))

  describe.each(mixtures)('an attacker types $says', ({ typed }) => {
    it('after the victim has credit: the attacker gets neither the credit nor an email', async () => {
      const anna = await invites(0)
      const priya = await createReferral(world.ctx, { advocateId: anna.id, friend: friendOf(1), metadata: {} })
      await converts(priya.id)
      // 5% of $1,000.00 = $50.00
      expect(await credit(anna.contactId)).toBe(5_000)

      const referral = await submits(1, attacker.name, typed)
      expect((await loadReferral(world.ctx, referral ?? '')).friend.contactId).toBe(anna.contactId)
      expect(await attackerReaches()).toEqual([])
      await converts(referral ?? '')
      expect(await attackerReaches()).toEqual([])
      expect(await messagesTo(attacker)).toEqual([])
      expect(await opens({ kind: 'phone', value: victim.phone })).toEqual([anna.contactId])
    })

    it("after the victim only submitted a form: the victim keeps her contact if the attacker's referral is converted", async () => {
      const genuine = await submits(0, victim.name, victim)
      const contactId = (await loadReferral(world.ctx, genuine ?? '')).friend.contactId ?? ''
      const rival = await submits(1, attacker.name, typed)
      expect((await loadReferral(world.ctx, rival ?? '')).friend.contactId).toBe(contactId)
      await converts(rival ?? '')
      expect(await attackerReaches()).toEqual([])
      expect(await messagesTo(attacker)).toEqual([])
      const [kept] = await addressesOf(world.ctx, contactId)
      expect(await opens({ kind: kept?.kind ?? 'email', value: kept?.value ?? '' })).toEqual([contactId])
    })

    it("before the victim's first visit: what the victim submits later earns for the victim alone", async () => {
      await submits(0, attacker.name, typed)
      const genuine = await submits(1, victim.name, victim)
      await converts(genuine ?? '')
      const { friend } = await loadReferral(world.ctx, genuine ?? '')
      expect(await credit(friend.contactId ?? '')).toBe(2_000)
      expect(await attackerReaches()).toEqual([])
      expect((await messagesTo(attacker)).filter((letter) => letter.template === 'friend_welcome')).toEqual([])
    })

    it("before the victim's first visit, and it is converted: inviting the victim locks the attacker out", async () => {
      const own = await submits(0, attacker.name, typed)
      await converts(own ?? '')
      const anna = await invites(1)
      expect(await attackerReaches()).not.toContain(anna.contactId)
      expect(anna.name).toBe(victim.name)
      expect((await messagesTo(victim)).map((letter) => letter.name)).toContain(victim.name)
    })

    it("before the victim's first visit, and opens the link sent to them: the victim gets a contact of her own", async () => {
      const own = await submits(0, attacker.name, typed)
      const [mine] = (await Promise.all(addressesOfPerson(attacker).map((address) => opens(address)))).flat()
      await converts(own ?? '')
      const anna = await invites(1)
      expect(anna.contactId).not.toBe(mine)
      expect(await attackerReaches()).toEqual([mine])
      // $20.00 for the job converted as theirs, and nothing of what the victim earns.
      expect(await credit(mine ?? '')).toBe(2_000)
      expect(await credit(anna.contactId)).toBe(0)
    })

    it("through the business's own server: the same, because a server passes on what it was given", async () => {
      const anna = await invites(0)
      const { organizationId } = world.ctx
      const server = contextFor(test.services, organizationId, {
        type: 'key',
        id: 'key_1',
        scopes: ['referrals:write'],
      })
      const code = links[1] ?? ''
      const referral = await createReferral(server, { code, friend: { name: attacker.name, ...typed }, metadata: {} })
      expect(referral.friend.contactId).toBe(anna.contactId)
      expect(await attackerReaches()).toEqual([])
    })
  })

  it(
    'give the attacker nothing, in any order of submitting, inviting, converting and opening links',
    async () => {
      const step = fc.oneof(
        fc.record({ do: fc.constant('attack' as const), link: fc.nat(2), mixture: fc.nat(1) }),
        fc.record({
          do: fc.constant('submit' as const),
          link: fc.nat(2),
          with: fc.constantFrom('both', 'email', 'phone'),
        }),
        fc.record({
          do: fc.constant('invite' as const),
          link: fc.nat(2),
          with: fc.constantFrom('both', 'email', 'phone'),
        }),
        fc.record({ do: fc.constant('convert' as const), nth: fc.nat(5) }),
        fc.record({ do: fc.constant('open' as const), who: fc.constantFrom('victim', 'attacker'), nth: fc.nat(1) }),
      )
      const only = (what: string): Typed =>
        what === 'both'
          ? { email: victim.email, phone: victim.phone }
          : what === 'email'
            ? { email: victim.email }
            : { phone: victim.phone }
      await checkProperty(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
          await begin()
          const submitted = new Map<string, 'attacker' | 'victim'>()
          /**
           * Contacts that certainly belong to the victim: verified by staff or a link, or earned by her own referral.
           */
          const hers = new Set<string>()
          for (const each of steps) {
            if (each.do === 'attack') {
              const id = await submits(each.link, attacker.name, mixtures[each.mixture]?.typed ?? {})
              if (id) submitted.set(id, 'attacker')
            } else if (each.do === 'submit') {
              const id = await submits(each.link, victim.name, only(each.with))
              if (id) submitted.set(id, 'victim')
            } else if (each.do === 'invite') {
              const advocate = await invites(each.link, only(each.with)).catch(refused)
              if (advocate) hers.add(advocate.contactId)
            } else if (each.do === 'convert') {
              const [id, by] = [...submitted][each.nth] ?? []
              const converted = id ? await converts(id).catch(refused) : null
              if (converted && by === 'victim') hers.add(converted.friend.contactId ?? '')
            } else {
              const address = addressesOfPerson(each.who === 'victim' ? victim : attacker)[each.nth]
              const opened = address ? await opens(address) : []
              if (each.who === 'victim') for (const contactId of opened) hers.add(contactId)
            }
            for (const contactId of await attackerReaches()) expect(hers).not.toContain(contactId)
            for (const contactId of hers) {
              const values = (await addressesOf(world.ctx, contactId)).map((address) => address.value)
              expect(values.filter((value) => isOf(attacker, value))).toEqual([])
            }
          }
        }),
        60,
      )
    },
    propertyTimeoutMs,
  )
})

const friendOf = (n: number) => ({ name: 'Priya Shah', email: `priya${n}@mail.example` })

function refused(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}
