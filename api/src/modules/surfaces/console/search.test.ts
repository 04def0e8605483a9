import type { SearchResults } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'

describe('a search of everything', () => {
  let app: TestApp
  let world: World
  let owner: string
  beforeAll(async () => {
    app = await createTestApp()
    world = await createWorld(app.services)
    owner = await app.signIn(world.owner.personId, world.owner.id)
  })
  afterAll(() => app.close())

  async function searched(q: string, as = owner): Promise<SearchResults['groups']> {
    const response = await app.request('GET', `/v1/search?q=${encodeURIComponent(q)}`, { as })
    expect(response.status).toBe(200)
    return ((await response.json()) as SearchResults).groups
  }
  const idsOf = (groups: SearchResults['groups']) =>
    Object.fromEntries(groups.map(({ kind, items }) => [kind, items.map(({ id }) => id)]))

  it('says what was found of each kind and which words matched', async () => {
    const campaign = await world.campaign({}, { name: 'Zebra Summer' })
    const walter = await world.advocate(campaign.id, {
      name: 'Walter Zebra-Nguyen',
      email: 'w.zebra@mail.example',
      phone: '+14155550163',
    })
    const referral = await world.referral(walter.id, { name: 'Zoë Zebra', email: 'zoe@mail.example' })
    const codes = `/v1/campaigns/${campaign.id}/discount-codes`
    expect((await app.request('POST', codes, { as: owner, body: { codes: ['ZEBRA-20'] } })).status).toBe(200)

    const groups = await searched('zebra')
    expect(groups.map(({ kind, items, more }) => [kind, items.length, more])).toEqual([
      ['referral', 1, false],
      ['advocate', 1, false],
      ['contact', 2, false],
      ['campaign', 1, false],
      ['discount_code', 1, false],
    ])
    const [referrals, advocates, contacts, campaigns, discountCodes] = groups.map(({ items }) => items)
    expect(referrals).toEqual([
      {
        id: referral.id,
        name: 'Zoë Zebra',
        contactId: referral.friend.contactId,
        campaign: { id: campaign.id, name: 'Zebra Summer' },
        matched: [
          { field: 'name', value: 'Zoë Zebra', words: ['Zebra'] },
          { field: 'advocate_name', value: 'Walter Zebra-Nguyen', words: ['Zebra-Nguyen'] },
          { field: 'advocate_email', value: 'w.zebra@mail.example', words: ['w.zebra@mail.example'] },
        ],
      },
    ])
    expect(advocates?.[0]).toMatchObject({ id: walter.id, contactId: walter.contactId, name: 'Walter Zebra-Nguyen' })
    expect(contacts?.map(({ id }) => id).sort()).toEqual([walter.contactId, referral.friend.contactId].sort())
    expect(campaigns?.[0]).toMatchObject({ id: campaign.id, matched: [{ words: ['Zebra'] }] })
    expect(discountCodes?.[0]).toMatchObject({ name: 'ZEBRA-20', campaign: { id: campaign.id } })

    const byPhone = await searched('nguyen 0163')
    expect(idsOf(byPhone)).toMatchObject({ referral: [referral.id], advocate: [walter.id], campaign: [] })
    expect(byPhone[1]?.items[0]?.matched).toEqual([
      { field: 'name', value: 'Walter Zebra-Nguyen', words: ['Zebra-Nguyen'] },
      { field: 'phone', value: '+14155550163', words: ['+14155550163'] },
    ])
    expect(idsOf(await searched(walter.code.toLowerCase()))).toMatchObject({ advocate: [walter.id], contact: [] })
  })

  it('shows whole words before longer ones, the newest first, five of each kind', async () => {
    const campaign = await world.campaign()
    const advocate = await world.advocate(campaign.id)
    const names = ['Marlow', 'Mar Low', 'Marlene', 'Mar Vin', 'Marta', 'Martin', 'Marek']
    for (const name of names) await world.referral(advocate.id, stranger(name))
    const [referrals, , contacts] = await searched('mar')
    for (const group of [referrals, contacts]) {
      expect(group?.items.map(({ name }) => name)).toEqual(['Mar Vin', 'Mar Low', 'Marek', 'Martin', 'Marta'])
      expect(group?.more).toBe(true)
    }
  })

  it('leaves out deleted referrals', async () => {
    const campaign = await world.campaign()
    const advocate = await world.advocate(campaign.id)
    const referral = await world.referral(advocate.id, stranger('Delia Deleted'))
    const deletion = { as: owner, body: { reason: 'Entered twice' } }
    expect(idsOf(await searched('delia'))).toMatchObject({ referral: [referral.id] })
    expect((await app.request('POST', `/v1/referrals/${referral.id}/delete`, deletion)).status).toBe(204)
    expect(idsOf(await searched('delia'))).toMatchObject({ referral: [], contact: [referral.friend.contactId] })
  })

  it('shows only the kinds that the caller may read, and addresses only with the scope for contacts', async () => {
    const campaign = await world.campaign()
    const nora = await world.advocate(campaign.id, { name: 'Nora Scope', email: 'nora@scope.example' })
    const referral = await world.referral(nora.id, { name: 'Fred Friend', email: 'fred@mail.example' })
    const kindsFor = async (as: string) => (await searched('scope', as)).map(({ kind }) => kind)
    expect(await kindsFor(await app.member(world.ctx, 'staff'))).toHaveLength(5)
    const key = await app.secretKey(world.ctx, ['referrals:read'])
    expect(await kindsFor(key)).toEqual(['referral'])
    const [only] = await searched('scope', key)
    expect(only?.items).toMatchObject([{ id: referral.id, matched: [{ field: 'advocate_name' }] }])
    expect(await kindsFor(await app.secretKey(world.ctx, ['settings:read']))).toEqual([])
    expect((await app.request('GET', '/v1/search?q=scope')).status).toBe(401)
    expect((await app.request('GET', '/v1/search?q=', { as: owner })).status).toBe(400)
  })

  it('never shows anything of another organization', async () => {
    const other = await createWorld(app.services, 'Other & Co')
    const campaign = await other.campaign({}, { name: 'Hiddenite' })
    const theirs = await other.advocate(campaign.id, { name: 'Hiddenite Kim', phone: '+14155550997' })
    await other.referral(theirs.id, stranger('Hiddenite Friend'))
    const stranger2 = await app.signIn(other.owner.personId, other.owner.id)
    expect((await searched('hiddenite', stranger2)).map(({ items }) => items.length)).toEqual([1, 1, 2, 1, 0])
    for (const q of ['hiddenite', '0997', theirs.code])
      expect((await searched(q)).flatMap(({ items }) => items)).toEqual([])
  })
})
