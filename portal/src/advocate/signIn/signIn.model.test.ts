import { describe, expect, it } from 'vitest'
import { clientOver, refusal } from '../edge.testing.ts'
import { createSignInModel, readAddress } from './signIn.model.ts'

describe('the one field takes either address', () => {
  it.each([
    ['anna@example.com', { email: 'anna@example.com' }],
    ['  anna@example.com ', { email: 'anna@example.com' }],
    ['(415) 555-0100', { phone: '(415) 555-0100' }],
    ['+49 30 1234567', { phone: '+49 30 1234567' }],
  ])('%j', (typed, body) => {
    expect(readAddress(typed)).toEqual({ ok: true, body })
  })

  it.each([
    ['', 'Enter your email address or your phone number.'],
    ['Anna', 'Enter your email address or your phone number.'],
    ['anna@', 'Enter an email address such as name@example.com.'],
    ['415', 'Enter the whole phone number.'],
  ])('%j is asked again: %s', (typed, message) => {
    expect(readAddress(typed)).toEqual({ ok: false, message })
  })
})

describe('asking for a link', () => {
  it('says the same whether or not the address is known', async () => {
    const { client, asked } = clientOver(() => ({ status: 202 }))
    const model = createSignInModel(client)
    model.type('nobody@example.com')
    expect(await model.submit()).toBe(true)
    expect(asked).toMatchObject([{ method: 'POST', path: '/portal/api/links', body: { email: 'nobody@example.com' } }])
  })

  it('sends nothing for what cannot be an address', async () => {
    const { client, asked } = clientOver(() => ({ status: 202 }))
    const model = createSignInModel(client)
    model.type('anna')
    expect(await model.submit()).toBe(false)
    expect(asked).toEqual([])
    expect(model.problem.value).toBe('Enter your email address or your phone number.')
  })

  it('tapping twice sends one', async () => {
    const { client, asked } = clientOver(() => ({ status: 202 }))
    const model = createSignInModel(client)
    model.type('anna@example.com')
    await Promise.all([model.submit(), model.submit()])
    expect(asked).toHaveLength(1)
  })

  it('keeps what was typed when the server did not take it', async () => {
    const { client } = clientOver(() => refusal('phone_invalid'))
    const model = createSignInModel(client)
    model.type('555 0100')
    expect(await model.submit()).toBe(false)
    expect(model.problem.value).toBe('Enter the whole number, with + and the country for one abroad.')
    expect(model.address.value).toBe('555 0100')
  })

  it('says that nothing was sent when there was no answer', async () => {
    const { client } = clientOver(() => 'no answer')
    const model = createSignInModel(client)
    model.type('anna@example.com')
    await model.submit()
    expect(model.trouble.value).toBe('The server did not answer. Nothing was sent.')
    expect(model.busy.value).toBe(false)
  })
})
