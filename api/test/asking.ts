import type { AskRule, ConnectionKind } from '@goodword/contracts'
import { AskRule as AskRuleSchema, JobRules } from '@goodword/contracts'
import { numberAfterRefusal } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Delivery } from '../src/modules/platform/messages/delivery.ts'
import { messageQueue } from '../src/modules/platform/messages/messages.queue.ts'
import { DeliveryError } from '../src/modules/platform/messages/outgoing.ts'
import { updateOrganization } from '../src/modules/platform/organizations/settings.ts'
import { asksOfContact } from '../src/modules/program/invitations/invitations.queries.ts'
import { askQueue } from '../src/modules/program/invitations/invitations.queue.ts'
import { jobEventQueue } from '../src/modules/program/jobs/jobs.queue.ts'
import { listContacts } from '../src/modules/surfaces/console/contacts.queries.ts'
import type { TestApp } from './app.ts'
import { anotherWorld, type World } from './harness.ts'
import { type Connected, connect, sendEvent } from './inbound.ts'

export const hourMs = 3_600_000

/** What a provider was handed, and when. */
export type Handed = { at: string; channel: 'email' | 'sms'; to: string; body: string; template?: string }

/** Providers that take everything, except what `refuse` has a code for. */
export function createProviders({ clock }: Pick<TestApp, 'clock'>) {
  const handed: Handed[] = []
  const refuse = new Map<string, number>()
  const tried: string[] = []
  /** Until when they can't take anything. */
  const busy = { until: 0 }
  const delivery: Delivery = {
    leaves: () => true,
    close: () => undefined,
    async deliver({ channel, to, body }) {
      tried.push(to)
      if (clock.now() < busy.until) throw new DeliveryError('Busy.', false)
      const code = refuse.get(to)
      if (code !== undefined) throw new DeliveryError(`Refused with ${code}.`, true, numberAfterRefusal(code))
      handed.push({ at: new Date(clock.now()).toISOString(), channel, to, body })
      return 'sent'
    },
  }
  return { handed, tried, refuse, busy, delivery }
}

export type Providers = ReturnType<typeof createProviders>

/** Does everything that is due now, and then what that makes due. */
export async function settleAll({ services }: Pick<TestApp, 'services'>, { delivery }: Providers): Promise<void> {
  const makeLink = async () => 'https://refer.example/portal#token'
  const workers = [jobEventQueue, askQueue, messageQueue({ delivery, makeLink })].map((queue) =>
    queue.openWorker(services),
  )
  for (let busy = true; busy; ) {
    busy = false
    for (const worker of workers) busy = (await worker.run()) > 0 || busy
  }
  for (const worker of workers) worker.close()
}

/** Lets time pass, and does everything when it is due. */
export async function passUntil(test: Pick<TestApp, 'services' | 'clock'>, providers: Providers, at: number) {
  for (;;) {
    await settleAll(test, providers)
    const [row] = await test.services.database.read.all<[number | null]>(
      sql`SELECT min(due_at) FROM queue WHERE kind IN ('ask', 'message', 'job_event')`,
    )
    const next = row?.[0] ?? null
    if (next === null || next > at) break
    test.clock.set(Math.max(test.clock.now(), next))
  }
  test.clock.set(Math.max(test.clock.now(), at))
}

export const asking = (rule: Partial<AskRule> = {}) =>
  JobRules.parse({ ask: AskRuleSchema.parse({ on: true, ...rule }) })

type Given = { rule?: Partial<AskRule>; timeZone?: string; kind?: ConnectionKind; consent?: boolean }

/** A business whose campaign asks after jobs, with its job system and with providers that send. */
export async function startAsking(test: TestApp, given: Given = {}) {
  // What others of this database still wait for would come to these providers.
  await passUntil(test, createProviders(test), test.clock.now() + 30 * 24 * hourMs)
  const world: World = await anotherWorld(test.services)
  const { ctx } = world
  const mine: Connected = await connect(ctx, given.kind ?? 'standard_webhooks')
  await updateOrganization(ctx, {
    ...(given.timeZone ? { timeZone: given.timeZone } : {}),
    ...(given.consent === false ? {} : { textStatement: 'Every customer agrees to texts when they book.' }),
  })
  const campaign = await world.campaign({ jobs: asking(given.rule) }, { status: 'active' })
  const providers = createProviders(test)
  // Else everything would have finished before it was connected.
  test.clock.advance(60_000)
  const post = async (body: unknown, id?: string) => {
    const response = await sendEvent(test, mine, body, id === undefined ? {} : { id })
    if (response.status !== 200) throw new Error(`The event was answered ${response.status}.`)
  }
  const event = (type: string, at: number, data: object = {}) => ({
    type,
    timestamp: new Date(at).toISOString(),
    data: { job: '4471', ...data },
  })
  return {
    world,
    ctx,
    mine,
    campaign,
    providers,
    event,
    post,
    /** Sends events, each of them used before the next one comes. */
    async play(...bodies: unknown[]) {
      for (const body of bodies) {
        await post(body)
        await settleAll(test, providers)
      }
    },
    settle: () => settleAll(test, providers),
    until: (at: number) => passUntil(test, providers, at),
    wait: (ms: number) => passUntil(test, providers, test.clock.now() + ms),
    /** The asks of everyone, oldest first. */
    async asks() {
      const { items } = await listContacts(ctx, { limit: 100, sort: 'newest' })
      const all = await Promise.all(items.map(({ id }) => asksOfContact(ctx, id)))
      return all.flat().sort((a, b) => (a.id < b.id ? -1 : 1))
    },
  }
}
