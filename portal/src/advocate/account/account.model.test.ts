import { describe, expect, it } from 'vitest'
import { clientOver, ok, refusal } from '../edge.test-support.ts'
import { createAccountModel } from './account.model.ts'

const anna = {
  name: 'Anna Kowalski',
  sharesName: true,
  notify: 'all' as const,
  addresses: [
    { id: 'adr_00000000000000000000000000', kind: 'email' as const, value: 'anna@mail.example', current: true },
  ],
}
const here = 'org_00000000000000000000000000'

function modelOver(answer: Parameters<typeof clientOver>[0]) {
  const { client, asked } = clientOver(answer)
  return {
    model: createAccountModel(
      client,
      () => here,
      async () => {},
    ),
    asked,
  }
}

describe('the account', () => {
  it('is locked for who came by the link in a message', async () => {
    const { model } = modelOver(() => refusal('forbidden'))
    await model.load()
    expect([model.state.value, model.trouble.value]).toEqual(['locked', null])
  })

  it('saves a choice at once, for the business on show', async () => {
    const { model, asked } = modelOver(({ method }) => ok(method === 'GET' ? anna : { ...anna, notify: 'none' }))
    await model.load()
    await model.choose('none')
    expect(asked.at(-1)).toMatchObject({ method: 'PATCH', body: { organizationId: here, notify: 'none' } })
    expect([model.account.value?.notify, model.saved.value]).toEqual(['none', 'notify'])
  })

  it('keeps what was typed when it is not taken, and says why', async () => {
    const { model } = modelOver(({ method }) => (method === 'GET' ? ok(anna) : refusal('phone_invalid')))
    await model.load()
    model.newAddress.value = '415 5550'
    await model.addAddress()
    expect(model.newAddress.value).toBe('415 5550')
    expect(model.refused.value).toEqual({
      part: 'address',
      why: 'Enter the whole number, with + and the country for one abroad.',
    })
  })

  it('an address that cannot be one is not sent', async () => {
    const { model, asked } = modelOver(() => ok(anna))
    model.newAddress.value = 'anna@'
    await model.addAddress()
    expect(asked).toEqual([])
    expect(model.refused.value?.why).toBe('Enter an email address such as name@example.com.')
  })
})
