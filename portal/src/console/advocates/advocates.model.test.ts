import type { Advocate } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { createAdvocates, createInvite, readAdvocateList, writeAdvocateList } from './advocates.model.ts'

const anna: Advocate = {
  id: idOf('adv', 1),
  contactId: idOf('con', 1),
  name: 'Anna Kowalski',
  email: 'anna@mail.example',
  phone: null,
  campaign: { id: idOf('cam', 1), name: 'Neighbor Thank-You' },
  code: 'ANNA7QK',
  link: 'https://refer.harborsons.example/r/ANNA7QK',
  referrals: 6,
  converted: 3,
  earned: 0,
  sharedAt: null,
  lastAsk: null,
  tier: null,
  available: 11_000,
  held: 11_250,
  currency: 'USD',
  createdAt: '2026-01-05T18:00:00.000Z',
  archivedAt: null,
}

function openInvite(answer: Respond) {
  const { client, sent } = clientRespondingWith(answer)
  const model = createInvite({ client })
  model.campaignId.value = idOf('cam', 1)
  return { model, sent }
}

describe('inviting an advocate', () => {
  it('sends only the contact details that were entered', async () => {
    const { model, sent } = openInvite(() => json(anna, 201))
    model.name.value = 'Anna Kowalski'
    model.email.value = ' anna@mail.example '
    model.notify.value = false
    expect(await model.invite()).toMatchObject({ code: 'ANNA7QK' })
    expect(sent[0]?.body).toEqual({
      campaignId: idOf('cam', 1),
      name: 'Anna Kowalski',
      email: 'anna@mail.example',
      notify: false,
    })
  })

  it('requires an email or phone, shown at the field before anything is sent', async () => {
    const { model, sent } = openInvite(() => json(anna, 201))
    model.name.value = 'Anna Kowalski'
    expect(await model.invite()).toBeNull()
    expect(model.sending.errors.value.email).toBe('Enter an email address or a phone number.')
    expect(sent).toEqual([])
  })

  it('shows the existing advocate when they are one already', async () => {
    const { model } = openInvite(({ method }) =>
      method === 'POST' ? problemResponse('advocate_exists', { existingId: anna.id }) : json(anna),
    )
    model.name.value = 'Ann'
    model.email.value = 'anna@mail.example'
    expect(await model.invite()).toBeNull()
    expect(model.existing.value?.name).toBe('Anna Kowalski')
    expect(model.name.value).toBe('Ann')
  })
})

describe('the list of advocates', () => {
  it('keeps its state in the URL', () => {
    const list = {
      q: 'anna',
      campaignId: idOf('cam', 1),
      archived: true,
      notOpened: false,
      sort: 'newest',
      cursor: 'c2',
    } as const
    const url = new URL(writeAdvocateList(list), 'http://goodword.test')
    expect(readAdvocateList(Object.fromEntries(url.searchParams))).toEqual(list)
    expect(writeAdvocateList(readAdvocateList({}))).toBe('/console/advocates')
  })

  it('names the advocate whose invitation could not be resent', async () => {
    const { client } = clientRespondingWith(() => problemResponse('contact_unreachable'))
    const model = createAdvocates({ client, navigate: () => {} })
    expect(await model.resend(anna)).toBe(false)
    expect(model.problem.value).toBe(
      'Anna Kowalski wasn’t invited. There is no way to reach this person. Enter an email address or a phone number.',
    )
    expect(model.resending.value).toBeNull()
  })
})
