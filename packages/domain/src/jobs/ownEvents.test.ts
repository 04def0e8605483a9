import type { ConnectionMapping } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { bodyKey, interpret, sentTypeOf, splitBody } from './interpret.ts'
import { by, bytes, event, noon, wholePart, why } from './reading.fixture.ts'

describe('our own events', () => {
  const done = (data: object, more: object = {}) => ({
    type: 'job.completed',
    timestamp: '2026-11-30T12:00:00Z',
    data,
    ...more,
  })
  const customer = { name: 'Rosa Medina', phone: '+16285550117' }

  it('are read as the console shows them', () => {
    expect(
      event('standard_webhooks', done({ job: '4471', amount: 38_500, customer, title: 'Drain cleaning' })),
    ).toMatchObject({
      type: 'job.completed',
      occurredAt: noon,
      jobIds: ['4471'],
      title: 'Drain cleaning',
      value: { amount: 38_500, currency: null },
      marks: { completed: noon },
      person: { externalId: null, name: 'Rosa Medina', email: null, phone: '+16285550117' },
      notes: [],
    })
    expect(
      event('hmac', done({ job: { id: 4471 }, value: '385.00', currency: 'usd', customer: { id: 'c9' } })),
    ).toMatchObject({
      jobIds: ['4471'],
      value: { amount: 38_500, currency: 'USD' },
      person: { externalId: 'c9' },
    })
  })

  it('say what they lack', () => {
    expect(why('standard_webhooks', done({ customer }))).toEqual({ rejected: 'job_missing' })
    expect(why('standard_webhooks', { type: 'review.received', data: { job: '1' } })).toEqual({
      rejected: 'score_missing',
    })
    expect(why('standard_webhooks', { type: 'review.received', data: { job: '1', score: 6 } })).toEqual({
      rejected: 'score_invalid',
      sent: '6',
    })
    expect(why('standard_webhooks', { type: 'job.refunded', data: { job: '1' } })).toMatchObject({
      rejected: 'amount_missing',
    })
    expect(why('standard_webhooks', { type: 'contact.upserted', data: {} })).toEqual({ rejected: 'person_missing' })
    expect(why('standard_webhooks', { type: 'opportunity.won', data: {} })).toEqual({ rejected: 'opportunity_missing' })
    expect(why('standard_webhooks', { type: 'job.exploded', data: {} })).toEqual({
      ignored: 'type_not_used',
      type: 'job.exploded',
    })
    expect(why('standard_webhooks', { data: {} })).toEqual({ rejected: 'type_missing' })
    expect(why('standard_webhooks', done({ job: '1', amount: -5 }))).toEqual({
      rejected: 'amount_negative',
      field: 'amount',
      sent: '-5',
    })
    expect(why('standard_webhooks', done({ job: '1', amount: 385.5 }))).toEqual({
      rejected: 'amount_unreadable',
      field: 'amount',
      sent: '385.5',
    })
    expect(why('standard_webhooks', done({ job: '1', amount: 5, currency: 'XXX' }))).toEqual({
      rejected: 'currency_unknown',
      currency: 'XXX',
    })
    expect(event('standard_webhooks', { type: 'job.invoiced', data: { job: '1' } }).notes).toEqual([
      'no_person',
      'no_amount',
    ])
  })

  it.each([
    ['{"type":"job.completed","type":"job.canceled"}', { rejected: 'body_repeats_field', at: 'type' }],
    ['{"type":', { rejected: 'body_not_json', at: '8' }],
    ['', { rejected: 'body_empty', at: '0' }],
    ['"text"', { rejected: 'body_not_an_object' }],
    ['[]', { rejected: 'list_empty' }],
    [`{"a":${'['.repeat(100)}`, { rejected: 'body_too_deep', at: `a${'[0]'.repeat(64)}`.slice(0, 100) }],
  ])('that make no sense say why: %s', (body, reason) => {
    expect(why('standard_webhooks', body)).toEqual(reason)
  })

  it('that are no UTF-8 are refused with a reason', () => {
    expect(interpret(wholePart(new Uint8Array([0x7b, 0xff, 0x7d])), by('hmac'), '')).toMatchObject({
      reason: 'body_not_utf8',
    })
  })

  it('keep neither NUL nor half characters in a name, and cut what is endless', () => {
    const odd = event(
      'standard_webhooks',
      done({ job: '1', customer: { name: `Ro\u0000sa\ud800 ${'x'.repeat(5_000)}` } }),
    )
    expect(odd.person?.name).toBe(`Rosa ${'x'.repeat(95)}`)
  })

  it('may come as a list: each is read by itself, and one that is broken breaks no other (C11)', () => {
    const items = Array.from({ length: 100 }, (_, index) =>
      index === 6 ? null : done({ job: String(index + 1), customer }),
    )
    const parts = splitBody(bytes(items), by('standard_webhooks'))
    const readings = parts.map((part) => interpret(part, by('standard_webhooks'), ''))
    expect(readings.map(({ is }) => is).filter((is) => is === 'event')).toHaveLength(99)
    expect(readings[6]).toEqual({ is: 'rejected', reason: 'body_not_an_object', facts: {} })
    expect(parts.map((part) => new TextDecoder().decode(part.bytes))).toEqual(items.map((item) => JSON.stringify(item)))
  })
})

describe('a mapping', () => {
  const mapping = (more: Partial<ConnectionMapping> = {}): ConnectionMapping => ({
    type: {
      is: 'at',
      path: 'event',
      values: [
        { value: 'Job Closed', type: 'job.completed' },
        { value: 'refund', type: 'job.refunded' },
      ],
    },
    conditions: [],
    amountUnit: 'major',
    fields: {
      jobId: 'order.id',
      title: 'order.lines[0]["line name"]',
      value: 'order.total',
      name: 'order.customer.first',
      lastName: 'order.customer.last',
      email: '$.order.customer.email',
      occurredAt: 'at',
    },
    ...more,
  })
  const sample = {
    event: 'job closed',
    at: '2026-11-30T12:00:00Z',
    order: {
      id: 77,
      total: 1200.5,
      status: 'paid',
      customer: { first: 'Omar', last: 'Haddad', email: 'omar@haddad.co' },
      lines: [{ 'line name': 'Roof' }],
    },
  }

  it('reads any shape', () => {
    expect(event('token', sample, '', mapping())).toMatchObject({
      type: 'job.completed',
      occurredAt: noon,
      jobIds: ['77'],
      title: 'Roof',
      value: { amount: 120_050, currency: null },
      person: { externalId: null, name: 'Omar Haddad', email: 'omar@haddad.co', phone: null },
    })
  })

  it('reads only what meets its conditions, and says what was there', () => {
    const paid = mapping({ conditions: [{ path: 'order.status', is: 'equal', value: 'PAID' }] })
    expect(event('token', sample, '', paid).jobIds).toEqual(['77'])
    expect(why('token', { ...sample, order: { ...sample.order, status: 'draft' } }, '', paid)).toEqual({
      ignored: 'condition_not_met',
      path: 'order.status',
      is: 'equal',
      value: 'PAID',
      found: 'draft',
    })
    const notDraft = mapping({ conditions: [{ path: 'order.status', is: 'different', value: 'paid' }] })
    expect(why('token', sample, '', notDraft)).toMatchObject({ ignored: 'condition_not_met', found: 'paid' })
  })

  it('says of a thin body that it has neither person nor amount', () => {
    const thin = { event: 'job closed', order: { id: 77 } }
    expect(event('token', thin, '', mapping({ type: { is: 'always', type: 'job.invoiced' } })).notes).toEqual([
      'no_person',
      'no_amount',
    ])
  })

  it('finds a list anywhere, and knows deliveries by the id it names', () => {
    const listed = mapping({ list: 'events', fields: { ...mapping().fields, deliveryId: 'uid' } })
    const body = {
      events: [
        { ...sample, uid: 'a' },
        { ...sample, uid: 'b' },
      ],
    }
    const parts = splitBody(bytes(body), by('token', listed))
    expect(parts.map(({ json }) => json && bodyKey(json, by('token', listed)))).toEqual(['a', 'b'])
    const [, second] = parts
    expect(second && interpret(second, by('token', listed), '')).toMatchObject({
      is: 'event',
      event: { jobIds: ['77'] },
    })
    expect(second && sentTypeOf(second, by('token', listed), '')).toBe('job closed')
  })

  it('is needed for a connection that does not sign', () => {
    expect(why('token', { type: 'job.completed', data: { job: '1' } })).toEqual({ rejected: 'mapping_missing' })
  })

  it('counts in minor units if told to, and refuses decimals then', () => {
    const minor = mapping({ amountUnit: 'minor', currency: 'JPY' })
    expect(event('token', { ...sample, order: { ...sample.order, total: 1_200 } }, '', minor).value).toEqual({
      amount: 1_200,
      currency: 'JPY',
    })
    expect(why('token', sample, '', minor)).toEqual({
      rejected: 'amount_unreadable',
      field: 'order.total',
      sent: '1200.5',
    })
  })

  it('treats a running total of refunds as a total where no id is named', () => {
    expect(event('token', { ...sample, event: 'refund' }, '', mapping()).refund).toEqual({
      is: 'total',
      amount: 120_050,
    })
  })

  it('does not apply to shops', () => {
    expect(why('stripe', sample, '', mapping())).toEqual({ rejected: 'type_missing' })
  })
})
