import { scopes } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json } from '../core/testClient.testing.ts'
import { createKeys, presetOf } from './keys.model.ts'

const key = (n: number, kind: string, revokedAt: string | null = null) => ({
  id: idOf('key', n),
  kind,
  name: `Key ${n}`,
  display: kind === 'publishable' ? `pk_${n}` : `sk_…${n}`,
  scopes: [],
  createdAt: '2026-05-01T18:00:00Z',
  lastUsedAt: null,
  revokedAt,
  mode: 'live',
  expiresAt: null,
  replacedBy: null,
})

describe('the secret keys', () => {
  it('are the active ones, without publishable keys', async () => {
    const items = [key(1, 'publishable'), key(2, 'secret'), key(3, 'secret', '2026-05-02T18:00:00Z')]
    const { client } = clientRespondingWith(() => json({ items }))
    const model = createKeys({ client })
    await model.list.load()
    expect(model.secrets.value.map(({ name }) => name)).toEqual(['Key 2'])
  })

  it('show a new secret from the one response that contains it', async () => {
    const created = { ...key(2, 'secret'), key: 'sk_whole' }
    const { client, sent } = clientRespondingWith(({ method }) =>
      method === 'POST' ? json(created, 201) : json({ items: [key(2, 'secret')] }),
    )
    const model = createKeys({ client })
    model.name.value = 'Job system'
    expect(await model.create()).toBe(true)
    expect(model.created.value?.key).toBe('sk_whole')
    expect(sent[0]?.body).toEqual({
      kind: 'secret',
      name: 'Job system',
      scopes: ['referrals:read', 'referrals:write', 'advocates:read'],
    })
    await expect.poll(() => model.list.data.value?.items).toHaveLength(1)
    expect(JSON.stringify(model.list.data.value)).not.toContain('sk_whole')
  })

  it('are created once the secret is there, no matter how long the list takes to reload', async () => {
    const { client } = clientRespondingWith(({ method }) =>
      method === 'POST' ? json({ ...key(2, 'secret'), key: 'sk_whole' }, 201) : new Promise<Response>(() => {}),
    )
    const model = createKeys({ client })
    model.name.value = 'Job system'
    expect(await model.create()).toBe(true)
    expect([model.created.value?.key, model.list.loading.value]).toEqual(['sk_whole', true])
  })

  it('that were rotated are listed until they expire', async () => {
    const until = (expiresAt: string, n: number) => ({ ...key(n, 'secret'), expiresAt, replacedBy: idOf('key', 9) })
    const items = [until('2001-01-01T00:00:00.000Z', 1), until('2999-01-01T00:00:00.000Z', 2)]
    const { client, sent } = clientRespondingWith(({ method }) =>
      method === 'POST' ? json({ ...key(3, 'secret'), key: 'sk_next' }, 201) : json({ items }),
    )
    const model = createKeys({ client })
    await model.list.load()
    expect(model.secrets.value.map(({ name }) => name)).toEqual(['Key 2'])
    const [second] = model.secrets.value
    if (!second) throw new Error('No key is listed.')
    model.overlap.value = 'week'
    expect(await model.rotate(second)).toBe(true)
    expect(sent.find(({ method }) => method === 'POST')).toMatchObject({
      path: `/v1/keys/${second.id}/rotate`,
      body: { overlap: 'week' },
    })
    expect(model.created.value?.key).toBe('sk_next')
  })

  it('that sign identity are listed apart, and are created without scopes', async () => {
    const items = [
      key(1, 'publishable'),
      key(2, 'secret'),
      key(3, 'identity'),
      key(4, 'identity', '2026-05-02T18:00:00Z'),
    ]
    const { client, sent } = clientRespondingWith(({ method }) =>
      method === 'POST' ? json({ ...key(5, 'identity'), key: 'ik_whole' }, 201) : json({ items }),
    )
    const model = createKeys({ client })
    await model.list.load()
    expect(model.identityKeys.value.map(({ name }) => name)).toEqual(['Key 3'])
    model.start('identity')
    model.name.value = 'Customer area'
    expect(await model.create()).toBe(true)
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({
      kind: 'identity',
      name: 'Customer area',
      scopes: [],
    })
    expect(model.created.value?.key).toBe('ik_whole')
  })

  it('take scopes one by one, and name a matching preset', () => {
    const { client } = clientRespondingWith(() => json({}))
    const model = createKeys({ client })
    expect(model.preset.value).toBe('referrals')
    model.toggle('rewards:read', true)
    expect(model.preset.value).toBe('chosen')
    model.toggle('rewards:read', false)
    expect(model.preset.value).toBe('referrals')
    model.choose('all')
    expect(presetOf(new Set(scopes))).toBe('all')
    expect([...model.chosen.value]).toEqual([...scopes])
  })

  it('are not created without scopes', async () => {
    const { client, sent } = clientRespondingWith(() => json({}))
    const model = createKeys({ client })
    model.name.value = 'Job system'
    for (const scope of model.chosen.value) model.toggle(scope, false)
    expect(await model.create()).toBe(false)
    expect(model.creating.errors.value.scopes).toBe('Choose at least one part of the product this key may use.')
    expect(sent).toEqual([])
  })
})
