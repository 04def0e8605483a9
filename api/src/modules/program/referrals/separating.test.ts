import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../../../test/harness.ts'
import {
  addressesOfPerson,
  attacker,
  attackersOf,
  mixtures,
  only,
  type Strangers,
  strangersMeet,
  victim,
} from '../../../../test/strangers.ts'
import { addAddress } from '../../people/contacts/addresses.ts'
import { messagesTo } from '../../platform/messages/messages.person.queries.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { referredAs } from './referrals.person.queries.ts'

async function allOf<Row>(pages: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

describe('a referral whose contact proves to be somebody else', () => {
  let test: TestServices
  let here: Strangers

  beforeAll(async () => {
    test = await createTestServices()
  })
  afterAll(() => test.close())
  beforeEach(async () => {
    here = await strangersMeet(test)
  })

  describe.each(mixtures)('after an attacker typed $says', ({ typed }) => {
    it('before the victim submits with an address of hers alone: she gets her referral back when the attacker opens the link', async () => {
      const own = await here.submits(0, attacker.name, typed)
      const genuine = (await here.submits(1, victim.name, only(typed.email === victim.email ? 'email' : 'phone'))) ?? ''
      const shared = (await loadReferral(here.world.ctx, own ?? '')).friend.contactId
      expect((await loadReferral(here.world.ctx, genuine)).friend.contactId).toBe(shared)

      const [mine] = (await Promise.all(addressesOfPerson(attacker).map((address) => here.opens(address)))).flat()
      expect(mine).toBe(shared)
      const { friend, timeline } = await loadReferral(here.world.ctx, genuine)
      expect(friend.contactId).not.toBe(mine)
      expect(timeline.map(({ kind }) => kind)).toContain('friend_separated')
      expect((await loadReferral(here.world.ctx, own ?? '')).friend.contactId).toBe(mine)
      // Nothing the attacker can read is about the victim.
      const theirs = [
        ...(await allOf(referredAs(here.world.ctx, mine ?? ''))),
        ...(await allOf(messagesTo(here.world.ctx, mine ?? ''))),
      ]
      expect(theirs.length).toBeGreaterThan(1)
      const exported = JSON.stringify(theirs)
      expect(exported).not.toContain(victim.name)
      expect(exported).not.toContain(genuine)

      await here.converts(genuine)
      expect(await here.credit(mine ?? '')).toBe(0)
      // $20.00 for the friend.
      expect(await here.credit(friend.contactId ?? '')).toBe(2_000)
    })

    it('before referrals were separated: one whose contact became a stranger’s finds its own when it is converted', async () => {
      const genuine = (await here.submits(1, victim.name, only(typed.email === victim.email ? 'email' : 'phone'))) ?? ''
      const own = await here.submits(0, attacker.name, attackersOf(typed))
      const [mine] = (await Promise.all(addressesOfPerson(attacker).map((address) => here.opens(address)))).flat()
      expect((await loadReferral(here.world.ctx, own ?? '')).friend.contactId).toBe(mine)
      await test.services.database.write((db) =>
        db.run(sql`UPDATE referrals SET friend_contact_id = ${mine} WHERE id = ${genuine}`),
      )
      const converted = await here.converts(genuine)
      expect(converted.friend.contactId).not.toBe(mine)
      expect(await here.credit(converted.friend.contactId ?? '')).toBe(2_000)
      expect(await here.credit(mine ?? '')).toBe(0)
    })
  })

  it('separate a referral from the attacker, and close it if its advocate has referred that friend again since', async () => {
    await here.submits(0, attacker.name, { email: victim.email, phone: attacker.phone })
    const first = await here.submits(1, victim.name, only('both'))
    const second = await here.submits(1, victim.name, only('phone'))
    await here.opens({ kind: 'phone', value: attacker.phone })
    const { status, friend, supersededBy } = await here.referral(first)
    expect({ status, supersededBy }).toEqual({ status: 'expired', supersededBy: second })
    expect(friend).toBe((await here.referral(second)).friend)
  })

  it('separate a referral from the attacker, and decline it if its friend is the advocate', async () => {
    await here.submits(0, attacker.name, { email: victim.email, phone: attacker.phone })
    const anna = await here.invites(1, only('phone'))
    here.links[1] = anna.code
    const own = await here.submits(1, victim.name, only('both'))
    expect((await here.referral(own)).friend).not.toBe(anna.contactId)
    await here.opens({ kind: 'phone', value: attacker.phone })
    expect(await here.referral(own)).toMatchObject({ status: 'declined', friend: anna.contactId })
  })

  it('leave a referral with its contact if staff replaced all addresses of the contact', async () => {
    const own = await here.submits(0, victim.name, only('email'))
    const { friend } = await here.referral(own)
    await addAddress(await here.world.as('admin'), friend ?? '', { kind: 'phone', value: victim.phone })
    expect((await here.referral(own)).friend).toBe(friend)
    const { friend: paid } = await here.converts(own ?? '')
    expect(paid.contactId).toBe(friend)
  })
})
