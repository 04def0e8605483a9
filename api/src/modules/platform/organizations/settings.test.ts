import { type Organization, scopes } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { listAudit } from '../../surfaces/console/audit.queries.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { updateOrganization } from './settings.ts'

let test: TestApp
let world: World
let owner: string
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  owner = await test.signIn(world.owner.personId)
})
afterAll(() => test.close())

const found = (as: string, body: object = {}) =>
  test.request('POST', '/v1/organizations', {
    as,
    body: { name: 'Bayside Roofing', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', ...body },
  })
const me = async (as: string) =>
  (await (await test.request('GET', '/v1/me', { as })).json()) as {
    actor: { id: string; name: string; role: string }
    organization: Organization
    organizations: { id: string; role: string }[]
  }

describe('another organization created by a member', () => {
  it('is owned by them, opened right away, and has the key its form needs', async () => {
    const staff = await test.member(world.ctx, 'staff', 'founder@members.example')
    const response = await found(staff)
    expect(response.status).toBe(201)
    const made = (await response.json()) as Organization
    const now = await me(staff)
    expect(now.organization).toEqual(made)
    expect(now.actor).toMatchObject({ name: 'Sam Lee', role: 'owner' })
    expect(now.organizations.map(({ role }) => role)).toEqual(['staff', 'owner'])
    const keys = await (await test.request('GET', '/v1/keys', { as: staff })).text()
    expect(keys).toContain('"kind":"publishable"')
    const audit = await test.request('GET', '/v1/audit', { as: staff })
    expect(((await audit.json()) as { items: { action: string; actorName: string }[] }).items).toContainEqual(
      expect.objectContaining({ action: 'organization.created', actorName: 'Sam Lee' }),
    )
  })

  it('is created only once if the response was lost and the request is repeated', async () => {
    const admin = await test.member(world.ctx, 'admin', 'twice@members.example')
    const [first, second] = await Promise.all([found(admin, { name: 'Twice' }), found(admin, { name: 'twice ' })])
    expect([first.status, second.status].sort()).toEqual([201, 409])
    const refused = first.status === 409 ? first : second
    expect(await refused.json()).toMatchObject({ code: 'organization_exists', existingId: expect.any(String) })
    expect((await me(admin)).organizations).toHaveLength(2)
  })

  it("can't be created by a key, or with an unknown time zone", async () => {
    const key = await test.secretKey(world.ctx, [...scopes])
    expect((await found(key)).status).toBe(403)
    for (const wrong of [{ timeZone: 'Mars/Olympus' }, { country: 'XX' }, { country: 'de' }, { currency: 'XXX' }])
      expect((await found(owner, wrong)).status, JSON.stringify(wrong)).toBe(400)
  })
})

describe("an organization's settings", () => {
  it('change only the fields given; the audit trail names the fields but no values', async () => {
    const before = await test.request('GET', '/v1/organization', { as: owner })
    const changes = { tagline: 'Plumbing & Heating', phone: '(415) 555-0199', replyTo: 'office@harborsons.example' }
    const response = await test.request('PATCH', '/v1/organization', { as: owner, body: changes })
    expect(await response.json()).toEqual({ ...((await before.json()) as object), ...changes })
    const trail = await listAudit(world.ctx, { limit: 1, group: 'organization' })
    expect(trail.items[0]).toMatchObject({
      action: 'organization.updated',
      actorName: 'Maya Ortiz',
      data: { changed: 'phone, replyTo, tagline' },
    })
    expect(JSON.stringify(trail)).not.toContain('office@harborsons')
  })

  it('leave no audit entry if nothing differs', async () => {
    const count = async () => (await listAudit(world.ctx, { limit: 100, group: 'organization' })).items.length
    const before = await count()
    await updateOrganization(world.ctx, { name: world.organization.name, creditUses: ['next_invoice'] })
    expect(await count()).toBe(before)
  })

  it.each([
    [{ website: 'harborsons' }, 'Enter a whole address such as https://harborsons.example'],
    [{ website: 'javascript:alert(1)' }, 'Enter a whole address such as https://harborsons.example'],
    [{ brandColor: 'red' }, 'Use a color such as #8a2c5e.'],
    [{ creditUses: [] }, 'Leave at least one way to use credit.'],
    [{ creditUses: ['payout', 'payout'] }, 'Name each way once.'],
    [{ replyTo: 'office' }, 'Enter an email address such as name@example.com.'],
    [{ country: 'ZZ' }, 'Use the two letters of a country, such as US.'],
  ])('reject %j', async (body, message) => {
    const response = await test.request('PATCH', '/v1/organization', { as: owner, body })
    expect(response.status).toBe(400)
    expect(JSON.stringify(await response.json())).toContain(message)
  })

  it('allow the currency to change until there is a campaign, and say why not after that', async () => {
    const fresh = await createWorld(test.services, 'Fresh Company')
    expect((await updateOrganization(fresh.ctx, { currency: 'CHF' })).currency).toBe('CHF')
    await fresh.campaign()
    await expect(updateOrganization(fresh.ctx, { currency: 'USD' })).rejects.toMatchObject({ code: 'currency_fixed' })
    expect((await updateOrganization(fresh.ctx, { currency: 'CHF', name: 'Fresher' })).name).toBe('Fresher')
  })

  it('can reserve converting for owners and admins, and staff are told so', async () => {
    const shop = await createWorld(test.services, 'Careful Company')
    const advocate = await shop.advocate((await shop.campaign()).id)
    const referral = await shop.referral(advocate.id)
    const convert = async (role: 'staff' | 'admin') =>
      convertReferral(await shop.as(role), referral.id, { jobValue: 10_000, notify: false })
    await updateOrganization(shop.ctx, { staffMayConvert: false })
    await expect(convert('staff')).rejects.toMatchObject({ code: 'staff_may_not_convert' })
    expect((await convert('admin')).status).toBe('converted')
    await updateOrganization(shop.ctx, { staffMayConvert: true })
    const another = await shop.referral(advocate.id)
    const input = { jobValue: 10_000, notify: false }
    expect((await convertReferral(await shop.as('staff'), another.id, input)).status).toBe('converted')
  })

  it("can't be changed by staff", async () => {
    const staff = await test.member(world.ctx, 'staff', 'onlystaff@members.example')
    const response = await test.request('PATCH', '/v1/organization', { as: staff, body: { name: 'Mine' } })
    expect(response.status).toBe(403)
  })
})
