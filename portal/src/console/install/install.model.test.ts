import type { InstallCheck } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { installationChecks } from './checks.ts'
import { readEventsQuery, writeEventsQuery } from './events.model.ts'
import { createInstall } from './install.model.ts'
import { frameworks, partSnippet, parts, scriptSnippet } from './snippets.ts'

const server = 'https://refer.example.com'
const pinned = { path: '/widget/v1/0123456789abcdef/loader.js', integrity: 'sha384-abc' }
const site: InstallCheck['sites'][number] = {
  id: idOf('sit', 1),
  origin: 'https://harborsons.example',
  firstSeenAt: null,
  lastSeenAt: null,
  lastVersion: null,
  lastMode: null,
  createdAt: '2026-05-01T18:00:00Z',
  formAt: null,
  visitAt: null,
  submitAt: null,
}
const known = (more: Partial<InstallCheck> = {}): InstallCheck => ({ sites: [site], refused: [], testing: [], ...more })
const key = (n: number, more: object = {}) => ({
  id: idOf('key', n),
  kind: 'publishable',
  mode: 'live',
  name: `Key ${n}`,
  display: `pk_${n}`,
  scopes: [],
  createdAt: '2026-05-01T18:00:00Z',
  lastUsedAt: null,
  revokedAt: null,
  ...more,
})
const installWith = (answer: Respond) => {
  const { client, sent } = clientRespondingWith(answer)
  return { model: createInstall({ client, manifest: async () => ({ loader: pinned }) }), sent }
}

describe('installing the form', () => {
  it('keeps a rejected website in its field, with the fix', async () => {
    const { model } = installWith(() => problemResponse('site_invalid'))
    model.origin.value = 'harborsons.example/refer'
    expect(await model.addSite()).toBe(false)
    expect(model.origin.value).toBe('harborsons.example/refer')
    expect(model.adding.errors.value.origin).toContain('Start with https:// and leave out the path')
  })

  it('clears the field once the website is added', async () => {
    const { model } = installWith(({ method }) => (method === 'POST' ? json(site, 201) : json(known())))
    model.origin.value = 'https://harborsons.example'
    expect(await model.addSite()).toBe(true)
    expect(model.origin.value).toBe('')
    await expect.poll(() => model.check.data.value?.sites).toEqual([site])
  })

  it('keeps the next website typed while the first request is in flight', async () => {
    const { model } = installWith(({ method }) => {
      if (method !== 'POST') return json(known())
      model.origin.value = 'https://shop.harbors'
      return json(site, 201)
    })
    model.origin.value = 'https://harborsons.example'
    expect(await model.addSite()).toBe(true)
    expect(model.origin.value).toBe('https://shop.harbors')
  })

  it('offers the oldest active key, and creates one test key on request', async () => {
    const items = [key(1, { revokedAt: '2026-05-02T18:00:00Z' }), key(2), key(3), key(4, { kind: 'secret' })]
    const { model, sent } = installWith(({ method, body }) => {
      if (method !== 'POST') return json({ items })
      items.push(key(5, { mode: 'test', display: 'pk_test_5' }))
      return json({ ...key(5), key: 'pk_test_5', body }, 201)
    })
    await model.keys.load()
    expect([model.live.value, model.test.value, model.key.value]).toEqual(['pk_2', null, 'pk_2'])
    model.options.mode.value = 'test'
    await Promise.all([model.createKey('test'), model.createKey('test')])
    await model.createKey('test')
    expect(model.key.value).toBe('pk_test_5')
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { kind: 'publishable', mode: 'test', name: 'Website, test mode', scopes: [] },
    ])
  })

  it('pins the version the server reports, only when asked', async () => {
    const { model } = installWith(() => json({ items: [] }))
    await model.manifest.load()
    expect(model.pinned.value).toBeNull()
    model.options.pin.value = true
    expect(model.pinned.value).toEqual(pinned)
  })
})

describe('the snippets', () => {
  const tag = { server, key: 'pk_1', consent: false, pinned: null }

  it('contain this server and this key for every framework', () => {
    expect(scriptSnippet('html', tag)).toBe(
      '<script async\n  src="https://refer.example.com/widget/v1/loader.js"\n  data-key="pk_1"></script>',
    )
    for (const framework of frameworks) {
      const text = scriptSnippet(framework, tag)
      for (const part of [`${server}/widget/v1/loader.js`, 'data-key', 'pk_1']) expect(text).toContain(part)
      expect(text).not.toMatch(/consent|integrity/)
    }
  })

  it('include consent and the pinned version when chosen', () => {
    for (const framework of frameworks) {
      const text = scriptSnippet(framework, { ...tag, consent: true, pinned })
      expect(text).toContain('data-consent')
      expect(text).toContain(server + pinned.path)
      expect(text).toContain(pinned.integrity)
      expect(text.toLowerCase()).toContain('crossorigin')
    }
  })

  it('place each part, with a language when it differs from the page’s', () => {
    expect(partSnippet('share', 'page')).toBe(
      '<goodword-share style="display: block; min-height: max(24em, 31em + 390px - 100vw)"></goodword-share>',
    )
    expect(partSnippet('share', 'de', 'react')).toBe(
      `<goodword-share lang="de" style={{ display: 'block', minHeight: 'max(24em, 31em + 390px - 100vw)' }}></goodword-share>`,
    )
    expect(partSnippet('form', 'page', 'html', true)).toBe(
      '<goodword-form style="display: block; min-height: 54em"></goodword-form>',
    )
    expect(partSnippet('form', 'page', 'vue')).toContain('<goodword-form style="display: block; min-height: ')
    expect(partSnippet('banner', 'page')).toBe('<goodword-banner position="bottom"></goodword-banner>')
    expect(partSnippet('launcher', 'es')).toBe('<goodword-launcher lang="es"></goodword-launcher>')
    expect(partSnippet('attach', 'es')).toContain('<form data-goodword')
    expect(new Set(parts.map((part) => partSnippet(part, 'page'))).size).toBe(parts.length)
  })
})

describe('the checker', () => {
  const states = (check: InstallCheck) => installationChecks(check, server).map(({ id, state }) => `${id} ${state}`)

  it('waits, with a link to open the page and the line that a policy may be missing', () => {
    expect(states(known())).toEqual(['script waiting', 'key waiting', 'origin waiting', 'form waiting', 'send waiting'])
    const [script] = installationChecks(known(), server)
    expect(script?.fix).toBe(`script-src ${server}`)
    expect(script?.detail).toContain('?ref=CODE')
  })

  it('offers to allow a website that sent events, even if none was seen before', () => {
    const refused = [{ origin: 'https://staging.example', at: '2026-06-01T16:00:00Z' }]
    expect(states(known({ refused })).slice(0, 3)).toEqual(['script done', 'key done', 'origin wrong'])
    const origin = installationChecks(known({ refused }), server).find(({ id }) => id === 'origin')
    expect(origin).toMatchObject({ allow: 'https://staging.example', detail: expect.stringContaining('was blocked') })
  })

  it('detects a policy that lets a form show but not submit', () => {
    const at = '2026-06-01T16:00:00Z'
    const shown = { ...site, firstSeenAt: at, lastSeenAt: at, lastMode: 'test' as const, formAt: at }
    const checks = installationChecks(known({ sites: [shown] }), server)
    expect(checks.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'waiting'])
    expect(checks[1]?.title).toBe('Key is right, in test mode')
    expect(checks[4]?.fix).toBe(`connect-src ${server}`)
    expect(states(known({ sites: [{ ...shown, submitAt: at }] }))).not.toContain('send waiting')
  })
})

it('the event filters round-trip through the URL', () => {
  const query = { outcome: 'not_attributed', kind: 'submit', site: 'https://a.example', cursor: 'abc' } as const
  const url = new URL(writeEventsQuery(query), 'http://goodword.test')
  expect(readEventsQuery(Object.fromEntries(url.searchParams))).toEqual(query)
  expect(readEventsQuery({ outcome: 'nonsense', kind: 'x' })).toEqual({
    outcome: 'all',
    kind: null,
    site: null,
    cursor: null,
  })
  expect(writeEventsQuery({ outcome: 'all', kind: null, site: null, cursor: null })).toBe('/console/install/events')
})
