import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { checkProperty } from '../../../../test/property.ts'
import { modules } from '../../../modules.ts'
import { rebuildProjections } from '../../../projections.ts'
import { contextFor, transaction } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { dropUnverified } from '../../people/contacts/verification.ts'
import { mergeContacts } from '../../surfaces/console/contacts.ts'
import { searchProjections } from './search.checks.ts'

let app: TestApp
let world: World
let owner: string
let campaignId: string
beforeAll(async () => {
  app = await createTestApp()
  world = await createWorld(app.services)
  owner = await app.signIn(world.owner.personId, world.owner.id)
  campaignId = (await world.campaign()).id
})
afterAll(async () => {
  expect(await verify(app.services.database.read)).toEqual([])
  await app.close()
})

type Listed = { items: { id: string }[]; moreMatches?: true }

/** The ids a list shows for a query. */
async function found(path: string, q: string, as = owner): Promise<string[]> {
  const response = await app.request('GET', `${path}${path.includes('?') ? '&' : '?'}q=${encodeURIComponent(q)}`, {
    as,
  })
  expect(response.status).toBe(200)
  return ((await response.json()) as Listed).items.map(({ id }) => id)
}
const post = async (path: string, body: unknown, as = owner) => {
  const response = await app.request('POST', path, { as, body })
  expect([200, 201, 204]).toContain(response.status)
  return response.status === 204 ? null : response.json()
}

describe('the search of a list', () => {
  it('finds an advocate, their contact and their referrals by every field of theirs', async () => {
    const walter = await world.advocate(campaignId, {
      name: "Wałter O'Nguyễn",
      email: 'w.nguyen@harbor-mail.example',
      phone: '+14155550163',
    })
    await post(`/v1/advocates/${walter.id}/code`, { code: 'WALTER-2026' })
    const referral = await world.referral(walter.id, { name: 'Zoë', email: 'zoe@mail.example' })
    for (const q of [
      'walter',
      'ONGUYEN',
      'nguyen',
      'w.nguyen',
      'harbor-mail',
      '0163',
      '(415) 555-0163',
      'nguyen 0163',
    ]) {
      expect([q, await found('/v1/advocates', q)]).toEqual([q, [walter.id]])
      expect([q, await found('/v1/contacts', q)]).toEqual([q, [walter.contactId]])
      expect([q, await found('/v1/referrals', q)]).toEqual([q, [referral.id]])
    }
    // Both codes lead to the advocate and to what came by them.
    for (const q of ['walter-2026', walter.code.toLowerCase()]) {
      expect([q, await found('/v1/advocates', q)]).toEqual([q, [walter.id]])
      expect([q, await found('/v1/referrals', q)]).toEqual([q, [referral.id]])
    }
    expect(await found('/v1/referrals', 'zoe onguyen 0163')).toEqual([referral.id])
    expect(await found('/v1/advocates', 'alter')).toEqual([])
  })

  it('finds a referral by its friend, by what was submitted, and by its id from another system', async () => {
    const nina = await world.advocate(campaignId, { name: 'Nina Advocate', email: 'nina@mail.example' })
    const friend = { name: 'Priya Shah', email: 'priya.shah@mail.example', phone: '+16285550199' }
    const first = await world.referral(nina.id, friend)
    const other = await world.campaign({}, { name: 'Spring Tune-Up' })
    const again = await post('/v1/referrals', {
      campaignId: other.id,
      externalId: 'ORDER-77/Ä',
      friend: { name: 'Priya Patel', email: friend.email },
      advocateNamed: 'My neighbor Ødegård',
    })
    for (const q of ['priya', 'priya.shah@mail', '628 555 0199', '5550199'])
      expect([q, (await found('/v1/referrals', q)).sort()]).toEqual([q, [first.id, again.id].sort()])
    for (const q of ['patel', 'order-77', 'ORDER77', '77', 'odegard', 'priya patel shah', 'neighbor shah'])
      expect([q, await found('/v1/referrals', q)]).toEqual([q, [again.id]])
    expect(await found(`/v1/referrals?campaignId=${campaignId}`, 'priya')).toEqual([first.id])
    expect(await found('/v1/referrals?status=converted', 'priya')).toEqual([])
  })

  it('finds rewards and requests by the whole of their contact, and codes without their dashes', async () => {
    const dora = await world.advocate(campaignId, { name: 'Dora Díaz', phone: '+14155550188' })
    const referral = await world.referral(dora.id, stranger('Ben Ott'))
    await post(`/v1/referrals/${referral.id}/convert`, { jobValue: 100_000 })
    const rewards = await found('/v1/rewards?tab=issued', 'diaz 0188')
    expect(rewards).toHaveLength(1)
    expect(await found('/v1/rewards?tab=issued', 'diaz ben')).toEqual([])
    const summary = await app.request('GET', '/v1/rewards/summary?q=diaz', { as: owner })
    expect(await summary.json()).toMatchObject({ issued: 1 })
    await post(`/v1/campaigns/${campaignId}/discount-codes`, { codes: ['SAVE-20-XY', 'SAVE-30-ZZ'] })
    expect(await found(`/v1/campaigns/${campaignId}/discount-codes`, 'save20')).toHaveLength(1)
    expect(await found(`/v1/campaigns/${campaignId}/discount-codes`, 'save')).toHaveLength(2)
  })

  it('pages through the rewards of all contacts found, both ways, and counts them by tab', async () => {
    const other = (await world.campaign()).id
    const earned: string[] = []
    for (const [name, campaign] of [
      ['Quill Aster', campaignId],
      ['Quill Birch', other],
      ['Quill Cedar', campaignId],
    ] as const) {
      const { id } = await world.referral((await world.advocate(campaign, { name })).id, stranger('Ben Ott'))
      await post(`/v1/referrals/${id}/convert`, { jobValue: 100_000 })
      app.clock.advance(1_000)
      const [reward] = await found('/v1/rewards?tab=issued', name)
      earned.unshift(reward ?? '')
    }
    const page = async (rest: string) => {
      const response = await app.request('GET', `/v1/rewards?tab=issued&q=quill&limit=1${rest}`, { as: owner })
      return (await response.json()) as Listed & { nextCursor: string | null; previousCursor: string | null }
    }
    const first = await page('')
    const second = await page(`&cursor=${first.nextCursor}`)
    const third = await page(`&cursor=${second.nextCursor}`)
    expect([first, second, third].map(({ items }) => items.map(({ id }) => id))).toEqual(earned.map((id) => [id]))
    expect(third.nextCursor).toBeNull()
    expect(await page(`&cursor=${third.previousCursor}`)).toMatchObject({ items: second.items })
    expect(await page('&last=true')).toMatchObject({ items: third.items })
    expect(await found(`/v1/rewards?tab=issued&campaignId=${other}`, 'quill')).toEqual([earned[1]])

    const summarized = async (rest = '') => {
      const response = await app.request('GET', `/v1/rewards/summary?q=quill${rest}`, { as: owner })
      return await response.json()
    }
    expect(await summarized()).toMatchObject({ issued: 3, voided: 0, requests: 0 })
    expect(await summarized(`&campaignId=${other}`)).toMatchObject({ issued: 1 })
    const [aster] = await found('/v1/contacts', 'quill aster')
    expect(await summarized(`&contactId=${aster}`)).toMatchObject({ issued: 1 })
  })

  it('finds nothing by an old name, an old address and a removed one', async () => {
    const anna = await world.advocate(campaignId, { name: 'Anna Oldname', email: 'oldaddress@mail.example' })
    const referral = await world.referral(anna.id, stranger('Gus Friend'))
    await app.request('PATCH', `/v1/contacts/${anna.contactId}`, { as: owner, body: { name: 'Anna Newname' } })
    const contact = (await post(`/v1/contacts/${anna.contactId}/addresses`, {
      kind: 'email',
      value: 'newaddress@mail.example',
    })) as { addresses: { id: string; value: string }[] }
    const old = contact.addresses.find(({ value }) => value.startsWith('oldaddress'))
    await post(`/v1/contacts/${anna.contactId}/remove-address`, { addressId: old?.id })
    for (const path of ['/v1/contacts', '/v1/advocates', '/v1/referrals']) {
      expect([path, await found(path, 'oldname')]).toEqual([path, []])
      expect([path, await found(path, 'oldaddress')]).toEqual([path, []])
      expect([path, await found(path, 'anna newname newaddress')]).toHaveLength(2)
    }
    expect(await found('/v1/referrals', 'newaddress')).toEqual([referral.id])
  })

  it('finds the one that stayed after a merge, by everything of both', async () => {
    const kept = await world.advocate(campaignId, { name: 'Kim Kept', email: 'kim@kept.example' })
    const gone = await world.advocate(campaignId, { name: 'Kim Vanished', email: 'kim@gone.example' })
    const referral = await world.referral(gone.id, stranger('Hana Friend'))
    await mergeContacts(world.ctx, kept.contactId, { otherId: gone.contactId, confirm: [] })
    for (const q of ['kim@gone', 'kim kept', kept.code]) {
      expect([q, await found('/v1/contacts', q)]).toEqual([q, q === kept.code ? [] : [kept.contactId]])
      expect([q, await found('/v1/advocates', q)]).toEqual([q, [kept.id]])
      expect([q, await found('/v1/referrals', q)]).toEqual([q, [referral.id]])
    }
    // A code of the merged contact leads friends to the one that stayed, and so does a search.
    expect(await found('/v1/advocates', gone.code)).toEqual([kept.id])
    expect(await found('/v1/contacts', 'vanished')).toEqual([])
  })

  it('finds nothing of an erased person, and no byte of theirs is in the index', async () => {
    const erased = await world.advocate(campaignId, { name: 'Quirin Canary', email: 'quirin@canary.example' })
    const referral = await world.referral(erased.id, { name: 'Quirina Canary', email: 'quirina@canary.example' })
    const terms = () =>
      app.services.database.read.all(
        sql`SELECT term FROM search_terms WHERE term LIKE '%canary%' UNION ALL SELECT words FROM search_subjects WHERE words LIKE '%canary%'`,
      )
    expect(await terms()).not.toEqual([])
    for (const id of [erased.contactId, referral.friend.contactId])
      await post(`/v1/contacts/${id}/erase`, { name: id === erased.contactId ? 'Quirin Canary' : 'Quirina Canary' })
    expect(await terms()).toEqual([])
    for (const path of ['/v1/contacts', '/v1/advocates', '/v1/referrals'])
      for (const q of ['quirin', 'quirina', 'canary', erased.code, 'erased'])
        expect([path, q, await found(path, q)]).toEqual([path, q, []])
  })

  it('never finds anything of another organization', async () => {
    const other = await createWorld(app.services, 'Other & Co')
    const campaign = await other.campaign({}, { name: 'Secretive' })
    const theirs = await other.advocate(campaign.id, { name: 'Xaver Secret', phone: '+14155550999' })
    await other.referral(theirs.id, { name: 'Yara Secret', email: 'yara@secret.example' })
    const stranger = await app.signIn(other.owner.personId, other.owner.id)
    for (const path of ['/v1/contacts', '/v1/advocates', '/v1/referrals'])
      for (const q of ['secret', '0999', theirs.code]) {
        expect([path, q, await found(path, q)]).toEqual([path, q, []])
        if (path !== '/v1/contacts' || q !== theirs.code)
          expect([path, q, (await found(path, q, stranger)).length > 0]).toEqual([path, q, true])
      }
  })

  it('says that there are more than it shows', async () => {
    await transaction(world.ctx, async (tx) => {
      await tx.db.run(sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
        INSERT INTO contacts (id, organization_id, name, created_at)
        SELECT 'con_' || printf('%026d', i), ${world.organization.id}, 'Multitude ' || i, ${app.clock.now()} FROM n`)
      await rebuildProjections(tx.db, world.organization.id, searchProjections(modules))
    })
    const response = await app.request('GET', '/v1/contacts?limit=100&q=multitude', { as: owner })
    expect(await response.json()).toMatchObject({ moreMatches: true })
    const one = (await (await app.request('GET', '/v1/contacts?q=multitude+77', { as: owner })).json()) as Listed
    expect(one.items.map(({ id }) => id)).toContain(`con_${'77'.padStart(26, '0')}`)
  })
})

describe('the index', () => {
  it('equals what each row is found by after any writes, and does not depend on their order', async () => {
    const names = ['Priya Shah', "Anna-Lena O'Neil", 'Ødegård', '山田太郎', 'e', 'Priya Ortiz']
    const step = fc.oneof(
      fc.record({ do: fc.constant('refer' as const), name: fc.constantFrom(...names), who: fc.nat(5), by: fc.nat(2) }),
      fc.record({ do: fc.constant('rename' as const), name: fc.constantFrom(...names), who: fc.nat(5) }),
      fc.record({ do: fc.constant('merge' as const), who: fc.nat(5), into: fc.nat(5) }),
      fc.record({ do: fc.constant('erase' as const), who: fc.nat(5) }),
      fc.record({ do: fc.constant('code' as const), by: fc.nat(2), name: fc.constantFrom(...names) }),
      fc.record({ do: fc.constant('convert' as const), who: fc.nat(5) }),
      fc.record({ do: fc.constant('verify' as const), who: fc.nat(5) }),
    )
    await checkProperty(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
        const shop = await createWorld(app.services, `Shop ${app.services.newId('message').slice(-8)}`)
        const as = await app.signIn(shop.owner.personId, shop.owner.id)
        const { id: campaign } = await shop.campaign()
        const advocates = []
        for (let n = 0; n < 3; n += 1) advocates.push(await shop.advocate(campaign))
        const made: { id: string; contactId: string }[] = []
        const request = (method: string, path: string, body?: unknown) => app.request(method, path, { as, body })
        for (const [n, one] of steps.entries()) {
          const who = made['who' in one ? one.who % Math.max(made.length, 1) : 0]
          if (one.do === 'refer') {
            const friend = one.who === 5 ? { email: `f${n}@x.example` } : { email: `f${one.who}@x.example` }
            const response = await request('POST', '/v1/referrals', {
              advocateId: advocates[one.by]?.id,
              externalId: `X-${n}`,
              friend: { ...friend, name: one.name, ...(one.by === 1 ? { phone: `+1415555010${one.who}` } : {}) },
            })
            const row = (await response.json()) as { id: string; friend?: { contactId: string | null } }
            if (response.status === 201) made.push({ id: row.id, contactId: row.friend?.contactId ?? '' })
          } else if (one.do === 'code') {
            await request('POST', `/v1/advocates/${advocates[one.by]?.id}/code`, { code: `CODE${n}X${one.by}` })
          } else if (who) {
            const path = `/v1/contacts/${who.contactId}`
            if (one.do === 'rename') await request('PATCH', path, { name: one.name })
            if (one.do === 'erase') await request('POST', `${path}/erase`, { name: names[0] })
            if (one.do === 'convert') await request('POST', `/v1/referrals/${who.id}/convert`, { jobValue: 100 })
            if (one.do === 'merge')
              await request('POST', `${path}/merge`, { otherId: made[one.into % made.length]?.contactId, confirm: [] })
            if (one.do === 'verify')
              await transaction(contextFor(app.services, shop.organization.id, { type: 'system' }), (tx) =>
                dropUnverified(tx, who.contactId),
              )
          }
        }
        expect(
          (await verify(app.services.database.read)).filter(({ invariant }) => /[Ss]earch/.test(invariant)),
        ).toEqual([])
        const stored = () =>
          app.services.database.read.all(sql`SELECT s.id, s.words FROM search_subjects s JOIN search_organizations o
            ON o.number = s.space / 32 WHERE o.organization_id = ${shop.organization.id} ORDER BY s.id`)
        const before = await stored()
        await app.services.database.write((tx) =>
          rebuildProjections(tx, shop.organization.id, searchProjections(modules)),
        )
        expect(await stored()).toEqual(before)
      }),
      12,
    )
  })
})
