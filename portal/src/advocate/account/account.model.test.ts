import { describe, expect, it } from 'vitest'
import { clientOver, ok, refusal } from '../edge.testing.ts'
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

  it('saves two choices made faster than the server answers, one after the other, and shows both meanwhile', async () => {
    const onServer = { ...anna }
    const release: (() => void)[] = []
    const { model, asked } = modelOver(async ({ method, body }) => {
      if (method === 'GET') return ok(onServer)
      await new Promise<void>((answered) => release.push(answered))
      const { organizationId: _, ...changes } = body as { organizationId: string }
      return ok(Object.assign(onServer, changes))
    })
    await model.load()
    const both = Promise.all([model.choose('rewards'), model.share(false)])
    const shown = () => [model.account.value?.notify, model.account.value?.sharesName]
    expect(shown()).toEqual(['rewards', false])
    await expect.poll(() => release.length).toBe(1)
    release[0]?.()
    await expect.poll(() => release.length).toBe(2)
    expect(shown()).toEqual(['rewards', false])
    release[1]?.()
    await both
    expect(asked.filter(({ method }) => method === 'PATCH')).toHaveLength(2)
    expect([shown(), onServer]).toEqual([['rewards', false], { ...anna, notify: 'rewards', sharesName: false }])
  })

  it('shows what holds again when a choice was refused', async () => {
    const { model } = modelOver(({ method }) => (method === 'GET' ? ok(anna) : refusal('rate_limited')))
    await model.load()
    await model.share(false)
    expect(model.account.value?.sharesName).toBe(true)
    expect(model.refused.value?.part).toBe('sharesName')
  })

  it('leaves the next address alone that is typed while the first is on its way', async () => {
    const { model } = modelOver(({ method }) => {
      if (method === 'GET') return ok(anna)
      model.newAddress.value = 'anna.late@mail.example'
      return { status: 204 }
    })
    await model.load()
    model.newAddress.value = 'anna.new@mail.example'
    await model.addAddress()
    expect([model.sentTo.value, model.newAddress.value]).toEqual(['anna.new@mail.example', 'anna.late@mail.example'])
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
