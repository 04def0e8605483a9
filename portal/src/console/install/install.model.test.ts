import { describe, expect, it } from 'vitest'
import { clientAnsweredBy, idOf, json, refusal } from '../core/edge.testing.ts'
import { createInstall, scriptSnippet } from './install.model.ts'

const site = {
  id: idOf('sit', 1),
  origin: 'https://harborsons.example',
  lastSeenAt: null,
  createdAt: '2026-05-01T18:00:00Z',
}
const key = (n: number, kind: string, revokedAt: string | null = null) => ({
  id: idOf('key', n),
  kind,
  name: `Key ${n}`,
  display: kind === 'publishable' ? `pk_${n}` : `sk_…${n}`,
  scopes: [],
  createdAt: '2026-05-01T18:00:00Z',
  lastUsedAt: null,
  revokedAt,
})

describe('installing', () => {
  it('keeps a refused website in its field, with the cure', async () => {
    const { client } = clientAnsweredBy(() => refusal('site_invalid'))
    const model = createInstall({ client })
    model.origin.value = 'harborsons.example/refer'
    expect(await model.addSite()).toBe(false)
    expect(model.origin.value).toBe('harborsons.example/refer')
    expect(model.adding.errors.value.origin).toContain('Start with https:// and leave out the path')
  })

  it('empties the field when the website is on the list', async () => {
    const { client } = clientAnsweredBy(({ method }) => (method === 'POST' ? json(site, 201) : json({ items: [site] })))
    const model = createInstall({ client })
    model.origin.value = 'https://harborsons.example'
    expect(await model.addSite()).toBe(true)
    expect(model.origin.value).toBe('')
    expect(model.sites.data.value?.items).toEqual([site])
  })

  it('offers the publishable key, and no secret one', async () => {
    const items = [key(1, 'secret'), key(2, 'publishable', '2026-05-02T18:00:00Z'), key(3, 'publishable')]
    const { client } = clientAnsweredBy(() => json({ items }))
    const model = createInstall({ client })
    await model.keys.load()
    expect(model.publishable.value).toBe('pk_3')
  })

  it('writes the snippet with this server and this key', () => {
    expect(scriptSnippet('https://refer.example.com', 'pk_1')).toBe(
      '<script async\n  src="https://refer.example.com/widget/v1/loader.js"\n  data-key="pk_1"></script>',
    )
  })
})
