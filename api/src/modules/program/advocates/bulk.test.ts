import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp } from '../../../../test/app.ts'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { listAdvocates } from '../../surfaces/console/advocates.queries.ts'
import { inviteMany, previewInvitations } from './bulk.ts'

it('takes a thousand long rows over HTTP', async () => {
  const test = await createTestApp()
  const world = await createWorld(test.services)
  const { id: campaignId } = await world.campaign()
  const as = await test.secretKey(world.ctx, ['advocates:write'])
  const people = Array.from({ length: 1_000 }, (_, n) => ({
    name: `Somebody with a name of forty letters ${n}`,
    email: `somebody.with.a.long.address.${n}@many.example`,
  }))
  const text = people.map(({ name, email }) => `${name},${email}`).join('\n')
  const preview = await test.request('POST', '/v1/advocates/preview', { as, body: { campaignId, text } })
  expect(preview.status).toBe(200)
  const body = { campaignId, people, notify: false }
  const headers = { 'idempotency-key': 'a long list' }
  const sent = await test.request('POST', '/v1/advocates/bulk', { as, body, headers })
  expect(await sent.json()).toEqual({ enrolled: 1_000, alreadyAdvocates: 0, messages: 0 })
  const again = await test.request('POST', '/v1/advocates/bulk', { as, body, headers })
  expect(await again.json()).toEqual({ enrolled: 1_000, alreadyAdvocates: 0, messages: 0 })
  await test.close()
})

describe('bulk invitations', () => {
  let test: TestServices
  let world: World
  let campaignId: string
  beforeAll(async () => {
    test = await createTestServices()
    world = await createWorld(test.services)
    campaignId = (await world.campaign()).id
  })
  afterAll(() => test.close())

  const preview = (text: string) => previewInvitations(world.ctx, { campaignId, text })
  const advocates = async () => (await listAdvocates(world.ctx, { limit: 100, sort: 'newest' })).items

  it("preview each row's result without writing anything", async () => {
    const anna = await world.advocate(campaignId, { name: 'Anna Kowalski', email: 'anna@mail.example' })
    const other = await world.campaign({}, { name: 'Autumn' })
    await world.advocate(other.id, { name: 'Ben Ode', email: 'ben@mail.example' })
    const before = await advocates()
    const { rows, columns, hasHead } = await preview(
      [
        'Phone;E-mail;Full name',
        ';anna@mail.example;Anna K.',
        '(415) 555-0101;lee@mail.example;"Wong; Lee"',
        '+1 415 555 0101;;Lee Wong',
        ';ben@mail.example;Ben Ode',
        ';not an address;Cy',
        ';;Di',
        ';eve@mail.example;',
        '12;;Fay',
      ].join('\r\n'),
    )
    expect({ columns, hasHead }).toEqual({ columns: ['phone', 'email', 'name'], hasHead: true })
    expect(rows.map(({ line, name, state, problem }) => [line, name, state, problem])).toEqual([
      [2, 'Anna K.', 'advocate', 'Anna Kowalski is an advocate of this campaign already.'],
      [3, 'Wong; Lee', 'new', null],
      [4, 'Lee Wong', 'repeated', 'The same person as line 3.'],
      [5, 'Ben Ode', 'known', null],
      [6, 'Cy', 'wrong', 'The email address cannot be read.'],
      [7, 'Di', 'wrong', 'There is no email address and no phone number.'],
      [8, '', 'wrong', 'There is no name.'],
      [9, 'Fay', 'wrong', 'The phone number cannot be read.'],
    ])
    expect(rows[0]?.existingId).toBe(anna.id)
    expect(await advocates()).toEqual(before)
  })

  it('accept a thousand rows and reject one more', async () => {
    const lines = (n: number) => Array.from({ length: n }, (_, at) => `Person ${at},p${at}@many.example`).join('\n')
    expect((await preview(lines(1_000))).rows.every(({ state }) => state === 'new')).toBe(true)
    await expect(preview(lines(1_001))).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('enroll and email each person once, however often the list is sent', async () => {
    const people = [
      { name: 'Gus Hill', email: 'gus@mail.example' },
      { name: 'Hal Ito', phone: '(415) 555-0177' },
    ]
    const invite = () => inviteMany(world.ctx, { campaignId, people, notify: true })
    const responses = await Promise.all([invite(), invite()])
    expect(responses).toEqual([
      { enrolled: 2, alreadyAdvocates: 0, messages: 2 },
      { enrolled: 0, alreadyAdvocates: 2, messages: 0 },
    ])
    const sent = (await listMessages(world.ctx, { limit: 100 })).items
    expect(sent.map(({ to, channel }) => [to, channel]).sort()).toEqual([
      ['+14155550177', 'sms'],
      ['gus@mail.example', 'email'],
    ])
  })

  it('send nothing if asked to enroll quietly', async () => {
    const before = (await listMessages(world.ctx, { limit: 100 })).items.length
    const people = [{ name: 'Ida Jung', email: 'ida@mail.example' }]
    expect(await inviteMany(world.ctx, { campaignId, people, notify: false })).toMatchObject({ messages: 0 })
    expect((await listMessages(world.ctx, { limit: 100 })).items).toHaveLength(before)
    expect((await advocates()).map(({ name }) => name)).toContain('Ida Jung')
  })

  it('enroll nobody if one phone number is invalid', async () => {
    const people = [
      { name: 'Kim Lo', email: 'kim@mail.example' },
      { name: 'Max No', phone: '12345' },
    ]
    await expect(inviteMany(world.ctx, { campaignId, people, notify: true })).rejects.toMatchObject({
      code: 'phone_invalid',
      facts: { errors: [{ path: 'people.1.phone' }] },
    })
    expect((await advocates()).map(({ name }) => name)).not.toContain('Kim Lo')
  })
})
