import type { EmbedElements, EmbedEvent, EmbedLanding, Page } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { flushActivity } from '../install/activity.ts'
import { flushVisits } from './visits.ts'

const site = 'https://harborsons.example'

describe('the answer for all elements of a page', () => {
  let test: TestApp
  let world: World
  let anna: { code: string }
  let theirs: { code: string }
  beforeAll(async () => {
    test = await createTestApp()
    world = await createWorld(test.services)
    anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
    await addSite(world.ctx, { origin: site })
    const other = await createWorld(test.services, 'Other Pipes')
    theirs = await other.advocate((await other.campaign()).id, stranger('Olga Other'))
  })
  afterAll(() => test.close())

  const ask = (query: string, origin = site) =>
    test.request('GET', `/embed/elements?key=${world.publishableKey}${query}`, { headers: { origin } })
  const answer = async (query: string) => (await (await ask(query)).json()) as EmbedElements
  async function feed(): Promise<EmbedEvent[]> {
    while ((await flushActivity(test.services)) > 0);
    const owner = await test.signIn(world.owner.personId)
    const response = await test.request('GET', '/v1/embed-events?limit=100', { as: owner })
    return ((await response.json()) as Page<EmbedEvent>).items
  }

  it('has the form for the visitor and what the advocate shares, in the language of the page', async () => {
    const { form, share } = await answer(`&form=${anna.code}&share=${anna.code}&lang=de`)
    expect(form).toMatchObject({ asks: 'nothing', advocate: { firstName: 'Anna', initials: 'AK' }, closed: null })
    expect(form?.privacyNote).toContain('Ihre Angaben')
    expect(share).toMatchObject({ link: expect.stringContaining(anna.code), closed: null })
    expect(await feed()).toMatchObject([{ kind: 'form', outcome: 'attributed', code: anna.code }])
  })

  it('has nothing that no element needs, and counts no form that is not shown', async () => {
    const before = (await feed()).length
    expect(await answer(`&share=${anna.code}`)).toMatchObject({ form: null, share: { closed: null } })
    expect((await feed()).length).toBe(before)
    expect(await answer('&form=')).toMatchObject({ form: { advocate: null, closed: null }, share: null })
  })

  it("reveals nothing of another organization's advocate, whose code does not cost the page its form", async () => {
    const { form, share } = await answer(`&form=${theirs.code}&share=${theirs.code}`)
    expect(form).toMatchObject({ advocate: null, offer: null, closed: { code: 'code_unknown' } })
    expect(share).toBeNull()
  })

  describe('on the page where a link led', () => {
    const agent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1'
    const land = (query: string, headers: Record<string, string> = {}) =>
      test.request('POST', `/embed/elements?key=${world.publishableKey}${query}`, {
        headers: { origin: site, 'user-agent': agent, ...headers },
      })
    const landed = async (query: string) => (await (await land(query)).json()) as EmbedLanding
    const counted = () => flushVisits(test.services)

    it('also records the visit, and the form is for the one code in the address that exists', async () => {
      const { form, share, visit } = await landed(`&visit=PRODUCTHUNT,${anna.code}&form=PRODUCTHUNT&share=PRODUCTHUNT`)
      expect(visit).toEqual({ known: true, code: anna.code })
      expect(form).toMatchObject({ asks: 'nothing', advocate: { firstName: 'Anna' }, closed: null })
      expect(share).toMatchObject({ link: expect.stringContaining(anna.code) })
      expect((await feed()).slice(0, 2)).toMatchObject([
        { kind: 'form', outcome: 'attributed', code: anna.code },
        { kind: 'visit', outcome: 'attributed', code: anna.code },
      ])
    })

    it('is for the code the visitor had before if none exists, or for nobody; another form keeps its own code', async () => {
      const kept = await landed(`&visit=GITHUB&form=GITHUB&kept=${anna.code}`)
      expect(kept).toMatchObject({ visit: { known: false }, form: { advocate: { firstName: 'Anna' } } })
      const none = await landed(`&visit=${theirs.code}&form=${theirs.code}&share=${theirs.code}`)
      expect(none).toMatchObject({ visit: { known: false }, form: { advocate: null, closed: null }, share: null })
      const own = await landed(`&visit=GITHUB&form=${anna.code}`)
      expect(own).toMatchObject({ visit: { known: false }, form: { advocate: { firstName: 'Anna' } } })
      expect(JSON.stringify(await feed())).not.toMatch(/github/i)
    })

    it('counts a visit once, however often and in whatever way it is told at the same time', async () => {
      test.clock.advance(60 * 60_000)
      await counted()
      const alone = `/embed/visits?key=${world.publishableKey}&code=${anna.code}`
      const headers = { origin: site, 'user-agent': agent }
      const told = Array.from({ length: 20 }, (_, n) =>
        n % 2 ? land(`&visit=${anna.code}&form=${anna.code}`) : test.request('POST', alone, { headers }),
      )
      for (const { status } of await Promise.all(told)) expect(status).toBe(200)
      expect(await counted()).toBe(1)
      await land(`&visit=${anna.code}&form=`, { 'user-agent': `${agent} Another/1` })
      await land(`&visit=${anna.code}&form=`, { 'user-agent': 'WhatsApp/2.24 A' })
      expect(await counted()).toBe(1)
    })
  })

  it('is for allowed websites only, and a refused one is listed', async () => {
    const refused = await ask(`&form=${anna.code}`, 'https://elsewhere.example')
    expect(refused.status).toBe(403)
    expect(await feed()).toContainEqual(
      expect.objectContaining({ kind: 'form', outcome: 'origin_not_allowed', origin: 'https://elsewhere.example' }),
    )
  })
})
