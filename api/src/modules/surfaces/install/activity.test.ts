import type { CampaignForm, EmbedEvent, InstallCheck, Page } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { listReferrals } from '../console/referrals.queries.ts'
import { flushVisits } from '../embed/visits.ts'
import { visits } from '../embed/visits.view.ts'
import { flushActivity, pruneActivity } from './activity.ts'

const site = 'https://harborsons.example'
const withConsent: CampaignForm = {
  email: 'optional',
  phone: 'optional',
  message: 'optional',
  consent: { text: 'I agree to be called.' },
  question: null,
}
const day = 24 * 3_600_000

let test: TestApp
let world: World
let owner: string
let anna: { id: string; code: string; email: string | null }
let testKey: string
let campaignId: string
let ids = 0

beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  owner = await test.signIn(world.owner.personId)
  const campaign = await world.campaign()
  campaignId = campaign.id
  anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  await addSite(world.ctx, { origin: site })
  const made = await test.request('POST', '/v1/keys', {
    as: owner,
    body: { kind: 'publishable', mode: 'test', name: 'Test', scopes: [] },
  })
  testKey = ((await made.json()) as { key: string }).key
})
afterAll(() => test.close())

const from = (origin: string) => ({ headers: { origin } })
const query = (key: string, code?: string) => `?key=${key}&v=1.4.0${code ? `&code=${code}` : ''}`
const draw = (key: string, code?: string, origin = site) =>
  test.request('GET', `/embed/form${query(key, code)}`, from(origin))

/** Shows the form, fills it in for five seconds and submits it. */
async function send(key: string, code: string | undefined, more: Record<string, string> = {}) {
  const { formToken } = (await (await draw(key, code)).json()) as { formToken: string }
  test.clock.advance(5_000)
  ids += 1
  const body = {
    ...(code === undefined ? {} : { code }),
    name: 'Priya Shah',
    email: `priya${ids}@mail.example`,
    formToken,
    ...more,
  }
  return test.request('POST', `/embed/referrals${query(key)}`, { ...from(site), body })
}

async function feed(search = ''): Promise<EmbedEvent[]> {
  while ((await flushActivity(test.services)) > 0);
  const response = await test.request('GET', `/v1/embed-events?limit=100${search}`, { as: owner })
  return ((await response.json()) as Page<EmbedEvent>).items
}
const check = async () => {
  while ((await flushActivity(test.services)) > 0);
  return (await (await test.request('GET', '/v1/install-check', { as: owner })).json()) as InstallCheck
}
const newest = async () => (await feed())[0]

describe('website activity', () => {
  it('shows a submission with its website, its advocate and its referral', async () => {
    expect((await send(world.publishableKey, anna.code)).status).toBe(201)
    const [referral] = (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items
    const [submit, form] = await feed()
    expect(submit).toMatchObject({
      kind: 'submit',
      mode: 'live',
      origin: site,
      version: '1.4.0',
      code: anna.code,
      advocate: { id: anna.id, name: 'Anna Kowalski' },
      referralId: referral?.id,
      outcome: 'attributed',
      title: 'Attributed to Anna Kowalski',
      cure: null,
    })
    expect(form).toMatchObject({
      kind: 'form',
      outcome: 'attributed',
      title: 'Form shown to a friend of Anna Kowalski',
    })
  })

  it('shows staff the exact reason where the friend reads a neutral sentence', async () => {
    const refused = await send(world.publishableKey, anna.code, { email: anna.email ?? '' })
    expect(refused.status).toBe(409)
    expect(await newest()).toMatchObject({ kind: 'submit', outcome: 'self_referral', referralId: null })
    const ben = await world.advocate(
      (await world.campaign({}, { name: 'Ended', status: 'active' })).id,
      stranger('Ben'),
    )
    expect((await send(world.publishableKey, ben.code)).status).toBe(201)
    const twice = { email: 'same@mail.example' }
    await send(world.publishableKey, anna.code, twice)
    expect((await send(world.publishableKey, anna.code, twice)).status).toBe(409)
    expect(await newest()).toMatchObject({
      outcome: 'already_referred',
      title: 'This advocate has already referred the friend',
      cure: 'Open the earlier referral under Referrals.',
    })
    await send(world.publishableKey, anna.code, { website: 'https://spam.example' })
    expect(await newest()).toMatchObject({ outcome: 'hidden_field_filled', title: 'The hidden field was filled in' })
  })

  it('shows a friend accepted without an advocate, and a missing field', async () => {
    expect(
      (await send(world.publishableKey, undefined, { advocateName: 'The lady next door', campaignId })).status,
    ).toBe(201)
    expect(await newest()).toMatchObject({
      kind: 'submit',
      outcome: 'no_code',
      title: 'Saved without an advocate',
      referralId: expect.stringMatching(/^ref_/),
    })
    const campaign = await world.campaign({}, { name: 'With consent', form: withConsent })
    const cleo = await world.advocate(campaign.id, stranger('Cleo'))
    expect((await send(world.publishableKey, cleo.code)).status).toBe(400)
    expect(await newest()).toMatchObject({
      outcome: 'details_missing',
      title: 'A field the campaign asks for was missing: consent',
      fields: ['consent'],
      advocate: { name: 'Cleo' },
    })
  })

  it('shows unknown links and codes', async () => {
    await draw(world.publishableKey)
    expect(await newest()).toMatchObject({ kind: 'form', outcome: 'no_code', advocate: null })
    await test.request('POST', `/embed/visits${query(world.publishableKey, 'N0B0DY5')}`, from(site))
    expect(await newest()).toMatchObject({ kind: 'visit', outcome: 'code_unknown', code: 'N0…' })
    await test.request('POST', `/embed/visits${query(world.publishableKey, anna.code)}`, from(site))
    expect(await newest()).toMatchObject({ kind: 'visit', title: 'Link of Anna Kowalski followed' })
  })

  it("shows a website that isn't allowed once in ten minutes, up to 50 such websites an hour", async () => {
    const tries = async () => (await feed('&outcome=origin_not_allowed')).length
    const before = await tries()
    const evil = 'https://staging.harborsons.example'
    for (let n = 0; n < 3; n += 1) expect((await draw(world.publishableKey, anna.code, evil)).status).toBe(403)
    expect(await tries()).toBe(before + 1)
    expect(await newest()).toMatchObject({
      origin: evil,
      outcome: 'origin_not_allowed',
      title: 'The website is not on the list',
      cure: 'Add it under Allow your websites, exactly as it stands here.',
    })
    for (let n = 0; n < 80; n += 1) await draw(world.publishableKey, anna.code, `https://made-up-${n}.example`)
    expect(await tries()).toBe(before + 50)
    test.clock.advance(3_600_000)
    await draw(world.publishableKey, anna.code, evil)
    expect(await tries()).toBe(before + 51)
  })

  it('is filtered by outcome, kind and website, and paginated', async () => {
    const all = await feed()
    expect(new Set((await feed('&kind=visit')).map(({ kind }) => kind))).toEqual(new Set(['visit']))
    expect((await feed('&outcome=attributed')).every(({ outcome }) => outcome === 'attributed')).toBe(true)
    const not = await feed('&outcome=not_attributed')
    expect(not.length).toBe(all.filter(({ outcome }) => outcome !== 'attributed').length)
    expect((await feed(`&site=${site}`)).every(({ origin }) => origin === site)).toBe(true)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const response = await test.request('GET', `/v1/embed-events?limit=7&cursor=${cursor}`.replace(/&cursor=$/, ''), {
        as: owner,
      })
      const page = (await response.json()) as Page<EmbedEvent>
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen.slice(0, all.length)).toEqual(all.map(({ id }) => id))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('records up to 2,000 forms and visits an hour; beyond that only visits are counted', async () => {
    const busy = await createWorld(test.services, 'Busy Pipes')
    for (let n = 0; n < 2_010; n += 1) {
      await test.request('GET', `/embed/form?key=${busy.publishableKey}`, {})
    }
    while ((await flushActivity(test.services)) > 0);
    const [row] = await test.services.database.read.all<[number]>(
      `SELECT count(*) FROM embed_events WHERE organization_id = '${busy.organization.id}'`,
    )
    expect(row?.[0]).toBe(2_000)
  })
})

describe('a test key', () => {
  const everything = async () => ({
    referrals: (await listReferrals(world.ctx, { limit: 100, sort: 'newest' })).items.length,
    messages: (await listMessages(world.ctx, { limit: 100 })).items.length,
    visits: (await test.services.database.read.select().from(visits)).length,
    contacts: (await test.services.database.read.all(`SELECT id FROM contacts`)).length,
    audit: (await test.services.database.read.all(`SELECT id FROM audit_entries`)).length,
  })

  it('is a publishable key marked as test', async () => {
    expect(testKey).toMatch(/^pk_test_/)
    const secret = await test.request('POST', '/v1/keys', {
      as: owner,
      body: { kind: 'secret', mode: 'test', name: 'No', scopes: ['referrals:read'] },
    })
    expect(secret.status).toBe(400)
  })

  it('runs every check and stores only a line of website activity, and the form says so', async () => {
    await flushVisits(test.services)
    const before = await everything()
    expect(await (await draw(testKey, anna.code)).json()).toMatchObject({ test: true, advocate: { firstName: 'Anna' } })
    expect(await (await draw(world.publishableKey, anna.code)).json()).not.toHaveProperty('test')
    await test.request('POST', `/embed/visits${query(testKey, anna.code)}`, from(site))
    const sent = await send(testKey, anna.code)
    expect(sent.status).toBe(201)
    expect(await sent.json()).toMatchObject({ title: 'Thanks, Priya. Your $20 credit is saved.' })
    await flushVisits(test.services)
    expect(await everything()).toEqual(before)
    expect(await newest()).toMatchObject({
      mode: 'test',
      outcome: 'attributed',
      title: 'Test: would be attributed to Anna Kowalski',
      referralId: null,
    })
  })

  it('rejects what a live key would reject', async () => {
    expect((await send(testKey, anna.code, { email: anna.email ?? '' })).status).toBe(409)
    expect(await newest()).toMatchObject({
      mode: 'test',
      outcome: 'self_referral',
      title: 'Test: the friend is the advocate',
    })
  })

  it("doesn't affect other writes at the same moment", async () => {
    const before = (await everything()).referrals
    await Promise.all([send(testKey, anna.code), send(world.publishableKey, anna.code), send(testKey, anna.code)])
    expect((await everything()).referrals).toBe(before + 1)
  })
})

describe('the installation status', () => {
  it('shows when each website was first and last seen, its tag and key, and what it requested', async () => {
    await draw(testKey, anna.code)
    await test.services.database.write(async () => undefined)
    const { sites, testing, refused } = await check()
    expect(sites).toEqual([
      expect.objectContaining({ origin: site, lastVersion: '1.4.0', lastMode: 'test', formAt: expect.any(String) }),
    ])
    expect(Date.parse(sites[0]?.firstSeenAt ?? '')).toBeLessThan(Date.parse(sites[0]?.lastSeenAt ?? ''))
    expect(testing).toEqual([site])
    expect(refused.map(({ origin }) => origin)).toContain('https://staging.harborsons.example')
    await addSite(world.ctx, { origin: 'https://staging.harborsons.example' })
    expect((await check()).refused.map(({ origin }) => origin)).not.toContain('https://staging.harborsons.example')
  })

  it('leaves test mode when the website returns with a live key, or is silent for a day', async () => {
    await draw(world.publishableKey, anna.code)
    await test.services.database.write(async () => undefined)
    expect((await check()).testing).toEqual([])
    await draw(testKey, anna.code)
    await test.services.database.write(async () => undefined)
    expect((await check()).testing).toEqual([site])
    test.clock.advance(day)
    expect((await check()).testing).toEqual([])
  })

  it('deletes activity older than 30 days', async () => {
    owner = await test.signIn(world.owner.personId)
    await draw(world.publishableKey, anna.code)
    expect((await feed()).length).toBeGreaterThan(50)
    test.clock.advance(29 * day)
    owner = await test.signIn(world.owner.personId)
    await draw(world.publishableKey)
    test.clock.advance(day + 1)
    owner = await test.signIn(world.owner.personId)
    await feed()
    while ((await pruneActivity(test.services)) > 0);
    expect((await feed()).map(({ outcome }) => outcome)).toEqual(['no_code'])
  })
})
