import { ContactQuery } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import { transaction } from '../../../shared/context.ts'
import { loadContact } from '../../surfaces/console/contacts.detail.queries.ts'
import { listContacts } from '../../surfaces/console/contacts.queries.ts'
import {
  addAddress,
  confirmAddress,
  dismissDuplicate,
  removeAddress,
  updateContact,
} from '../../surfaces/console/contacts.ts'
import { describePerson, findOrCreateContact, markCustomer } from './contacts.ts'

describe('the contacts of an organization', () => {
  let test: TestServices
  let world: World
  beforeAll(async () => {
    test = await createTestServices()
  })
  beforeEach(async () => {
    world = await createWorld(test.services, `Harbor ${Math.random().toString(36).slice(2)}`)
  })
  afterAll(() => test.close())

  const admit = (person: { name: string; email?: string; phone?: string }, proof: 'stranger' | 'staff' = 'staff') =>
    transaction(
      world.ctx,
      async (tx) => (await findOrCreateContact(tx, describePerson('US', person), proof)).contact.id,
    )
  const listed = async (query: Record<string, unknown> = {}) =>
    (await listContacts(world.ctx, ContactQuery.parse(query))).items.map(({ name }) => name)
  const duplicates = async (id: string) =>
    (await loadContact(world.ctx, id)).duplicateList.map(({ contact, reason }) => [contact.name, reason])
  const addresses = async (id: string) =>
    (await loadContact(world.ctx, id)).addresses.map(({ value, proof }) => [value, proof])

  it('are listed, searched, sorted, filtered and paginated', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
    await world.referral(anna.id, { name: 'priya Shah', phone: '+14155550142' })
    const lee = await admit({ name: 'Lee 100% Wong', email: 'lee@mail.example' })
    await transaction(world.ctx, (tx) => markCustomer(tx, lee, test.clock.now()))

    expect((await listContacts(world.ctx, ContactQuery.parse({}))).items).toMatchObject([
      { name: 'Lee 100% Wong', email: 'lee@mail.example', phone: null, enrollments: 0, referred: 0, duplicates: 0 },
      { name: 'priya Shah', email: null, phone: '+14155550142', enrollments: 0, referred: 1, customerSince: null },
      { name: 'Anna Kowalski', email: 'anna@mail.example', enrollments: 1, referred: 0, duplicates: 0 },
    ])
    expect(await listed({ sort: 'name' })).toEqual(['Anna Kowalski', 'Lee 100% Wong', 'priya Shah'])
    expect(await listed({ q: '100%' })).toEqual(['Lee 100% Wong'])
    expect(await listed({ q: '(415) 555-0142' })).toEqual(['priya Shah'])
    expect(await listed({ q: 'ANNA@mail' })).toEqual(['Anna Kowalski'])
    expect(await listed({ filter: 'advocates' })).toEqual(['Anna Kowalski'])
    expect(await listed({ filter: 'friends' })).toEqual(['priya Shah'])
    expect(await listed({ filter: 'customers' })).toEqual(['Lee 100% Wong'])
    for (const sort of ['name', 'newest']) {
      const first = await listContacts(world.ctx, ContactQuery.parse({ sort, limit: 2 }))
      const rest = await listContacts(world.ctx, ContactQuery.parse({ sort, limit: 2, cursor: first.nextCursor }))
      expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(await listed({ sort }))
      expect(rest.nextCursor).toBeNull()
    }
  })

  it("can be changed, and their customer date starts at midnight in the business's time zone", async () => {
    const id = await admit({ name: 'Anna', email: 'anna@mail.example' })
    const changed = await updateContact(world.ctx, id, {
      name: 'Anna Kowalski',
      customerSince: '2026-05-29',
      language: 'es',
      notify: 'rewards',
      sharesName: false,
    })
    expect(changed).toMatchObject({
      name: 'Anna Kowalski',
      customerSince: '2026-05-29T07:00:00.000Z',
      language: 'es',
      notify: 'rewards',
      sharesName: false,
    })
    expect(await updateContact(world.ctx, id, { customerSince: null })).toMatchObject({ customerSince: null })
    expect(changed.audit.map(({ action, by }) => [action, by])).toEqual([['contact.updated', 'Maya Ortiz']])
  })

  describe('addresses', () => {
    it('can be several; one that belongs to another contact is rejected with that contact', async () => {
      const anna = await admit({ name: 'Anna Kowalski', email: 'anna@mail.example' })
      const ben = await admit({ name: 'Ben Ode', phone: '+14155550101' })
      await addAddress(world.ctx, anna, { kind: 'phone', value: '(415) 555-0102' })
      await addAddress(world.ctx, anna, { kind: 'email', value: 'Anna@Work.example' })
      expect((await addresses(anna)).map(([value]) => value)).toEqual([
        'anna@mail.example',
        'anna@work.example',
        '+14155550102',
      ])
      await expect(addAddress(world.ctx, anna, { kind: 'phone', value: '415-555-0101' })).rejects.toMatchObject({
        code: 'address_taken',
        facts: { existingId: ben, errors: [{ path: 'value', message: 'Ben Ode has this number.' }] },
      })
      await expect(addAddress(world.ctx, anna, { kind: 'phone', value: '12345' })).rejects.toMatchObject({
        code: 'phone_invalid',
        facts: { errors: [{ path: 'value' }] },
      })
    })

    it('typed by a stranger are dropped when staff verify one', async () => {
      const typed = await admit({ name: 'Priya Shah', email: 'priya@mail.example', phone: '+14155550142' }, 'stranger')
      const [email] = (await loadContact(world.ctx, typed)).addresses
      await confirmAddress(world.ctx, typed, email?.id ?? '')
      expect(await addresses(typed)).toEqual([['priya@mail.example', 'staff']])
      const other = await admit({ name: 'Lee Wong', email: 'lee@mail.example' }, 'stranger')
      await addAddress(world.ctx, other, { kind: 'phone', value: '+14155550143' })
      expect(await addresses(other)).toEqual([['+14155550143', 'staff']])
    })

    it("can't all be removed", async () => {
      const anna = await admit({ name: 'Anna', email: 'anna@mail.example', phone: '+14155550103' })
      const [email, phone] = (await loadContact(world.ctx, anna)).addresses
      await removeAddress(world.ctx, anna, phone?.id ?? '')
      await expect(removeAddress(world.ctx, anna, email?.id ?? '')).rejects.toMatchObject({ code: 'last_address' })
    })
  })

  describe('possible duplicates', () => {
    it('are detected when a form names one contact by email and another by phone', async () => {
      const campaign = await world.campaign()
      const anna = await world.advocate(campaign.id)
      const one = await admit({ name: 'Priya Shah', email: 'priya@mail.example' })
      await admit({ name: 'Priya  shah', phone: '+14155550142' })
      await admit({ name: 'Raj Shah', phone: '+14155550143' })
      const other = await world.campaign({}, { name: 'Autumn' })
      const bea = await world.advocate(other.id)
      await world.referral(anna.id, { name: 'Priya', email: 'priya@mail.example', phone: '+14155550142' })
      await world.referral(bea.id, { name: 'Priya', email: 'priya@mail.example', phone: '+14155550143' })
      expect((await duplicates(one)).sort()).toEqual([
        ['Priya  shah', 'email_and_phone_differ'],
        ['Raj Shah', 'same_phone_other_name'],
      ])
      expect((await listed({ filter: 'duplicates' })).sort()).toEqual(['Priya  shah', 'Priya Shah', 'Raj Shah'])
    })

    it('are detected once when two emails differ only by a tag, until staff dismiss them', async () => {
      const one = await admit({ name: 'Ana Lo', email: 'ana.lo@gmail.com' })
      const two = await admit({ name: 'Ana Lo', email: 'analo+work@gmail.com' }, 'stranger')
      expect(await duplicates(one)).toEqual([['Ana Lo', 'same_canonical_email']])
      await dismissDuplicate(world.ctx, two, one)
      await addAddress(world.ctx, two, { kind: 'email', value: 'ana.lo+home@gmail.com' })
      expect(await duplicates(one)).toEqual([])
      await expect(dismissDuplicate(world.ctx, one, two)).rejects.toMatchObject({ code: 'not_found' })
    })
  })
})
