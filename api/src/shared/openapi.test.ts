import { eventTypes } from '@goodword/contracts'
import { expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'

it('the API reference describes the webhook request of every event and the fields of its data', () => {
  const { webhooks = {} } = openApiDocument('https://refer.harbor.example')
  expect(Object.keys(webhooks)).toEqual([...eventTypes])
  const text = JSON.stringify(webhooks['referral.converted'])
  for (const field of ['webhook-signature', 'conversionId', 'advocateAmount', 'actor']) expect(text).toContain(field)
})
