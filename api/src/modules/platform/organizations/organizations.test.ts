import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { createOrganization, type NewOrganization } from '../../surfaces/setup/createOrganization.ts'
import { auditEntries } from '../audit/audit.table.ts'
import { persons } from '../members/members.table.ts'
import { sites } from './organizations.table.ts'
import { getOrganization } from './organizations.ts'
import { addSite, assertSiteAllowed, listSites, removeSite } from './sites.ts'

let test: TestApp
let world: World
beforeAll(async () => {
  test = await createTestApp({ publicUrl: 'https://refer.example.com' })
  world = await createWorld(test.services)
})
afterAll(() => test.close())

const acme: NewOrganization = {
  name: 'Acme',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  country: 'DE',
  owner: { name: 'Bo', email: 'Bo@Acme.example' },
}

describe('an organization', () => {
  it('is created with its owner, its key and what the form needs', async () => {
    const { organization, owner, publishableKey } = await createOrganization(test.services, acme)
    expect(organization).toMatchObject({ name: 'Acme', currency: 'EUR', brandColor: '#8a2c5e', isDemo: false })
    expect(owner).toMatchObject({ name: 'Bo', email: 'bo@acme.example', role: 'owner' })
    expect(publishableKey).toMatch(/^pk_[\w-]{24}$/)
    expect(await getOrganization(test.services, organization.id)).toEqual(organization)
  })

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', 'Use a time zone such as America/Los_Angeles.'],
    [{ country: 'Germany' }, 'country', 'Use the two letters of a country, such as US.'],
    [{ brandColor: 'red' }, 'brandColor', 'Use a color such as #8a2c5e.'],
    [{ owner: { name: 'Bo', email: 'bo' } }, 'owner.email', 'Enter an email address such as name@example.com.'],
  ])('is rejected with %j', async (wrong, path, message) => {
    const refused = createOrganization(test.services, { ...acme, ...wrong })
    await expect(refused).rejects.toMatchObject({ code: 'validation_failed', facts: { errors: [{ path, message }] } })
  })

  it('shares a person with another organization, and nothing else', async () => {
    const shared = { name: 'Kim', email: 'kim@both.example' }
    const first = await createOrganization(test.services, { ...acme, owner: shared })
    const second = await createOrganization(test.services, { ...acme, owner: { ...shared, email: 'KIM@both.example' } })
    expect(second.owner.personId).toBe(first.owner.personId)
    expect(second.owner.id).not.toBe(first.owner.id)
    const rows = await test.services.database.read.select().from(persons)
    expect(rows.filter((row) => row.email === 'kim@both.example')).toHaveLength(1)
  })
})

describe('the websites that may show the form', () => {
  it.each([
    ['https://harborsons.example', 'https://harborsons.example'],
    ['https://harborsons.example/', 'https://harborsons.example'],
    ['HTTPS://HarborSons.Example:443', 'https://harborsons.example'],
    ['https://shop.harborsons.example:8443', 'https://shop.harborsons.example:8443'],
    ['http://127.0.0.1:3001', 'http://127.0.0.1:3001'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%s is stored as %s', async (typed, origin) => {
    expect(await addSite(world.ctx, { origin: typed })).toMatchObject({ origin, lastSeenAt: null })
  })

  it.each([
    ['harborsons.example', 'Start with https:// and leave out the path, like https://harborsons.example'],
    ['https://harborsons.example/book', 'Leave out what follows the website: https://harborsons.example'],
    ['https://harborsons.example/?a=b', 'Leave out what follows the website: https://harborsons.example'],
    ['http://harborsons.example', 'Start with https, like https://harborsons.example'],
    [
      'https://me:secret@harborsons.example',
      'Start with https:// and leave out the path, like https://harborsons.example',
    ],
    ['javascript:alert(1)', 'Start with https:// and leave out the path, like https://harborsons.example'],
  ])('%s is rejected with how to fix it', async (typed, message) => {
    await expect(addSite(world.ctx, { origin: typed })).rejects.toMatchObject({
      code: 'site_invalid',
      facts: { errors: [{ path: 'origin', message }] },
    })
  })

  it('are listed once, however often they are added', async () => {
    const first = await addSite(world.ctx, { origin: 'https://once.example' })
    expect(await addSite(world.ctx, { origin: 'https://once.example/' })).toEqual(first)
    const { items } = await listSites(world.ctx)
    expect(items.filter((site) => site.origin === 'https://once.example')).toEqual([first])
  })

  it('record a visit at most once a minute', async () => {
    const site = await addSite(world.ctx, { origin: 'https://seen.example' })
    const visit = async () => {
      await assertSiteAllowed(world.ctx, 'https://seen.example')
      // Recorded outside the request: the next write waits for it.
      await test.services.database.write(async () => undefined)
      const rows = await test.services.database.read.select().from(sites)
      return rows.find((row) => row.id === site.id)?.lastSeenAt
    }
    const first = await visit()
    expect(first).toBe(test.clock.now())
    test.clock.advance(59_999)
    expect(await visit()).toBe(first)
    test.clock.advance(1)
    expect(await visit()).toBe(test.clock.now())
  })

  it('of another organization are neither listed, nor removed, nor allowed', async () => {
    const other = await createWorld(test.services, 'Other Company')
    const site = await addSite(world.ctx, { origin: 'https://mine.example' })
    expect(await listSites(other.ctx)).toEqual({ items: [] })
    await expect(removeSite(other.ctx, site.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(assertSiteAllowed(other.ctx, 'https://mine.example')).rejects.toMatchObject({
      code: 'site_not_allowed',
    })
    await expect(assertSiteAllowed(world.ctx, 'https://mine.example')).resolves.toBeUndefined()
  })

  it("can't show the form once they are removed, and the audit trail says who removed them", async () => {
    const site = await addSite(world.ctx, { origin: 'https://gone.example' })
    await removeSite(world.ctx, site.id)
    await expect(assertSiteAllowed(world.ctx, 'https://gone.example')).rejects.toMatchObject({
      code: 'site_not_allowed',
    })
    await expect(removeSite(world.ctx, site.id)).rejects.toMatchObject({ code: 'not_found' })
    const trail = await test.services.database.read.select().from(auditEntries)
    expect(trail.filter((entry) => entry.subjectId === site.id).map((entry) => [entry.action, entry.actor])).toEqual([
      ['site.added', `member:${world.owner.id}`],
      ['site.removed', `member:${world.owner.id}`],
    ])
  })
})
