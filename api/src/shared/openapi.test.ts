import { eventTypes } from '@goodword/contracts'
import { expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'

it('the API reference describes the webhook request of every event and the fields of its data', () => {
  const { webhooks = {} } = openApiDocument('https://refer.harbor.example')
  expect(Object.keys(webhooks)).toEqual([...eventTypes])
  expect(webhooks['invitation.joined']?.post?.summary).toBe(
    'A friend left their details through the link of a customer who was asked.',
  )
  const text = JSON.stringify(webhooks['referral.converted'])
  for (const field of ['webhook-signature', 'conversionId', 'advocateAmount', 'actor']) expect(text).toContain(field)
})
