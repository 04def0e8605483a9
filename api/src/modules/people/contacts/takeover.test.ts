import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../../../test/harness.ts'
import { checkProperty, propertyTimeoutMs } from '../../../../test/property.ts'
import {
  addressesOfPerson,
  attacker,
  isOf,
  mixtures,
  only,
  refused,
  type Strangers,
  strangersMeet,
  victim,
} from '../../../../test/strangers.ts'
import { contextFor } from '../../../shared/context.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { createReferral } from '../../surfaces/console/referrals.ts'
import { addressesOf } from './contacts.ts'

describe('addresses typed by a stranger', () => {
  let test: TestServices
  let here: Strangers

  beforeAll(async () => {
    test = await createTestServices()
  })
  afterAll(() => test.close())
  const begin = async () => {
    here = await strangersMeet(test)
  }
  beforeEach(begin)

  describe.each(mixtures)('an attacker types $says', ({ typed }) => {
    it('after the victim has credit: the attacker gets neither the credit nor an email', async () => {
      const anna = await here.invites(0)
      const priya = await createReferral(here.world.ctx, { advocateId: anna.id, friend: friendOf(1), metadata: {} })
      await here.converts(priya.id)
      // 5% of $1,000.00 = $50.00
      expect(await here.credit(anna.contactId)).toBe(5_000)

      const referral = await here.submits(1, attacker.name, typed)
      expect((await loadReferral(here.world.ctx, referral ?? '')).friend.contactId).toBe(anna.contactId)
      expect(await here.attackerReaches()).toEqual([])
      await here.converts(referral ?? '')
      expect(await here.attackerReaches()).toEqual([])
      expect(await here.messagesTo(attacker)).toEqual([])
      expect(await here.opens({ kind: 'phone', value: victim.phone })).toEqual([anna.contactId])
    })

    it("after the victim only submitted a form: the victim keeps her contact if the attacker's referral is converted", async () => {
      const genuine = await here.submits(0, victim.name, victim)
      const contactId = (await loadReferral(here.world.ctx, genuine ?? '')).friend.contactId ?? ''
      const rival = await here.submits(1, attacker.name, typed)
      expect((await loadReferral(here.world.ctx, rival ?? '')).friend.contactId).toBe(contactId)
      await here.converts(rival ?? '')
      expect(await here.attackerReaches()).toEqual([])
      expect(await here.messagesTo(attacker)).toEqual([])
      const [kept] = await addressesOf(here.world.ctx, contactId)
      expect(await here.opens({ kind: kept?.kind ?? 'email', value: kept?.value ?? '' })).toEqual([contactId])
    })

    it("before the victim's first visit: what the victim submits later earns for the victim alone", async () => {
      await here.submits(0, attacker.name, typed)
      const genuine = await here.submits(1, victim.name, victim)
      await here.converts(genuine ?? '')
      const { friend } = await loadReferral(here.world.ctx, genuine ?? '')
      expect(await here.credit(friend.contactId ?? '')).toBe(2_000)
      expect(await here.attackerReaches()).toEqual([])
      expect((await here.messagesTo(attacker)).filter((letter) => letter.template === 'friend_welcome')).toEqual([])
    })

    it("before the victim's first visit, and it is converted: inviting the victim locks the attacker out", async () => {
      const own = await here.submits(0, attacker.name, typed)
      await here.converts(own ?? '')
      const anna = await here.invites(1)
      expect(await here.attackerReaches()).not.toContain(anna.contactId)
      expect(anna.name).toBe(victim.name)
      expect((await here.messagesTo(victim)).map((letter) => letter.name)).toContain(victim.name)
    })

    it("before the victim's first visit, and opens the link sent to them: the victim gets a contact of her own", async () => {
      const own = await here.submits(0, attacker.name, typed)
      const [mine] = (await Promise.all(addressesOfPerson(attacker).map((address) => here.opens(address)))).flat()
      await here.converts(own ?? '')
      const anna = await here.invites(1)
      expect(anna.contactId).not.toBe(mine)
      expect(await here.attackerReaches()).toEqual([mine])
      // $20.00 for the job converted as theirs, and nothing of what the victim earns.
      expect(await here.credit(mine ?? '')).toBe(2_000)
      expect(await here.credit(anna.contactId)).toBe(0)
    })

    it("through the business's own server: the same, because a server passes on what it was given", async () => {
      const anna = await here.invites(0)
      const { organizationId } = here.world.ctx
      const server = contextFor(test.services, organizationId, {
        type: 'key',
        id: 'key_1',
        scopes: ['referrals:write'],
      })
      const code = here.links[1] ?? ''
      const referral = await createReferral(server, { code, friend: { name: attacker.name, ...typed }, metadata: {} })
      expect(referral.friend.contactId).toBe(anna.contactId)
      expect(await here.attackerReaches()).toEqual([])
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
              const id = await here.submits(each.link, attacker.name, mixtures[each.mixture]?.typed ?? {})
              if (id) submitted.set(id, 'attacker')
            } else if (each.do === 'submit') {
              const id = await here.submits(each.link, victim.name, only(each.with))
              if (id) submitted.set(id, 'victim')
            } else if (each.do === 'invite') {
              const advocate = await here.invites(each.link, only(each.with)).catch(refused)
              if (advocate) hers.add(advocate.contactId)
            } else if (each.do === 'convert') {
              const [id, by] = [...submitted][each.nth] ?? []
              const converted = id ? await here.converts(id).catch(refused) : null
              if (converted && by === 'victim') hers.add(converted.friend.contactId ?? '')
            } else {
              const address = addressesOfPerson(each.who === 'victim' ? victim : attacker)[each.nth]
              const opened = address ? await here.opens(address) : []
              if (each.who === 'victim') for (const contactId of opened) hers.add(contactId)
            }
            for (const contactId of await here.attackerReaches()) expect(hers).not.toContain(contactId)
            for (const contactId of hers) {
              const values = (await addressesOf(here.world.ctx, contactId)).map((address) => address.value)
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
