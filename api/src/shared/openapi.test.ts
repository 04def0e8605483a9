import { eventTypes } from '@goodword/contracts'
import { expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'

it('the reference describes the request of every event, with what its data holds', () => {
  const { webhooks = {} } = openApiDocument('https://refer.harbor.example')
  expect(Object.keys(webhooks)).toEqual([...eventTypes])
  const text = JSON.stringify(webhooks['referral.converted'])
  for (const field of ['webhook-signature', 'conversionId', 'advocateAmount', 'actor']) expect(text).toContain(field)
})
