import { describe, expect, it } from 'vitest'
import { annasHome, clientWith, ok, refusal } from '../server.testing.ts'
import { createUseModel, usable } from './use.model.ts'

const request = (amount: number, state: 'open' | 'done') => ({
  id: 'crq_00000000000000000000000000',
  amount,
  currency: 'USD' as const,
  use: 'next_invoice' as const,
  state,
  answer: null,
  at: '2026-06-01T16:00:00.000Z',
  closedAt: null,
})

function modelWith(answer: Parameters<typeof clientWith>[0]) {
  const { client, sent } = clientWith(answer)
  let renewed = 0
  const model = createUseModel(client, async () => {
    renewed += 1
  })
  return { model, sent, renewed: () => renewed }
}

it('available credit leaves out what is already requested', () => {
  const home = annasHome({ requests: [request(3_000, 'open'), request(1_000, 'done')] })
  expect(usable(home)).toBe(5_500) // $85.00 less $30.00
})

describe('requesting to use credit', () => {
  it('starts with the full balance and the first use', () => {
    const { model } = modelWith(() => ok({}))
    model.start(annasHome())
    expect([model.amount.value, model.use.value]).toEqual(['85.00', 'next_invoice'])
  })

  it.each([
    ['', 'Enter an amount such as 40.00.'],
    ['0', 'Enter an amount such as 40.00.'],
    ['85.01', 'You can use up to $85.00.'],
  ])('%j is rejected: %s', async (typed, problem) => {
    const { model, sent } = modelWith(() => ok({}))
    model.start(annasHome())
    model.type(typed)
    expect(await model.submit(annasHome())).toBe(false)
    expect(model.problem.value).toBe(problem)
    expect(sent).toEqual([])
  })

  it('sends one request if the button is pressed twice', async () => {
    const { model, sent, renewed } = modelWith(() => ({ status: 201, body: request(4_000, 'open') }))
    model.start(annasHome())
    model.type('$40')
    await Promise.all([model.submit(annasHome()), model.submit(annasHome())])
    expect(sent).toMatchObject([{ path: '/portal/api/credit-requests', body: { amount: 4_000, use: 'next_invoice' } }])
    expect([model.open.value, renewed()]).toEqual([false, 1])
  })

  it('keeps what was typed when it is rejected, and says why', async () => {
    const { model } = modelWith(() => refusal('credit_insufficient'))
    model.start(annasHome())
    model.type('40')
    await model.submit(annasHome())
    expect([model.open.value, model.amount.value]).toEqual([true, '40'])
    expect(model.errorText.value).toBe('Enter an amount up to what can be used now.')
  })
})
