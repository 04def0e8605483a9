import type { MessageRow } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { createMessages, readMessageQuery, writeMessageQuery } from './messages.model.ts'

const failed: MessageRow = {
  id: idOf('msg', 1),
  channel: 'email',
  template: 'reward_earned',
  to: 'anna@mail.example',
  name: 'Anna Kowalski',
  subject: 'You earned $112.50',
  state: 'failed',
  attempts: 5,
  error: 'The mailbox is full.',
  createdAt: '2026-05-29T17:00:00.000Z',
  sentAt: null,
  nextAttemptAt: null,
}

describe('the outbox', () => {
  it('is filtered by the URL, and ignores an unknown state', () => {
    expect(readMessageQuery({ state: 'failed', cursor: 'c2' })).toEqual({ state: 'failed', cursor: 'c2' })
    expect(readMessageQuery({ state: 'lost' })).toEqual({ state: null, cursor: null })
    expect(writeMessageQuery({ state: 'failed', cursor: null })).toBe('/console/messages?state=failed')
  })

  it('resends a failed message and shows its new state in the list and the open dialog', async () => {
    const { client, sent } = clientRespondingWith(({ method, path }) => {
      if (method === 'POST') return json({ ...failed, state: 'queued', error: null })
      return path.endsWith(failed.id)
        ? json({ ...failed, body: 'Hi Anna' })
        : json({ items: [failed], nextCursor: null, previousCursor: null })
    })
    const model = createMessages({ client, navigate: () => {} })
    await model.page.load()
    model.open(failed.id)
    await model.detail.load()
    await model.retry(failed.id)
    expect(sent.at(-1)?.path).toBe(`/v1/messages/${failed.id}/retry`)
    expect(model.page.data.value?.items[0]?.state).toBe('queued')
    expect(model.detail.data.value).toMatchObject({ state: 'queued', body: 'Hi Anna' })
    expect(model.retrying.value.size).toBe(0)
  })

  it('says why a message cannot be resent', async () => {
    const { client } = clientRespondingWith(() => problemResponse('message_not_retryable'))
    const model = createMessages({ client, navigate: () => {} })
    await model.retry(failed.id)
    expect(model.problem.value).toContain('Only a failed message can be sent again')
  })
})
