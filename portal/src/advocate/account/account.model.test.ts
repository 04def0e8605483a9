import { describe, expect, it } from 'vitest'
import { clientWith, ok, refusal } from '../server.testing.ts'
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

function modelWith(answer: Parameters<typeof clientWith>[0]) {
  const { client, sent } = clientWith(answer)
  return {
    model: createAccountModel(
      client,
      () => here,
      async () => {},
    ),
    sent,
  }
}

describe('the account', () => {
  it('is locked for someone who came through the link in a message', async () => {
    const { model } = modelWith(() => refusal('forbidden'))
    await model.load()
    expect([model.state.value, model.errorText.value]).toEqual(['locked', null])
  })

  it('saves a choice at once, for the business on screen', async () => {
    const { model, sent } = modelWith(({ method }) => ok(method === 'GET' ? anna : { ...anna, notify: 'none' }))
    await model.load()
    await model.choose('none')
    expect(sent.at(-1)).toMatchObject({ method: 'PATCH', body: { organizationId: here, notify: 'none' } })
    expect([model.account.value?.notify, model.saved.value]).toEqual(['none', 'notify'])
  })

  it('saves two quick choices one after the other, and shows both meanwhile', async () => {
    const onServer = { ...anna }
    const release: (() => void)[] = []
    const { model, sent } = modelWith(async ({ method, body }) => {
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
    expect(sent.filter(({ method }) => method === 'PATCH')).toHaveLength(2)
    expect([shown(), onServer]).toEqual([['rewards', false], { ...anna, notify: 'rewards', sharesName: false }])
  })

  it('goes back to the saved value when a choice is rejected', async () => {
    const { model } = modelWith(({ method }) => (method === 'GET' ? ok(anna) : refusal('rate_limited')))
    await model.load()
    await model.share(false)
    expect(model.account.value?.sharesName).toBe(true)
    expect(model.failed.value?.part).toBe('sharesName')
  })

  it('keeps the next address typed while the first is being sent', async () => {
    const { model } = modelWith(({ method }) => {
      if (method === 'GET') return ok(anna)
      model.newAddress.value = 'anna.late@mail.example'
      return { status: 204 }
    })
    await model.load()
    model.newAddress.value = 'anna.new@mail.example'
    await model.addAddress()
    expect([model.sentTo.value, model.newAddress.value]).toEqual(['anna.new@mail.example', 'anna.late@mail.example'])
  })

  it('keeps what was typed when it is rejected, and says why', async () => {
    const { model } = modelWith(({ method }) => (method === 'GET' ? ok(anna) : refusal('phone_invalid')))
    await model.load()
    model.newAddress.value = '415 5550'
    await model.addAddress()
    expect(model.newAddress.value).toBe('415 5550')
    expect(model.failed.value).toEqual({
      part: 'address',
      why: 'Enter the whole number, with + and the country for one abroad.',
    })
  })

  it('does not send an invalid address', async () => {
    const { model, sent } = modelWith(() => ok(anna))
    model.newAddress.value = 'anna@'
    await model.addAddress()
    expect(sent).toEqual([])
    expect(model.failed.value?.why).toBe('Enter an email address such as name@example.com.')
  })
})
