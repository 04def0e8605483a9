import { connectionRow, createConnection } from '../src/modules/platform/connections/connections.ts'
import { updateOrganization } from '../src/modules/platform/organizations/settings.ts'
import { listTodos } from '../src/modules/program/jobs/earning/todos.queries.ts'
import { receiveDelivery } from '../src/modules/program/jobs/receiving.ts'
import { stranger, type World } from './harness.ts'
import { processEvents } from './inbound.ts'

type Call = (name: string, given: { at?: Record<string, string>; body?: unknown }) => Promise<{ id: string }>

/** Every decision about jobs, once: in another currency converted, refunded, and left as it is. */
export async function callEarningWrites(world: World, call: Call): Promise<void> {
  const { ctx } = world
  await updateOrganization(ctx, { features: ['jobs'] })
  const { id } = await createConnection(ctx, { name: 'Shop', kind: 'hmac' })
  const connection = await connectionRow(ctx, id)
  const credit = { kind: 'credit', value: { type: 'fixed', amount: 2_000 } } as const
  const repeat = { limit: { type: 'times', times: 3 }, advocate: credit, friend: { kind: 'none' } } as const
  const jobs = { convertAt: 'invoiced', refunds: 'propose', repeat } as const
  const campaign = await world.campaign({ jobs, advocate: credit, friend: { kind: 'none' } }, { name: 'By job' })
  const advocate = await world.advocate(campaign.id, stranger('Dana Whitfield'))
  const omar = stranger('Omar Haddad')
  const referral = await world.referral(advocate.id, omar)
  const customer = { name: omar.name, email: omar.email }
  const say = async (type: string, data: object) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ type, data }))
    await receiveDelivery(ctx, connection, { bytes, key: null, deliveryId: null, topic: '', clockDifferenceMs: null })
    await processEvents(ctx)
  }
  const open = async () => (await listTodos(ctx, { limit: 1 })).items[0]
  await say('job.invoiced', { job: '4390', customer, amount: 80_000, currency: 'EUR' })
  const at = { id: (await open())?.id ?? '' }
  await call('jobTodos.convert', { at, body: { referralId: referral.id, jobValue: 90_000, notify: false } })
  await say('job.refunded', { job: '4390', refund: 'r1', amount: 40_000 })
  const first = await open()
  const body = { refunded: first?.rewards?.refunded, amounts: { advocate: 1_000 }, notify: false }
  await call('jobTodos.settle', { at: { id: first?.id ?? '' }, body })
  await say('job.invoiced', { job: '4391', customer, amount: 10_000 })
  await say('job.refunded', { job: '4390', refund: 'r2', amount: 10_000 })
  await call('jobTodos.dismiss', { at: { id: (await open())?.id ?? '' } })
}
