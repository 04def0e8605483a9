import { ConnectionMapping, connectionKinds } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { interpret, type ReadBy, splitBody } from './interpret.ts'
import { sampleRequest } from './sample.ts'

const now = Date.UTC(2026, 10, 30, 17)
const readSample = (by: ReadBy) => {
  const { topic, body } = sampleRequest(by, now, '9001')
  const [part] = splitBody(new TextEncoder().encode(body), by)
  return part && interpret(part, by, topic)
}

describe('a test event', () => {
  it.each(connectionKinds.filter((kind) => kind !== 'token'))('of %s is understood as a paid job', (kind) => {
    const value = { amount: 38_500, currency: kind === 'standard_webhooks' || kind === 'hmac' ? null : 'USD' }
    expect(readSample({ kind, mapping: null, currency: 'USD' })).toMatchObject({
      is: 'event',
      event: { type: 'job.invoiced', value, person: { name: 'Jamie Test', email: 'jamie.test@example.com' } },
    })
  })

  it('counts in the digits of its currency: 385 yen are ¥385', () => {
    for (const kind of ['stripe', 'hmac', 'shopify'] as const)
      expect(readSample({ kind, mapping: null, currency: 'JPY' })).toMatchObject({ event: { value: { amount: 385 } } })
  })

  it('has everything where a mapping looks for it, and meets its conditions', () => {
    const mapping = ConnectionMapping.parse({
      list: 'events',
      type: {
        is: 'at',
        path: 'status',
        values: [
          { value: 'open', type: 'job.opened' },
          { value: 'paid', type: 'job.invoiced' },
        ],
      },
      conditions: [
        { path: 'status', is: 'equal', value: 'paid' },
        { path: 'location', is: 'different', value: 'Reno' },
      ],
      fields: {
        jobId: '$.job["job no"]',
        value: 'invoice.lines[1].total',
        name: 'customer.first',
        lastName: 'customer.last',
        test: 'is_test',
        email: 'customer.emails[0]',
      },
    })
    expect(readSample({ kind: 'token', mapping, currency: 'USD' })).toMatchObject({
      is: 'event',
      event: {
        type: 'job.invoiced',
        isTest: true,
        jobIds: ['9001'],
        value: { amount: 38_500 },
        person: { name: 'Jamie Test', email: 'jamie.test@example.com' },
      },
    })
  })
})
