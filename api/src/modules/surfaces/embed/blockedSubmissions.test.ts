import type { EmbedEvent, InstallCheck, Page } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { changeCode } from '../console/advocates.ts'
import { eraseContact } from '../console/contacts.ts'
import { listReferrals } from '../console/referrals.queries.ts'
import { attributeReferral } from '../console/referrals.ts'
import { embedEvents } from '../install/activity.table.ts'
import { flushActivity } from '../install/activity.ts'

const site = 'https://harborsons.example'
const fromSite = { origin: site }
const minute = 60_000

let test: TestApp
let world: World
let anna: Awaited<ReturnType<World['advocate']>>
let campaignId: string
let owner: string
let worlds = 0

beforeAll(async () => {
  test = await createTestApp({ rateLimits: true })
})
afterAll(() => test.close())
beforeEach(async () => {
  worlds += 1
  world = await createWorld(test.services, `Harbor ${worlds}`)
  campaignId = (await world.campaign()).id
  anna = await world.advocate(campaignId, stranger('Anna Kowalski'))
  owner = await test.signIn(world.owner.personId)
  await addSite(world.ctx, { origin: site })
})

const submitPath = () => `/embed/referrals?key=${world.publishableKey}&v=1.4.0`
const send = (body: unknown) => test.request('POST', submitPath(), { headers: fromSite, body })

/** A form that was open for five seconds. */
async function drawn(): Promise<string> {
  const response = await test.request('GET', `/embed/form?key=${world.publishableKey}`, { headers: fromSite })
  const { formToken } = (await response.json()) as { formToken: string }
  test.clock.advance(5_000)
  return formToken
}

async function feed(): Promise<EmbedEvent[]> {
  while ((await flushActivity(test.services)) > 0);
  const response = await test.request('GET', '/v1/embed-events?limit=100&kind=submit', { as: owner })
  return ((await response.json()) as Page<EmbedEvent>).items
}
const kept = async () => {
  while ((await flushActivity(test.services)) > 0);
  return JSON.stringify(await test.services.database.read.select().from(embedEvents))
}

describe('an unreadable submission', () => {
  it('appears in website activity with the names of our fields, and nothing that was typed', async () => {
    const body = { code: anna.code, name: 'Zelda Quill', email: 'zelda at home', Quill_secret: 'x', formToken: 'y' }
    expect((await send(body)).status).toBe(400)
    expect((await feed())[0]).toMatchObject({
      origin: site,
      version: '1.4.0',
      outcome: 'malformed',
      title: 'It could not be read: email',
      fields: ['email'],
      times: 1,
      code: null,
    })
    expect(await kept()).not.toMatch(/Zelda|zelda|Quill/)
  })

  it("appears without fields if it isn't even JSON, and as a test in test mode", async () => {
    expect((await send('name=Zelda')).status).toBe(400)
    expect((await feed())[0]).toMatchObject({ outcome: 'malformed', title: 'It could not be read', fields: [] })
  })

  it('appears as one line a minute with a count, however long it goes on', async () => {
    for (let n = 0; n < 40; n += 1) {
      await send({ name: 'x' })
      if (n % 10 === 9) await flushActivity(test.services)
    }
    expect((await feed()).map(({ outcome, times }) => [outcome, times])).toEqual([['malformed', 40]])
    test.clock.advance(minute)
    await send({ name: 'x' })
    expect((await feed()).map(({ times }) => times)).toEqual([1, 40])
  })

  it('adds at most 120 lines an hour, whatever a script makes up', async () => {
    const optional = ['email', 'phone', 'message', 'answer', 'website', 'advocateName', 'campaignId', 'consent']
    for (let n = 0; n < 2 ** optional.length; n += 1) {
      const wrong = optional.filter((_, bit) => (n >> bit) % 2 === 1).map((name) => [name, { made: 'up' }])
      await send(Object.fromEntries(wrong))
    }
    while ((await flushActivity(test.services)) > 0);
    const rows = await test.services.database.read.all<[number, number]>(
      `SELECT count(*), sum(times) FROM embed_events WHERE organization_id = '${world.organization.id}'`,
    )
    expect(rows).toEqual([[120, 120]])
  })
})

describe('rate limited submissions', () => {
  it('are counted in website activity beside the accepted ones', async () => {
    // The first 600 within ten minutes aren't rate limited.
    const formToken = await drawn()
    for (let n = 0; n < 603; n += 1) await send({ code: anna.code, ...stranger(), formToken: `${formToken}x` })
    const activity = await feed()
    expect(activity.filter(({ outcome }) => outcome === 'form_token_invalid')).not.toHaveLength(0)
    expect(activity.filter(({ outcome }) => outcome === 'rate_limited')).toMatchObject([
      { times: 3, title: 'Too many from one network', origin: site },
    ])
  })
})

describe("a friend whose advocate wasn't found", () => {
  it('appears in website activity again when staff choose the advocate, with the website', async () => {
    const body = { advocateName: 'The lady next door', campaignId, ...stranger(), formToken: await drawn() }
    expect((await send(body)).status).toBe(201)
    const [referral] = (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items
    test.clock.advance(60 * minute)
    await attributeReferral(world.ctx, referral?.id ?? '', { advocateId: anna.id })
    const [byHand, arrived] = await feed()
    expect(byHand).toMatchObject({
      outcome: 'attributed_by_hand',
      title: 'Attributed by hand to Anna Kowalski',
      origin: site,
      version: '1.4.0',
      referralId: referral?.id,
    })
    expect(arrived).toMatchObject({ outcome: 'no_code', referralId: referral?.id })
    // The website itself last sent something an hour ago.
    const check = (await (await test.request('GET', '/v1/install-check', { as: owner })).json()) as InstallCheck
    expect(check.sites[0]?.submitAt).toBe(arrived?.at)
  })

  it("doesn't appear if the friend called", async () => {
    const called = await world.referral(anna.id)
    const ben = await world.advocate(campaignId, stranger('Ben Ito'))
    await attributeReferral(world.ctx, called.id, { advocateId: ben.id })
    expect(await feed()).toEqual([])
  })
})

describe('activity still buffered when a person is erased', () => {
  it('is written without the code that contained their name', async () => {
    await changeCode(world.ctx, anna.id, 'ZELDAQ')
    const visit = `/embed/visits?key=${world.publishableKey}&code=zeldaq`
    expect(await (await test.request('POST', visit, { headers: fromSite })).json()).toEqual({ known: true })
    await eraseContact(world.ctx, anna.contactId, 'Anna Kowalski')
    expect(await kept()).not.toMatch(/zeldaq/i)
  })
})
