import type { Organization } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { changedFields, createOrganizationSettings, toDraft } from './organization.model.ts'

const saved: Organization = {
  id: idOf('org', 1),
  name: 'Harbor & Sons',
  tagline: 'Plumbing',
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  country: 'US',
  brandColor: '#16507c',
  phone: '(415) 555-0100',
  address: null,
  website: null,
  replyTo: null,
  logo: null,
  staffMayConvert: true,
  creditUses: ['next_invoice'],
  features: [],
  textStatement: null,
  cashReportThreshold: null,
  isDemo: false,
}

function open(answer: Respond) {
  const { client, sent } = clientRespondingWith(answer)
  const onChangedCalls = { times: 0 }
  const changed = async () => {
    onChangedCalls.times += 1
  }
  return { model: createOrganizationSettings({ client, saved, changed }), sent, onChangedCalls }
}

it('a yearly threshold is an amount in the currency of the business, or none', async () => {
  const { model, sent } = open(() => json({ ...saved, cashReportThreshold: 60_000 }))
  model.set({ cashReportThreshold: 'six hundred' })
  expect(await model.save()).toBe(false)
  expect(model.sending.errors.value).toEqual({ cashReportThreshold: 'Enter an amount such as 600.00.' })
  model.set({ cashReportThreshold: '600' })
  expect(await model.save()).toBe(true)
  expect(model.draft.value.cashReportThreshold).toBe('600.00')
  model.set({ cashReportThreshold: ' ' })
  await model.save()
  expect(sent.map(({ body }) => body)).toEqual([{ cashReportThreshold: 60_000 }, { cashReportThreshold: null }])
})

describe('the settings of an organization', () => {
  it('send only what changed', async () => {
    const { model, sent, onChangedCalls } = open(() =>
      json({ ...saved, phone: null, website: 'https://harborsons.example' }),
    )
    expect(model.dirty.value).toBe(false)
    model.set({ phone: '  ', website: 'harborsons.example', name: 'Harbor & Sons ' })
    expect(await model.save()).toBe(true)
    expect(sent.map(({ body }) => body)).toEqual([{ phone: null, website: 'https://harborsons.example' }])
    expect([model.dirty.value, onChangedCalls.times]).toEqual([false, 1])
    expect(model.draft.value.website).toBe('https://harborsons.example')
  })

  it('report errors at the field before anything is sent', async () => {
    const { model, sent } = open(() => json(saved))
    model.set({ brandColor: '#12', website: 'nowhere', replyTo: 'office' })
    expect(await model.save()).toBe(false)
    expect(Object.keys(model.sending.errors.value).sort()).toEqual(['brandColor', 'replyTo', 'website'])
    expect(sent).toEqual([])
    expect(model.color.value).toBe('#16507c')
  })

  it('keep text typed during the request', async () => {
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    const { model } = open(async () => {
      await held
      return json({ ...saved, name: 'Harbor' })
    })
    model.set({ name: 'Harbor' })
    const saving = model.save()
    model.set({ tagline: 'Plumbing and heating' })
    release()
    expect(await saving).toBe(true)
    expect(model.draft.value).toMatchObject({ name: 'Harbor', tagline: 'Plumbing and heating' })
    expect(changedFields(toDraft({ ...saved, name: 'Harbor' }), model.draft.value)).toEqual({
      tagline: 'Plumbing and heating',
    })
  })

  it('say at the currency field that it cannot be changed', async () => {
    const { model } = open(() => problemResponse('currency_fixed'))
    model.set({ currency: 'EUR' })
    expect(await model.save()).toBe(false)
    expect(model.sending.errors.value.currency).toContain('can no longer change')
    expect(model.draft.value.currency).toBe('EUR')
  })

  it('upload a logo unchanged, and reject a large one at once', async () => {
    const { model, sent, onChangedCalls } = open(() => json(saved))
    expect(await model.upload(new Blob([new Uint8Array([137, 80, 78, 71])]))).toBe(true)
    expect(sent[0]?.body).toEqual({ image: 'iVBORw==' })
    expect(onChangedCalls.times).toBe(1)
    expect(await model.upload(new Blob([new Uint8Array(200_001)]))).toBe(false)
    expect(model.picture.errors.value.image).toContain('larger than 200 kB')
    expect(sent).toHaveLength(1)
  })
})
