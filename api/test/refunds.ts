import type { JobRules, Terms } from '@goodword/contracts'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { balanceIn } from '../src/modules/money/ledger/ledger.ts'
import { settleTodo } from '../src/modules/program/jobs/earning/answers.ts'
import { listTodos } from '../src/modules/program/jobs/earning/todos.queries.ts'
import { loadReferral } from '../src/modules/surfaces/console/referrals.detail.queries.ts'
import { verify } from '../src/verify.ts'
import { createTestApp, type TestApp } from './app.ts'
import { anotherWorld, stranger, type World } from './harness.ts'
import { type Connected, connect, processEvents, sendEvent } from './inbound.ts'

export let test: TestApp
export let world: World
export let mine: Connected

/** A server for the tests of a file, and another business for each. Whatever they do, every invariant holds after the last. */
export function useRefunds(): void {
  beforeAll(async () => {
    test = await createTestApp()
  })
  afterAll(async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    await test.close()
  })
  beforeEach(() => start())
}

export const start = async (kind: Parameters<typeof connect>[1] = 'standard_webhooks') => {
  world = await anotherWorld(test.services)
  mine = await connect(world.ctx, kind)
  test.clock.advance(3_600_000)
}

export const priya = stranger('Priya Shah')
export const customer = { id: 'c1', name: priya.name, email: priya.email }
export const percent = (basisPoints: number) => ({ kind: 'credit', value: { type: 'percent', basisPoints } }) as const
export const terms = (jobs: Partial<JobRules> = {}, more: Partial<Terms> = {}): Partial<Terms> => ({
  advocate: percent(500),
  friend: { kind: 'none' },
  jobs: { convertAt: 'invoiced', refunds: 'propose', ...jobs },
  ...more,
})
export const event = (type: string, data: object) => ({
  type,
  timestamp: new Date(test.clock.now()).toISOString(),
  data: { job: '4390', ...data },
})
/** Sends bodies a minute apart, each applied before the next; a function is asked for its body then. */
export const play = async (...bodies: unknown[]) => {
  for (const body of bodies) {
    test.clock.advance(60_000)
    expect((await sendEvent(test, mine, typeof body === 'function' ? body() : body)).status).toBe(200)
    await processEvents(test.services)
  }
}
export const refund =
  (id: string, amount: number, job = '4390') =>
  () =>
    event('job.refunded', { job, refund: id, amount })
export const referral = async (given: Partial<Terms> = terms()) => {
  const campaign = await world.campaign(given)
  const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  return { campaign, anna, id: (await world.referral(anna.id, priya)).id }
}
/** Converted by a job of $800.00: 5% are $40.00. */
export const converted = async (given?: Partial<Terms>) => {
  const all = await referral(given)
  await play(() => event('job.invoiced', { customer, amount: 80_000 }))
  return { ...all, balance: () => balanceIn(world.ctx, all.anna.contactId, 'USD') }
}
export const todos = async () => (await listTodos(world.ctx, { limit: 20 })).items
export const first = async () => {
  const [todo] = await todos()
  if (!todo) throw new Error('There is nothing to decide.')
  return todo
}
export const settle = async (more: Partial<Parameters<typeof settleTodo>[2]> = {}, by = world.ctx) => {
  const todo = await first()
  const given = {
    refunded: todo.rewards?.refunded ?? 0,
    amounts: {},
    reason: 'Refunded',
    confirmOwed: false,
    notify: true,
  }
  await settleTodo(by, todo.id, { ...given, ...more })
}
export const status = async (id: string) => (await loadReferral(world.ctx, id)).status
