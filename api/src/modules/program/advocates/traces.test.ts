import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { portalOver } from '../../../../test/portal.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { eraseContact, mergeContacts } from '../../surfaces/console/contacts.ts'
import { loadBackground } from '../../surfaces/console/referrals.background.queries.ts'
import { listReferrals } from '../../surfaces/console/referrals.queries.ts'
import { pruneOrigins } from '../referrals/referrals.jobs.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { advocateTraces } from './advocates.table.ts'
import { pruneTraces } from './traces.ts'

const site = 'https://harborsons.example'
const phone = { 'user-agent': 'A phone', 'accept-language': 'en-US' }
const laptop = { 'user-agent': 'A laptop', 'accept-language': 'en-US' }
const home = { 'x-forwarded-for': '198.51.100.7' }
const elsewhere = { 'x-forwarded-for': '203.0.113.80' }
const day = 86_400_000

let test: TestApp
let world: World
let anna: { id: string; contactId: string; code: string }
let worlds = 0
const portal = portalOver(() => test.app)

beforeAll(async () => {
  test = await createTestApp({ trustProxy: 1 })
})
afterAll(() => test.close())
beforeEach(async () => {
  worlds += 1
  world = await createWorld(test.services, `Harbor ${worlds}`)
  anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
  await addSite(world.ctx, { origin: site })
})

type Headers = Record<string, string>

/** A friend of Anna submits the website's form. */
async function friendFrom(headers: Headers) {
  const key = `?key=${world.publishableKey}`
  const drawn = await test.request('GET', `/embed/form${key}&code=${anna.code}`, { headers: { origin: site } })
  const { formToken } = (await drawn.json()) as { formToken: string }
  test.clock.advance(5_000)
  const body = { code: anna.code, ...stranger(), formToken }
  const sent = await test.request('POST', `/embed/referrals${key}`, { headers: { origin: site, ...headers }, body })
  expect(sent.status).toBe(201)
  const [referral] = (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items
  if (!referral) throw new Error('The form created no referral.')
  return referral
}
const annaOpensThePortal = (headers: Headers) => portal.signIn(world, anna.contactId, 'view', headers)
const traces = () => test.services.database.read.select().from(advocateTraces)

describe('a friend who submits from where the advocate opens the portal', () => {
  it('is flagged on the same device, with the advocate to compare, and accepted anyway', async () => {
    await annaOpensThePortal({ ...home, ...phone })
    const { id, flags, status } = await friendFrom({ ...home, ...phone })
    expect({ flags, status }).toEqual({ flags: ['same_network', 'same_device'], status: 'pending' })
    const { evidence } = await loadBackground(world.ctx, id)
    expect(evidence).toMatchObject([
      { flag: 'same_network', name: 'Anna Kowalski', contactId: anna.contactId },
      { flag: 'same_device', name: 'Anna Kowalski', contactId: anna.contactId },
    ])
  })

  it('is flagged only for the network on another device in the same household', async () => {
    await annaOpensThePortal({ ...home, ...phone })
    expect((await friendFrom({ ...home, ...laptop })).flags).toEqual(['same_network'])
  })

  it('is not flagged elsewhere, although many people have the same phone', async () => {
    await annaOpensThePortal({ ...home, ...phone })
    expect((await friendFrom({ ...elsewhere, ...phone })).flags).toEqual([])
  })

  it('is flagged on the hosted page too', async () => {
    await annaOpensThePortal({ ...home, ...phone })
    const page = await test.request('GET', `/r/${anna.code}`, { headers: { ...home, ...phone } })
    const formToken = /name="formToken" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
    test.clock.advance(5_000)
    const sent = await test.app.request(`/r/${anna.code}`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'Priya Shah', email: `priya${worlds}@mail.example`, formToken }),
      headers: { ...home, ...phone },
    })
    expect(sent.status).toBe(303)
    const [referral] = (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items
    expect(referral?.flags).toEqual(['same_network', 'same_device'])
  })

  it('is flagged wherever the advocate has used an open session', async () => {
    const cookie = await annaOpensThePortal({ ...home, ...phone })
    test.clock.advance(11 * 60_000)
    const seen = await test.request('GET', '/portal/api/home', { as: cookie, headers: { ...elsewhere, ...phone } })
    expect(seen.status).toBe(200)
    expect((await friendFrom({ ...elsewhere, ...phone })).flags).toEqual(['same_network', 'same_device'])
  })
})

describe('stored traces of an advocate', () => {
  it('are hashes that reveal nothing, one per place', async () => {
    await annaOpensThePortal({ ...home, ...phone })
    await annaOpensThePortal({ ...home, ...phone })
    const mine = (await traces()).filter(({ contactId }) => contactId === anna.contactId)
    expect(mine).toHaveLength(1)
    expect(JSON.stringify(mine)).not.toMatch(/198\.51|phone/)
  })

  it('are erased with the person', async () => {
    await annaOpensThePortal({ ...home, ...phone })
    await eraseContact(world.ctx, anna.contactId, 'Anna Kowalski')
    expect((await traces()).filter(({ contactId }) => contactId === anna.contactId)).toEqual([])
  })

  it('move in a merge, because the two contacts are one person', async () => {
    const { contactId } = await world.advocate((await world.campaign()).id, stranger('Anna K.'))
    await portal.signIn(world, contactId, 'view', { ...home, ...phone })
    await annaOpensThePortal({ ...home, ...phone })
    await portal.signIn(world, contactId, 'view', { ...elsewhere, ...laptop })
    await mergeContacts(world.ctx, anna.contactId, { otherId: contactId, confirm: [] })
    const left = (await traces()).filter((one) => [anna.contactId, contactId].includes(one.contactId))
    expect(left.map((one) => one.contactId)).toEqual([anna.contactId, anna.contactId])
    expect((await friendFrom({ ...elsewhere, ...laptop })).flags).toEqual(['same_network', 'same_device'])
  })

  it("are deleted after 90 days, and so is the origin of a friend's form", async () => {
    await annaOpensThePortal({ ...home, ...phone })
    const { id } = await friendFrom({ ...home, ...phone })
    const origin = async () =>
      test.services.database.read
        .select({ network: referrals.networkHash, device: referrals.deviceHash, nonce: referrals.formNonce })
        .from(referrals)
        .where(eq(referrals.id, id))
        .get()
    test.clock.advance(89 * day)
    await pruneTraces(test.services)
    await pruneOrigins(test.services)
    expect((await traces()).length).toBeGreaterThan(0)
    expect(Object.values((await origin()) ?? {}).filter((value) => value !== null)).toHaveLength(3)
    test.clock.advance(2 * day)
    while ((await pruneTraces(test.services)) > 0);
    while ((await pruneOrigins(test.services)) > 0);
    expect(await traces()).toEqual([])
    expect(await origin()).toEqual({ network: null, device: null, nonce: null })
    // The reason for the flag stays.
    const [referral] = (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items
    expect(referral?.flags).toEqual(['same_network', 'same_device'])
  })
})
