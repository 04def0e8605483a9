import type { JobRules, Terms } from '@goodword/contracts'
import { balanceIn } from '../src/modules/money/ledger/ledger.ts'
import { settleTodo } from '../src/modules/program/jobs/earning/answers.ts'
import { listTodos } from '../src/modules/program/jobs/earning/todos.queries.ts'
import { loadReferral } from '../src/modules/surfaces/console/referrals.detail.queries.ts'
import { stranger } from './harness.ts'
import { customer, eventOf, percent, playByMinute, priya, world } from './jobWorld.ts'

export const terms = (jobs: Partial<JobRules> = {}, more: Partial<Terms> = {}): Partial<Terms> => ({
  advocate: percent(500),
  friend: { kind: 'none' },
  jobs: { convertAt: 'invoiced', refunds: 'propose', ...jobs },
  ...more,
})
export const event = (type: string, data: object) => eventOf('4390', type, data)
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
  await playByMinute(() => event('job.invoiced', { customer, amount: 80_000 }))
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
