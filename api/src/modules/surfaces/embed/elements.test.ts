import type { EmbedElements, EmbedEvent, Page } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { flushActivity } from '../install/activity.ts'

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

  it('is for allowed websites only, and a refused one is listed', async () => {
    const refused = await ask(`&form=${anna.code}`, 'https://elsewhere.example')
    expect(refused.status).toBe(403)
    expect(await feed()).toContainEqual(
      expect.objectContaining({ kind: 'form', outcome: 'origin_not_allowed', origin: 'https://elsewhere.example' }),
    )
  })
})
