import type { WebhookDelivery, WebhookEndpoint } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { createWebhookForm } from './form.model.ts'
import { createWebhook, readLogQuery, writeLogQuery } from './webhook.model.ts'
import { describeEndpoint, describeEvents, eventGroups } from './webhooks.labels.ts'
import { createWebhooks } from './webhooks.model.ts'

const id = idOf('whe', 1)
const endpoint: WebhookEndpoint = {
  id,
  url: 'https://jobs.example.com/hooks',
  description: '',
  events: [],
  state: 'active',
  isSecretReadable: true,
  failingSince: null,
  disabledAt: null,
  disabledBecause: null,
  previousSecretUntil: null,
  failed: 0,
  lastDeliveredAt: null,
  createdAt: '2026-06-01T16:00:00Z',
}
const delivery: WebhookDelivery = {
  id: idOf('whd', 1),
  endpointId: id,
  eventId: idOf('evt', 1),
  type: 'endpoint.test',
  state: 'sending',
  attempts: 1,
  lastStatus: null,
  nextAttemptAt: null,
  createdAt: '2026-06-01T16:00:00Z',
}
const webhookWith = (answer: Respond) => {
  const { client, sent } = clientRespondingWith(answer)
  return { model: createWebhook({ client, id, navigate: () => undefined }), sent }
}

describe('adding a webhook', () => {
  it('keeps a rejected URL in its field with the reason, and shows the secret once it is accepted', async () => {
    let taken = false
    const { client } = clientRespondingWith(({ method }) => {
      if (method !== 'POST') return json({ items: [endpoint] })
      const errors = [{ path: 'url', message: 'Start with https' }]
      return taken ? json({ ...endpoint, secret: 'whsec_a' }, 201) : problemResponse('webhook_url_refused', { errors })
    })
    const model = createWebhooks({ client })
    const form = createWebhookForm(null)
    form.url.value = 'http://jobs.example.com/hooks'
    expect(await model.add(form)).toBe(false)
    expect(form.url.value).toBe('http://jobs.example.com/hooks')
    expect(form.sending.errors.value.url).toBe('Start with https')
    expect(model.made.value).toBeNull()
    taken = true
    expect(await model.add(form)).toBe(true)
    expect(model.made.value).toEqual({ id, secret: 'whsec_a' })
  })

  it('chooses all events or at least one', () => {
    const form = createWebhookForm(null)
    form.url.value = endpoint.url
    expect(form.toAdd()?.events).toEqual([])
    form.every.value = false
    expect(form.toAdd()).toBeNull()
    expect(form.sending.errors.value.events).toBe('Choose at least one event.')
    form.toggle('referral.converted', true)
    form.toggle('credit.redeemed', true)
    form.toggle('credit.redeemed', false)
    expect(form.toAdd()?.events).toEqual(['referral.converted'])
  })

  it('sends only edited fields of an existing one', () => {
    const form = createWebhookForm({ ...endpoint, events: ['referral.declined'] })
    expect(form.toUpdate()).toEqual({ url: endpoint.url, description: '', events: ['referral.declined'] })
  })
})

describe('the log of a webhook', () => {
  it('polls only while a delivery is in progress', async () => {
    let state: WebhookDelivery['state'] = 'sending'
    const { model, sent } = webhookWith(({ path }) =>
      json(
        path.endsWith('/deliveries')
          ? { items: [{ ...delivery, state }], nextCursor: null, previousCursor: null }
          : endpoint,
      ),
    )
    await model.log.load()
    await model.endpoint.load()
    const before = sent.length
    model.poll()
    await expect.poll(() => sent.length).toBe(before + 2)
    state = 'delivered'
    await model.log.load()
    const after = sent.length
    model.poll()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(sent.length).toBe(after)
  })

  it('runs one action at a time, and says why it failed', async () => {
    const { model, sent } = webhookWith(({ method }) =>
      method === 'POST'
        ? problemResponse('webhook_disabled')
        : json({ ...endpoint, items: [], nextCursor: null, previousCursor: null }),
    )
    await Promise.all([model.test(), model.test(), model.replay(delivery.id)])
    expect(sent.filter(({ method }) => method === 'POST').length).toBe(1)
    expect(model.problem.value).toBe('This webhook is switched off. Enable it first.')
    expect(model.busy.value).toBeNull()
  })

  it('round-trips through the URL', () => {
    const query = { state: 'failed', cursor: 'abc' } as const
    const url = new URL(writeLogQuery(id, query), 'http://goodword.test')
    expect(url.pathname).toBe(`/console/settings/webhooks/${id}`)
    expect(readLogQuery(Object.fromEntries(url.searchParams))).toEqual(query)
    expect(readLogQuery({ state: 'nonsense' })).toEqual({ state: null, cursor: null })
  })
})

it('describes an endpoint’s state and events', () => {
  expect(describeEndpoint(endpoint, null)).toBe('No deliveries yet')
  expect(describeEndpoint({ ...endpoint, state: 'failing' }, '2 h ago')).toBe('Failing since 2 h ago; retrying')
  expect(describeEndpoint({ ...endpoint, state: 'disabled', disabledBecause: 'gone' }, 'Jun 1')).toBe(
    'Switched off Jun 1: it answered that it is gone',
  )
  expect(describeEvents([])).toBe('All events')
  expect(describeEvents(['referral.converted', 'referral.declined'])).toBe('2 events')
  expect(eventGroups.flatMap(({ events }) => events)).not.toContain('endpoint.test')
})
