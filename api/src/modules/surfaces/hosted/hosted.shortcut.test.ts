import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browser, createHostedWorld, type HostedWorld } from '../../../../test/hosted.ts'
import { startWithShortcuts, steadyHeaders } from '../../../../test/shortcuts.ts'
import { updateContact } from '../../people/contacts/profile.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { updateCampaign } from '../console/campaigns.ts'
import { readFormToken } from '../embed/formToken.ts'
import { flushVisits } from '../embed/visits.ts'
import { eraseContact } from '../person/erasing.ts'

let world: HostedWorld
let server: Awaited<ReturnType<typeof startWithShortcuts>>
beforeEach(async () => {
  world = await createHostedWorld()
  server = await startWithShortcuts(world.services)
})
afterEach(async () => {
  await server.stop()
  await world.close()
})

const open = (code = world.anna.code, headers: Record<string, string> = {}) =>
  server.request(`/r/${code}`, { headers: { ...browser, ...headers } })

/** A page without what is different for each visitor, and those parts. */
function takeApart(page: Awaited<ReturnType<typeof open>>) {
  const nonce = /<style nonce="([^"]+)">/.exec(page.text)?.[1] ?? ''
  const token = /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const headers = steadyHeaders(page.response)
  const policy = headers['content-security-policy']
  return {
    own: { nonce, token, id: page.response.headers.get('x-request-id') },
    html: page.text.replace(nonce, '').replace(token, ''),
    headers: { ...headers, 'content-security-policy': policy?.replace(`'nonce-${nonce}'`, '') },
  }
}

describe('the page of a link that was opened before', () => {
  it('is sent without being routed, with the same headers and content as the first time', async () => {
    for (const language of ['en', 'de', 'es']) {
      const pages = [
        await open(undefined, { 'accept-language': language }),
        await open(undefined, { 'accept-language': language }),
      ]
      expect(pages.map(({ wasRouted }) => wasRouted)).toEqual([true, false])
      const [first, second] = pages.map(takeApart)
      expect(second?.headers).toEqual(first?.headers)
      expect(second?.html).toEqual(first?.html)
      expect(second?.headers).toHaveProperty('content-language', language)
      for (const own of ['nonce', 'token', 'id'] as const) {
        expect(second?.own[own]).toMatch(/./)
        expect(second?.own[own]).not.toBe(first?.own[own])
      }
    }
  })

  it('has a form token that can be sent, and the id of the request that the caller chose', async () => {
    await open()
    const page = await open(undefined, { 'x-request-id': 'call-7' })
    expect([page.wasRouted, page.response.headers.get('x-request-id')]).toEqual([false, 'call-7'])
    world.clock.advance(5_000)
    const { token } = takeApart(page).own
    expect(readFormToken(world.services, world.world.organization.id, token)).toMatchObject({ ok: true })
  })

  it('counts as a visit of a person, and not of a robot', async () => {
    await open()
    await open()
    await open(undefined, { 'user-agent': `${browser['user-agent']} Another/1` })
    await open(undefined, { 'user-agent': 'WhatsApp/2.24 A' })
    expect(await flushVisits(world.services)).toBe(2)
  })

  it('is routed for other spellings, methods and chosen languages', async () => {
    const { code } = world.anna
    await open()
    for (const path of [code.toLowerCase(), `${code}?lang=de`, `${code}/thanks`, `${code}/card.png`, 'ZZZZZZZ'])
      expect((await server.request(`/r/${path}`, { headers: browser })).wasRouted, path).toBe(true)
    const head = await server.request(`/r/${code}`, { method: 'HEAD', headers: browser })
    expect([head.wasRouted, head.response.status, head.text]).toEqual([true, 200, ''])
  })

  it('is refused like any other page when too many were opened from one address', async () => {
    await server.stop()
    const { services } = world
    server = await startWithShortcuts({ ...services, config: { ...services.config, rateLimits: true } })
    for (let time = 0; time < 600; time += 1) expect((await open()).response.status).toBe(200)
    const refused = await open(undefined, { accept: 'text/html' })
    expect([refused.response.status, refused.wasRouted]).toEqual([429, true])
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('the very next page shows', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['the offer of a campaign', () => change({ friendOffer: 'any repair' }), 'after any repair'],
    ['a campaign that was paused', () => change({ status: 'paused' }), 'This offer isn’t open'],
    [
      'the name of the business',
      () => updateOrganization(world.world.ctx, { name: 'Harbor Heating' }),
      'Harbor Heating',
    ],
    [
      'the name of the advocate',
      () => updateContact(world.world.ctx, world.anna.contactId, { name: 'Joan Kowalski' }),
      'Joan gave you',
    ],
    [
      'that the advocate hides their name',
      () => updateContact(world.world.ctx, world.anna.contactId, { sharesName: false }),
      'A friend gave you',
    ],
    [
      'that the advocate was erased',
      () => eraseContact(world.world.ctx, world.anna.contactId, 'Anna Kowalski'),
      'We don’t know that code',
    ],
  ])('%s', async (_, write, shown) => {
    await open()
    const before = await open()
    expect(before.wasRouted).toBe(false)
    expect(before.text).not.toContain(shown)
    await write()
    expect((await open()).text).toContain(shown)
  })

  it('that the campaign has started, and that it has ended, at that moment', async () => {
    const now = world.clock.now()
    const at = (ms: number) => new Date(now + ms).toISOString()
    await change({ startsAt: at(10_000), endsAt: at(20_000) })
    const isOpen = async () => (await open()).text.includes('<form')
    const seen: boolean[] = []
    for (let time = 0; time < 3; time += 1) {
      seen.push(await isOpen(), await isOpen())
      world.clock.advance(9_999)
      seen.push(await isOpen())
      world.clock.advance(1)
    }
    expect(seen).toEqual([false, false, false, true, true, true, false, false, false])
  })
})

const change = (input: Record<string, unknown>) =>
  updateCampaign(world.world.ctx, world.campaign.id, { termsVersion: 1, ...input })
