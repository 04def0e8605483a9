import { describe, expect, it } from 'vitest'
import { clientWith, refusal } from '../server.testing.ts'
import { createSignInModel, readAddress } from './signIn.model.ts'

describe('one field takes an email or a phone number', () => {
  it.each([
    ['anna@example.com', { email: 'anna@example.com' }],
    ['  anna@example.com ', { email: 'anna@example.com' }],
    ['(415) 555-0100', { phone: '(415) 555-0100' }],
    ['+49 30 1234567', { phone: '+49 30 1234567' }],
    ['tel:+14155550172', { phone: 'tel:+14155550172' }],
    ['٤١٥٥٥٥٠١٦٧', { phone: '٤١٥٥٥٥٠١٦٧' }],
  ])('%j', (typed, body) => {
    expect(readAddress(typed)).toEqual({ ok: true, body })
  })

  it.each([
    ['', 'Enter your email address or your phone number.'],
    ['Anna', 'Enter your email address or your phone number.'],
    ['anna@', 'Enter an email address such as name@example.com.'],
    ['415', 'Enter the whole phone number.'],
  ])('%j is rejected: %s', (typed, message) => {
    expect(readAddress(typed)).toEqual({ ok: false, message })
  })
})

describe('requesting a link', () => {
  it('gets the same response whether or not the address is known', async () => {
    const { client, sent } = clientWith(() => ({ status: 202 }))
    const model = createSignInModel(client)
    model.type('nobody@example.com')
    expect(await model.submit()).toBe(true)
    expect(sent).toMatchObject([{ method: 'POST', path: '/portal/api/links', body: { email: 'nobody@example.com' } }])
  })

  it('sends nothing for an invalid address', async () => {
    const { client, sent } = clientWith(() => ({ status: 202 }))
    const model = createSignInModel(client)
    model.type('anna')
    expect(await model.submit()).toBe(false)
    expect(sent).toEqual([])
    expect(model.problem.value).toBe('Enter your email address or your phone number.')
  })

  it('sends one link for two taps', async () => {
    const { client, sent } = clientWith(() => ({ status: 202 }))
    const model = createSignInModel(client)
    model.type('anna@example.com')
    await Promise.all([model.submit(), model.submit()])
    expect(sent).toHaveLength(1)
  })

  it('keeps what was typed when the server rejects it', async () => {
    const { client } = clientWith(() => refusal('phone_invalid'))
    const model = createSignInModel(client)
    model.type('555 0100')
    expect(await model.submit()).toBe(false)
    expect(model.problem.value).toBe('Enter the whole number, with + and the country for one abroad.')
    expect(model.address.value).toBe('555 0100')
  })

  it('says that nothing was sent if there is no response', async () => {
    const { client } = clientWith(() => 'no answer')
    const model = createSignInModel(client)
    model.type('anna@example.com')
    await model.submit()
    expect(model.errorText.value).toBe('The server did not answer. Nothing was sent.')
    expect(model.busy.value).toBe(false)
  })
})
