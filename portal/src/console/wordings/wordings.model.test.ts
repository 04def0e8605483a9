import type { MessageWording } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientAnsweredBy, json, refusal } from '../core/edge.testing.ts'
import { createWordings, placeOf } from './wordings.model.ts'

const earned: MessageWording = {
  template: 'reward_earned',
  channel: 'email',
  title: 'Reward earned',
  when: 'When a referral converts, to the advocate.',
  tokens: [{ name: 'amount', example: '$112.50' }],
  linkRequired: false,
  ours: { subject: 'You earned {{amount}}', body: 'Well done.' },
  own: null,
  languages: [],
}
type Model = ReturnType<typeof createWordings>
const released: MessageWording = { ...earned, template: 'reward_released', title: 'Reward released' }

function open(
  save: () => Response = () =>
    json({ ...earned, own: { subject: 'Mine', body: 'Hi', updatedAt: '2026-06-01T16:00:00.000Z' } }),
) {
  const { client, sent } = clientAnsweredBy(({ path, method, body }) => {
    if (method === 'GET') return json({ items: [earned, released] })
    if (path.endsWith('/preview')) return json(body)
    if (path.endsWith('/test')) return json({ to: 'maya@harbor.example' }, 202)
    return path.endsWith('/reset') ? json(earned) : save()
  })
  return { model: createWordings({ client }), sent }
}

describe('the words of a message', () => {
  it('start from what the message says now, and are changed only when they differ', async () => {
    const { model } = open()
    await model.load()
    expect(model.current.value?.template).toBe('reward_earned')
    expect([model.subject.value, model.body.value]).toEqual(['You earned {{amount}}', 'Well done.'])
    expect(model.dirty.value).toBe(false)
    model.type({ body: 'Well done, you.' })
    expect(model.dirty.value).toBe(true)
    model.giveUp()
    expect(model.body.value).toBe('Well done.')
  })

  it('are saved, and then they are what is there', async () => {
    const { model, sent } = open()
    await model.load()
    model.type({ subject: 'Mine', body: 'Hi' })
    expect(await model.save()).toBe(true)
    expect(sent.find(({ method, path }) => method === 'POST' && path === '/v1/message-wordings')?.body).toEqual({
      template: 'reward_earned',
      channel: 'email',
      subject: 'Mine',
      body: 'Hi',
    })
    expect([model.dirty.value, model.current.value?.own?.subject]).toEqual([false, 'Mine'])
    expect(await model.reset()).toBe(true)
    expect(model.subject.value).toBe('You earned {{amount}}')
  })

  it.each([
    ['here', (model: Model) => model.type({ body: 'Hi there' }), 'Hi there'],
    [
      'at another message',
      (model: Model) => {
        model.choose('reward_released', 'email')
        model.type({ body: 'It is yours now.' })
      },
      'It is yours now.',
    ],
  ])('stay as typed on while the answer is on its way, %s', async (_, typeOn, typed) => {
    const { model } = open(() => {
      typeOn(model)
      return json({ ...earned, own: { subject: 'Mine', body: 'Hi', updatedAt: '2026-06-01T16:00:00.000Z' } })
    })
    await model.load()
    model.type({ subject: 'Mine', body: 'Hi' })
    expect(await model.save()).toBe(true)
    expect([model.body.value, model.dirty.value]).toEqual([typed, true])
  })

  it('stay as typed when they are refused, with the reason at the field', async () => {
    const message = 'There is no {{phone}} in this message.'
    const { model } = open(() => refusal('validation_failed', { errors: [{ path: 'body', message }] }))
    await model.load()
    model.type({ body: 'Call {{phone}}' })
    expect(await model.save()).toBe(false)
    expect(model.sending.errors.value).toEqual({ body: message })
    expect(model.body.value).toBe('Call {{phone}}')
    model.type({ body: ' ' })
    expect(await model.save()).toBe(false)
    expect(model.sending.errors.value).toEqual({ body: 'Write what the message says.' })
  })

  it('of another message are there when it is chosen', async () => {
    const { model } = open()
    await model.load()
    model.choose('reward_released', 'email')
    expect(model.current.value?.title).toBe('Reward released')
    expect(placeOf(released)).toBe('/console/messages/words?message=reward_released&channel=email')
    expect(await model.sendTest()).toBe('maya@harbor.example')
  })
})
