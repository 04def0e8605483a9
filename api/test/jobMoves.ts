import { connectionRow, createConnection } from '../src/modules/platform/connections/connections.ts'
import { updateOrganization } from '../src/modules/platform/organizations/settings.ts'
import { convertByTodo, dismissTodo, settleTodo } from '../src/modules/program/jobs/earning/answers.ts'
import { listTodos } from '../src/modules/program/jobs/earning/todos.queries.ts'
import { receiveDelivery } from '../src/modules/program/jobs/receiving.ts'
import type { World } from './harness.ts'
import { processEvents } from './inbound.ts'

type Friend = { name: string; email?: string }

/** Jobs of friends and their refunds, as a connected system reports them, for organizations of randomized tests. */
export async function createJobMoves({ ctx }: World) {
  await updateOrganization(ctx, { features: ['jobs'] })
  const connection = await connectionRow(ctx, (await createConnection(ctx, { name: 'Our CRM', kind: 'hmac' })).id)
  const jobs: { job: string; amount: number; currency: string }[] = []
  let refunds = 0
  const say = async (type: string, data: object) => {
    const timestamp = new Date(ctx.clock()).toISOString()
    const bytes = new TextEncoder().encode(JSON.stringify({ type, timestamp, data }))
    await receiveDelivery(ctx, connection, { bytes, key: null, deliveryId: null, topic: '', clockDifferenceMs: null })
    await processEvents(ctx)
  }
  return {
    /** A friend's job is invoiced: it converts their referral, or is a further one. */
    async invoice({ name, email }: Friend, given: { amount: number; currency: string }) {
      const job = `job ${jobs.length}`
      jobs.push({ job, ...given })
      await say('job.invoiced', { job, customer: { name, email }, ...given })
    },
    /** All of a job's value is refunded, or some. */
    async refund(nth: number) {
      const one = jobs[nth % Math.max(1, jobs.length)]
      if (!one) return
      refunds += 1
      const amount = nth % 3 === 0 ? one.amount : Math.round(one.amount / 3)
      await say('job.refunded', { job: one.job, refund: `refund ${refunds}`, amount, currency: one.currency })
    },
    /** What a job has left to decide is decided: as it is proposed, or nothing changes. */
    async settle(nth: number) {
      const { items } = await listTodos(ctx, { limit: 20 })
      const todo = items[nth % Math.max(1, items.length)]
      if (!todo) return
      const [choice] = todo.choices
      if (nth % 4 === 0) return dismissTodo(ctx, todo.id)
      if (choice) return convertByTodo(ctx, todo.id, { referralId: choice.referralId, jobValue: 40_000, notify: false })
      const { refunded = 0 } = todo.rewards ?? {}
      const how = { reason: 'Refunded', confirmOwed: true, notify: false, amounts: {} }
      await settleTodo(ctx, todo.id, { refunded, ...how })
    },
  }
}
