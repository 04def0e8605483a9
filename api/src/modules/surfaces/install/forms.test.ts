import type { FormReport, Page, WebsiteForm } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { pruneActivity } from './activity.ts'
import { listForms } from './forms.queries.ts'
import { flushForms, withoutSecrets } from './forms.ts'

const site = 'https://harborsons.example'
const contact: FormReport = {
  page: '/contact',
  form: 'quote',
  other: null,
  fields: [
    { label: 'Your name', field: 'name' },
    { label: 'Zip', field: null },
  ],
}

let test: TestApp
let world: World
let owner: string
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  owner = await test.signIn(world.owner.personId)
  await addSite(world.ctx, { origin: site })
})
afterAll(() => test.close())

const report = (body: object, origin = site) =>
  test.request('POST', `/embed/fields?key=${world.publishableKey}&v=1.4.0`, { headers: { origin }, body })
async function list(as: string): Promise<WebsiteForm[]> {
  await flushForms(test.services)
  const answer = await test.request('GET', '/v1/website-forms', { as })
  return ((await answer.json()) as Page<WebsiteForm>).items
}

describe("the forms of the business's website", () => {
  it('are listed with the fields that were understood, each once, as last seen', async () => {
    expect((await report(contact)).status).toBe(202)
    const email = { label: 'Email', field: 'email' as const }
    test.clock.advance(60_000)
    await report({ ...contact, page: '/quote' })
    await list(owner)
    test.clock.advance(60_000)
    await report({ ...contact, fields: [...contact.fields, email] })
    const forms = await list(owner)
    expect(forms.map(({ page, fields }) => [page, fields.length])).toEqual([
      ['/contact', 3],
      ['/quote', 2],
    ])
    expect(forms[0]).toMatchObject({ origin: site, version: '1.4.0', mode: 'live', form: 'quote', other: null })
    const events = await test.request('GET', '/v1/embed-events', { as: owner })
    expect(((await events.json()) as Page<unknown>).items).toEqual([])
  })

  it('hold no values: a report has names only, and a path keeps neither addresses nor tokens', async () => {
    expect((await report({ ...contact, values: ['Priya Shah'] })).status).toBe(400)
    expect(withoutSecrets('/book/priya@mail.example/step-2?email=a@b.example#x')).toBe('/book/…/step-2')
    expect(withoutSecrets('/r/9f8a7b6c5d4e3f2a1b0c9d8e')).toBe('/r/…')
  })

  it('are those of the own organization, and only of its websites', async () => {
    const other = await createWorld(test.services)
    expect((await listForms(other.ctx, { limit: 20 })).items).toEqual([])
    expect((await report({ ...contact, page: '/elsewhere' }, 'https://elsewhere.example')).status).toBe(403)
    expect((await list(owner)).map(({ page }) => page)).not.toContain('/elsewhere')
  })

  it('are not more than 200 new ones an hour, and are gone 30 days after they were last seen', async () => {
    for (let i = 0; i < 210; i += 1) await report({ ...contact, page: `/flood/${i}` })
    await flushForms(test.services)
    const count = async () => {
      let all = 0
      for (let cursor = ''; ; ) {
        const answer = await test.request('GET', `/v1/website-forms?limit=100${cursor}`, { as: owner })
        const { items, nextCursor } = (await answer.json()) as Page<WebsiteForm>
        all += items.length
        if (nextCursor === null) return all
        cursor = `&cursor=${nextCursor}`
      }
    }
    expect(await count()).toBeLessThanOrEqual(202)
    test.clock.advance(31 * 24 * 3_600_000)
    while ((await pruneActivity(test.services)) > 0);
    expect(await count()).toBe(0)
  })
})
