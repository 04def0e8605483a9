import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, referralRow } from '../core/testClient.testing.ts'
import { createAddReferral } from './addReferral.model.ts'

const anna = { id: idOf('adv', 1), name: 'Anna Kowalski' } as Parameters<
  ReturnType<typeof createAddReferral>['search']['choose']
>[0]

describe('adding a referral manually', () => {
  it('sends the advocate and the friend', async () => {
    const { client, sent } = clientRespondingWith(() => json(referralRow(1), 201))
    const model = createAddReferral({ client })
    model.search.choose(anna)
    model.name.value = 'Priya Shah'
    model.phone.value = '(415) 555-0142'
    model.note.value = 'The water heater leaks.'
    expect(await model.add()).not.toBeNull()
    expect(sent[0]?.body).toEqual({
      advocateId: anna.id,
      friend: { name: 'Priya Shah', phone: '(415) 555-0142' },
      message: 'The water heater leaks.',
      metadata: {},
    })
  })

  it('requires an advocate from the list, since several could have a typed name', async () => {
    const { client, sent } = clientRespondingWith(() => json({ items: [], nextCursor: null, previousCursor: null }))
    const model = createAddReferral({ client })
    model.search.choose(anna)
    model.search.type('Anna K')
    model.name.value = 'Priya Shah'
    model.email.value = 'priya@mail.example'
    expect(await model.add()).toBeNull()
    expect(model.sending.errors.value).toEqual({ advocateId: 'Choose who referred them from the list.' })
    expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('keeps everything typed when the server rejects it', async () => {
    const { client } = clientRespondingWith(() => problemResponse('existing_customer'))
    const model = createAddReferral({ client })
    model.search.choose(anna)
    model.name.value = 'Priya Shah'
    model.email.value = 'priya@mail.example'
    expect(await model.add()).toBeNull()
    expect(model.sending.failure.value?.sentence).toContain('already a customer')
    expect([model.name.value, model.email.value]).toEqual(['Priya Shah', 'priya@mail.example'])
  })

  it('requires neither the advocate nor the friend’s contact details if a name was given', async () => {
    const { client, sent } = clientRespondingWith(() => json(referralRow(1), 201))
    const model = createAddReferral({ client })
    model.unknown.value = true
    model.campaignId.value = idOf('cam', 1)
    model.advocateNamed.value = 'Anna from church'
    expect(await model.add()).not.toBeNull()
    expect(sent[0]?.body).toEqual({ campaignId: idOf('cam', 1), advocateNamed: 'Anna from church', metadata: {} })
  })

  it('requires one of the two when neither is given', async () => {
    const { client, sent } = clientRespondingWith(() => json(referralRow(1), 201))
    const model = createAddReferral({ client })
    model.unknown.value = true
    model.campaignId.value = idOf('cam', 1)
    expect(await model.add()).toBeNull()
    expect(model.sending.errors.value).toEqual({ 'friend.name': 'Add the friend’s details, or who sent them.' })
    expect(sent).toEqual([])
  })
})
