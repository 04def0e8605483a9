import { eventTypes } from '@goodword/contracts'
import { expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'
import { describeFields } from './openapiFields.ts'

it('the API reference describes the webhook request of every event and the fields of its data', () => {
  const { webhooks = {} } = openApiDocument('https://refer.harbor.example')
  expect(Object.keys(webhooks)).toEqual([...eventTypes])
  expect(webhooks['invitation.joined']?.post?.summary).toBe(
    'A friend left their details through the link of a customer who was asked.',
  )
  const text = JSON.stringify(webhooks['referral.converted'])
  for (const field of ['webhook-signature', 'conversionId', 'advocateAmount', 'actor']) expect(text).toContain(field)
})

it('the API reference says what fields mean whose name does not', () => {
  const { components, paths } = openApiDocument('https://refer.harbor.example')
  const text = JSON.stringify([components?.schemas?.AskRuleOutput, paths?.['/v1/job-events']?.get])
  expect(text).toContain('"description":"Whoever scored a job lower is never asked because of it."')
  expect(text).toContain('"description":"Received since then."')
  expect(() => describeFields({})).toThrow('The API has no field secret of connections.create.')
})
