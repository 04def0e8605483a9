import { ConnectionMapping } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json } from '../core/testClient.testing.ts'
import { createMappingEditor, draftOf, toMapping } from './mapping.model.ts'
import { firstEvent, guessFields, listsOf, parseSample, pathsOf, valueAt } from './samplePaths.ts'

const sample = {
  event: 'invoice_paid',
  'job no': 4471,
  client: { first_name: 'Omar', last_name: 'Haddad', emails: ['omar@mail.example'], mobile: '+16285550117' },
  invoice: { total: '1200.50', currency_code: 'USD', lines: [{ id: 1 }] },
}

describe('a sample', () => {
  it('tells where its values stand, also under unusual names', () => {
    const paths = pathsOf(sample)
    expect(paths.map(({ path }) => path)).toEqual([
      'event',
      '["job no"]',
      'client.first_name',
      'client.last_name',
      'client.emails[0]',
      'client.mobile',
      'invoice.total',
      'invoice.currency_code',
      'invoice.lines[0].id',
    ])
    for (const { path, text } of paths) expect(String(valueAt(sample, path))).toBe(text)
    expect(valueAt(sample, 'client.constructor.name')).toBeUndefined()
    expect([parseSample('{"a"'), pathsOf(null)]).toEqual([undefined, []])
  })

  it('tells what its fields probably are by their names', () => {
    expect(guessFields(pathsOf(sample))).toMatchObject({
      jobId: '["job no"]',
      name: 'client.first_name',
      lastName: 'client.last_name',
      phone: 'client.mobile',
      value: 'invoice.total',
      currency: 'invoice.currency_code',
    })
    const zoe = { id: 'evt-1', job: { nr: 'Z-1' }, client: { first: 'Zoe', last: 'Park' } }
    expect(guessFields(pathsOf(zoe))).toEqual({ jobId: 'job.nr', name: 'client.first', lastName: 'client.last' })
    expect(guessFields(pathsOf({ id: 7 }))).toEqual({ jobId: 'id' })
  })

  it('may be a list, or hold one', () => {
    expect(firstEvent([{ a: 1 }, { a: 2 }], '')).toEqual({ a: 1 })
    expect(firstEvent({ data: { events: [{ a: 3 }] } }, 'data.events')).toEqual({ a: 3 })
    expect(listsOf({ data: { events: [{ a: 3 }] }, tags: ['x'] })).toEqual(['data.events'])
  })
})

describe('a mapping', () => {
  it('is the same after it was edited and left as it was', () => {
    const mapping = ConnectionMapping.parse({
      list: 'events',
      type: { is: 'at', path: 'status', values: [{ value: 'paid', type: 'job.invoiced' }] },
      conditions: [{ path: 'region', is: 'different', value: 'Reno' }],
      amountUnit: 'minor',
      currency: 'EUR',
      fields: { jobId: 'id', email: 'client.email' },
    })
    expect(ConnectionMapping.parse(toMapping(draftOf(mapping)))).toEqual(mapping)
  })

  it('is guessed from the first sample, previewed, and complains only about what was typed', async () => {
    const connection = { id: idOf('cnx', 1), kind: 'token', mappingVersion: null }
    const { client, sent } = clientRespondingWith(({ path }) =>
      path.endsWith('/preview') ? json({ events: [], total: 0 }) : json(connection),
    )
    const model = createMappingEditor({ client, id: connection.id })
    await model.load()
    expect(model.dirty.value).toBe(false)
    model.setSample(JSON.stringify(sample))
    expect(model.draft.value.fields.lastName).toBe('client.last_name')
    expect(model.dirty.value).toBe(true)
    model.setField('title', 'a..b')
    model.set({ typeIs: 'at' })
    expect(Object.keys(model.sending.errors.value)).toEqual(['fields.title'])
    expect(await model.save()).toBeNull()
    expect(Object.keys(model.sending.errors.value)).toEqual(['type.path', 'fields.title'])
    model.setField('title', '')
    model.set({
      typePath: 'event',
      values: [
        { value: 'invoice_paid', type: 'job.invoiced' },
        { value: '', type: 'job.opened' },
      ],
    })
    await model.preview.load()
    expect(sent.at(-1)?.body).toMatchObject({
      kind: 'token',
      mapping: { type: { is: 'at', path: 'event', values: [{ value: 'invoice_paid', type: 'job.invoiced' }] } },
    })
    model.stop()
  })
})
