import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { anotherWorld, stranger, type World } from '../../../../test/harness.ts'
import { identityOf } from '../../../../test/identity.ts'
import { addressesOf, contactIdByAddress, getContact } from '../../people/contacts/contacts.ts'
import { createKey } from '../../platform/keys/keys.ts'
import { archiveAdvocate } from '../../program/advocates/settings.ts'
import { listAudit } from '../console/audit.queries.ts'
import { updateCampaign } from '../console/campaigns.ts'
import { convertReferral } from '../console/referrals.ts'
import { eraseContact } from '../person/erasing.ts'
import { mergeContacts } from '../person/merging.ts'
import { portalHome } from '../portal/portal.queries.ts'

let test: TestApp
let world: World
let site: Awaited<ReturnType<typeof identityOf>>

beforeAll(async () => {
  test = await createTestApp()
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
  site = await identityOf(test, world)
})
afterAll(() => test.close())

const open = { enrollment: 'identified' } as const
const countOf = async (table: string) =>
  (
    await test.services.database.read.all<[number]>(
      sql`SELECT count(*) FROM ${sql.identifier(table)} WHERE organization_id = ${world.organization.id}`,
    )
  )[0]?.[0]
const everything = () => Promise.all(['contacts', 'enrollments', 'audit_entries', 'messages'].map(countOf))

describe('a customer who is signed in on the website', () => {
  it('sees their own link, credit, friends and rewards, as in the portal', async () => {
    const campaign = await world.campaign({ holdDays: 14 })
    const anna = await world.advocate(campaign.id)
    const priya = await world.referral(anna.id, stranger('Priya Shah'))
    await convertReferral(world.ctx, priya.id, { jobValue: 120_000, notify: false })
    test.clock.advance(1_000)
    await world.referral(anna.id, stranger('Omar Haddad'))
    const view = await site.view(await site.sign({ contactId: anna.contactId, expiresIn: 300 }))
    // 5% of $1,200.00, held for 14 days from June 1.
    expect(view).toMatchObject({
      organization: { name: world.organization.name },
      validForMs: 300_000,
      firstName: 'Anna',
      credit: { available: '$0.00', note: '$60.00 on the way. Expected Jun 15.', owed: null },
      gifts: [],
      programs: [
        {
          campaignId: campaign.id,
          code: anna.code,
          share: { link: anna.link, headline: 'Give $20, get 5% back', closed: null },
          friendsTotal: 2,
          friends: {
            items: [
              { name: 'Omar H.', statusText: 'Sent Jun 1', reward: '5% back', whenText: '', status: 'pending' },
              { name: 'Priya S.', statusText: 'Completed', reward: '$60.00', whenText: 'Expected Jun 15' },
            ],
            nextCursor: null,
          },
        },
      ],
    })
    expect(JSON.stringify(view)).not.toMatch(/Shah|Haddad|@mail|\+1415/)
    const sessionId = 'pse_test'
    const actor = { type: 'contact', id: anna.contactId, scope: 'view', sessionId } as const
    const [program] = (await portalHome({ ...world.ctx, actor })).programs
    const whyOf = (friends: { why: string | null }[]) => friends.map(({ why }) => why)
    expect(whyOf(view.programs[0]?.friends.items ?? [])).toEqual(whyOf(program?.friends ?? []))
  })

  it('is found by email in any spelling, in the language of the page', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna.k@mail.example' })
    const token = await site.sign({ email: 'Anna.K@MAIL.example ' })
    expect((await site.view(token)).programs[0]?.code).toBe(anna.code)
    const german = await site.view(token, { lang: 'de-AT' })
    expect(german.programs[0]?.share.headline).toMatch(/20.*\$/)
    expect(german.credit.note).not.toBe((await site.view(token)).credit.note)
  })

  it('reads the friends beyond the first 20 page by page, of their own program only', async () => {
    const campaign = await world.campaign()
    const [anna, ben] = [await world.advocate(campaign.id), await world.advocate(campaign.id, stranger('Ben Ode'))]
    for (let n = 0; n < 25; n += 1) await world.referral(anna.id)
    const token = await site.sign({ contactId: anna.contactId })
    const { friends, friendsTotal, code } = (await site.view(token)).programs[0] ?? {}
    expect([friends?.items.length, friendsTotal]).toEqual([20, 25])
    const rest = await site.friends(token, code ?? '', friends?.nextCursor ?? '')
    expect(await rest.json()).toMatchObject({ items: { length: 5 }, nextCursor: null })
    expect((await site.friends(token, ben.code, friends?.nextCursor ?? '')).status).toBe(404)
    expect((await site.friends('x.y.z', anna.code, friends?.nextCursor ?? '')).status).toBe(401)
  })

  it('keeps their credit when their link was deactivated, and the link stays deactivated', async () => {
    const campaign = await world.campaign({}, open)
    const anna = await world.advocate(campaign.id)
    const priya = await world.referral(anna.id)
    await convertReferral(world.ctx, priya.id, { jobValue: 100_000, notify: false })
    await archiveAdvocate(world.ctx, anna.id)
    const before = await everything()
    for (const campaignOf of [undefined, campaign.id]) {
      const asking = campaignOf ? { campaign: campaignOf } : {}
      const view = await site.view(await site.sign({ contactId: anna.contactId }), asking)
      expect(view).toMatchObject({ programs: [], credit: { available: '$50.00' } })
    }
    expect(await everything()).toEqual(before)
  })

  it('is the contact they were merged into', async () => {
    const campaign = await world.campaign()
    const [kept, gone] = [await world.advocate(campaign.id), await world.advocate(campaign.id, stranger('A. Kowalski'))]
    await mergeContacts(world.ctx, kept.contactId, { otherId: gone.contactId, confirm: [] })
    const view = await site.view(await site.sign({ contactId: gone.contactId }))
    expect(view.programs.map(({ code }) => code)).toEqual([kept.code])
  })
})

describe('a customer who is new', () => {
  const priya = { email: 'priya.new@mail.example', name: 'Priya Shah' }

  it('joins where the campaign lets customers join, once, without a message, in the name of the key', async () => {
    const campaign = await world.campaign({}, open)
    const messages = await countOf('messages')
    const view = await site.view(await site.sign(priya), { lang: 'fr' })
    const again = await site.view(await site.sign({ ...priya, name: 'Someone Else' }))
    expect(again.programs[0]?.code).toBe(view.programs[0]?.code)
    const found = await contactIdByAddress(world.ctx, 'email', priya.email)
    const contact = await getContact(world.ctx, found?.id ?? '')
    expect(contact).toMatchObject({ name: 'Priya Shah', language: 'fr' })
    expect((await addressesOf(world.ctx, contact.id)).map(({ proof }) => proof)).toEqual(['staff'])
    expect([view.firstName, view.programs[0]?.campaignId, await countOf('messages')]).toEqual([
      'Priya',
      campaign.id,
      messages,
    ])
    const entries = (await listAudit(world.ctx, { limit: 10 })).items.filter(
      ({ action }) => action === 'advocate.joined',
    )
    expect(entries.map(({ actorName }) => actorName)).toEqual(['Website'])
  })

  it('joins once, however many pages ask at the same time', async () => {
    await world.campaign({}, open)
    const token = await site.sign(priya)
    const views = await Promise.all(Array.from({ length: 25 }, () => site.view(token)))
    expect(new Set(views.map(({ programs }) => programs[0]?.code)).size).toBe(1)
    expect([await countOf('contacts'), await countOf('enrollments'), await countOf('enrollment_codes')]).toEqual([
      1, 1, 1,
    ])
  })

  it('who asks while the campaign ends leaves nothing behind', async () => {
    const campaign = await world.campaign({}, open)
    const before = await countOf('contacts')
    let release = () => {}
    const held = test.services.database.write(() => new Promise<void>((resolve) => (release = resolve)))
    const ended = updateCampaign(world.ctx, campaign.id, { status: 'ended', termsVersion: 1 })
    const asked = site.refusal(await site.sign(priya))
    // Everything that is read before the write queue has been read by now.
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate)
    release()
    await Promise.all([held, ended])
    expect([(await asked)[0], await countOf('contacts')]).toEqual(['identity_unknown', before])
  })

  it('stays nobody where no campaign lets customers join', async () => {
    await world.campaign()
    await world.campaign({}, { ...open, status: 'draft' })
    await world.campaign({}, { ...open, endsAt: '2026-05-01T00:00:00.000Z', startsAt: '2026-04-01T00:00:00.000Z' })
    const before = await everything()
    const [code, detail] = await site.refusal(await site.sign(priya))
    expect([code, detail]).toEqual(['identity_unknown', expect.stringContaining('Dates and rules')])
    const unknown = await site.refusal(await site.sign({ contactId: 'con_00000000000009' }))
    expect(unknown).toEqual(['identity_unknown', expect.stringContaining('con_00000000000009')])
    expect(await everything()).toEqual(before)
  })

  it('joins the campaign of the element when there are several', async () => {
    const [first, second] = [await world.campaign({}, open), await world.campaign({}, { ...open, name: 'Second' })]
    const token = await site.sign(priya)
    expect((await site.refusal(token))[0]).toBe('identity_campaign_needed')
    const view = await site.view(token, { campaign: second.id })
    expect(view.programs.map(({ campaignId }) => campaignId)).toEqual([second.id])
    await site.view(token, { campaign: first.id })
    expect((await site.view(token)).programs.map(({ campaignName }) => campaignName).sort()).toEqual([
      'Neighbor Thank-You',
      'Second',
    ])
  })

  it('with a test key sees what would be, and nothing is saved', async () => {
    await world.campaign({}, open)
    const pageKey = (await createKey(world.ctx, { kind: 'publishable', mode: 'test', name: 'Test', scopes: [] })).key
    const before = await everything()
    const view = await site.view(await site.sign(priya), { pageKey })
    expect([view.test, view.firstName, view.programs.length]).toEqual([true, 'Priya', 1])
    expect(await everything()).toEqual(before)
  })

  it('takes over a contact that a stranger described: the address is theirs, the rest was never proven', async () => {
    const campaign = await world.campaign({}, open)
    const anna = await world.advocate(campaign.id)
    const form = await test.request('GET', `/embed/form?key=${world.publishableKey}&code=${anna.code}`)
    const { formToken } = (await form.json()) as { formToken: string }
    test.clock.advance(3_000)
    const friend = { code: anna.code, name: 'Mallory', email: priya.email, phone: '+14155550199', formToken }
    expect((await test.request('POST', `/embed/referrals?key=${world.publishableKey}`, { body: friend })).status).toBe(
      201,
    )
    const view = await site.view(await site.sign(priya))
    expect(view.firstName).toBe('Priya')
    const found = await contactIdByAddress(world.ctx, 'email', priya.email)
    expect(await addressesOf(world.ctx, found?.id ?? '')).toMatchObject([{ value: priya.email, proof: 'staff' }])
    const actions = (await listAudit(world.ctx, { limit: 10 })).items.map(({ action }) => action)
    expect(actions.filter((action) => action === 'contact.address_confirmed')).toHaveLength(1)
  })

  it('who had their data erased is not brought back', async () => {
    const campaign = await world.campaign({}, open)
    const anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'gone@mail.example' })
    await eraseContact(world.ctx, anna.contactId, 'Anna Kowalski')
    const before = await everything()
    expect((await site.refusal(await site.sign({ email: 'Gone@mail.example' })))[0]).toBe('identity_erased')
    expect((await site.refusal(await site.sign({ contactId: anna.contactId })))[0]).toBe('identity_erased')
    expect(await everything()).toEqual(before)
  })
})
