import type { MessageTemplate } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, json, problemResponse } from '../core/testClient.testing.ts'
import { audienceHint } from './audienceSelect.tsx'
import { createMessageTemplates, isCustomized, resolveTemplate, templatePath } from './messageTemplates.model.ts'

const earned: MessageTemplate = {
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
type Model = ReturnType<typeof createMessageTemplates>
const released: MessageTemplate = { ...earned, template: 'reward_released', title: 'Reward released' }

function open(
  save: () => Response = () =>
    json({ ...earned, own: { subject: 'Mine', body: 'Hi', updatedAt: '2026-06-01T16:00:00.000Z' } }),
) {
  const { client, sent } = clientRespondingWith(({ path, method, body }) => {
    if (method === 'GET') return json({ items: [earned, released] })
    if (path.endsWith('/preview')) return json(body)
    if (path.endsWith('/test')) return json({ to: 'maya@harbor.example' }, 202)
    return path.endsWith('/reset') ? json(earned) : save()
  })
  return { model: createMessageTemplates({ client }), sent }
}

describe('a message template', () => {
  it('starts from the current text, and is dirty only when it differs', async () => {
    const { model } = open()
    await model.load()
    expect(model.current.value?.template).toBe('reward_earned')
    expect([model.subject.value, model.body.value]).toEqual(['You earned {{amount}}', 'Well done.'])
    expect(model.dirty.value).toBe(false)
    model.type({ body: 'Well done, you.' })
    expect(model.dirty.value).toBe(true)
    model.discard()
    expect(model.body.value).toBe('Well done.')
  })

  it('is saved and becomes the current text', async () => {
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
  ])('keeps what is typed while the response is in flight, %s', async (_, typeOn, typed) => {
    const { model } = open(() => {
      typeOn(model)
      return json({ ...earned, own: { subject: 'Mine', body: 'Hi', updatedAt: '2026-06-01T16:00:00.000Z' } })
    })
    await model.load()
    model.type({ subject: 'Mine', body: 'Hi' })
    expect(await model.save()).toBe(true)
    expect([model.body.value, model.dirty.value]).toEqual([typed, true])
  })

  it('keeps what was typed when the server rejects it, with the reason at the field', async () => {
    const message = 'There is no {{phone}} in this message.'
    const { model } = open(() => problemResponse('validation_failed', { errors: [{ path: 'body', message }] }))
    await model.load()
    model.type({ body: 'Call {{phone}}' })
    expect(await model.save()).toBe(false)
    expect(model.sending.errors.value).toEqual({ body: message })
    expect(model.body.value).toBe('Call {{phone}}')
    model.type({ body: ' ' })
    expect(await model.save()).toBe(false)
    expect(model.sending.errors.value).toEqual({ body: 'Write what the message says.' })
  })

  it('is loaded when another message is chosen', async () => {
    const { model } = open()
    await model.load()
    model.choose('reward_released', 'email')
    expect(model.current.value?.title).toBe('Reward released')
    expect(templatePath(released)).toBe('/console/messages/words?message=reward_released&channel=email')
    expect(await model.sendTest()).toBe('maya@harbor.example')
  })
})

describe('a message template for friends', () => {
  const text = (subject: string) => ({ subject, body: `${subject}.` })
  const at = { updatedAt: '2026-06-01T16:00:00.000Z' }
  const welcome: MessageTemplate = {
    ...earned,
    template: 'friend_welcome',
    ours: text('Welcome'),
    languages: [
      { language: 'en', ours: text('Welcome'), own: null },
      { language: 'de', ours: text('Willkommen'), own: null },
    ],
  }
  const forAll = { ...welcome, own: { ...text('Mine'), ...at } }
  const inGerman = {
    ...forAll,
    languages: welcome.languages.map((one) =>
      one.language === 'de' ? { ...one, own: { ...text('Meine'), ...at } } : one,
    ),
  }

  it('resolves in this order: customized for the language, customized for everyone, default for the language', () => {
    const seen = [welcome, forAll, inGerman].map((one) =>
      (['all', 'en', 'de'] as const).map((language) => {
        const { source, text: read } = resolveTemplate(one, language)
        return `${source}: ${read.subject}`
      }),
    )
    expect(seen).toEqual([
      ['ours: Welcome', 'ours: Welcome', 'ours: Willkommen'],
      ['own: Mine', 'everyone: Mine', 'everyone: Mine'],
      ['own: Mine', 'everyone: Mine', 'own: Meine'],
    ])
    expect([welcome, forAll, inGerman].map(isCustomized)).toEqual([false, true, true])
  })

  it('says who gets the saved text, and who does not', () => {
    expect(audienceHint(welcome, 'all', 'ours')).toBe(
      'Until you change it, people get the default in their own language. What you save here goes to everyone, as you wrote it.',
    )
    expect(audienceHint(inGerman, 'all', 'own')).toBe(
      'Everyone gets this template as you wrote it, in any language. Friends who read German get the template you wrote for them.',
    )
    expect(audienceHint(forAll, 'de', 'everyone')).toBe(
      'Now friends who read German get your template for everyone. What you save here goes only to them.',
    )
    expect(audienceHint(inGerman, 'de', 'own')).toBe('Only friends who read German get this template.')
  })

  it('is saved and reset for one language only, and can start from the default', async () => {
    const { client, sent } = clientRespondingWith(({ path, method, body }) => {
      if (method === 'GET') return json({ items: [forAll] })
      if (path.endsWith('/preview')) return json({ subject: 'x', body: 'x', ...(body as object) })
      return json(path.endsWith('/reset') ? forAll : inGerman)
    })
    const model = createMessageTemplates({ client })
    await model.load()
    model.choose('friend_welcome', 'email', 'de')
    expect([model.subject.value, model.dirty.value]).toEqual(['Mine', false])
    model.startFromDefault()
    expect([model.subject.value, model.dirty.value]).toEqual(['Willkommen', true])
    model.type({ subject: 'Meine', body: 'Meine.' })
    expect(await model.save()).toBe(true)
    expect([model.reading.value?.source, model.dirty.value]).toEqual(['own', false])
    expect(await model.reset()).toBe(true)
    expect([model.reading.value?.source, model.subject.value]).toEqual(['everyone', 'Mine'])
    const which = { template: 'friend_welcome', channel: 'email', language: 'de' }
    expect(sent.filter(({ path }) => /wordings(\/reset)?$/.test(path)).flatMap(({ body }) => body ?? [])).toEqual([
      { ...which, subject: 'Meine', body: 'Meine.' },
      which,
    ])
    expect(templatePath(welcome, 'de')).toBe('/console/messages/words?message=friend_welcome&channel=email&language=de')
    model.choose('friend_welcome', 'email', 'tlh')
    expect(model.language.value).toBe('all')
  })
})
