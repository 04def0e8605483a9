import { AskRule, CreateConnection, FinishJob, type JobRules } from '@goodword/contracts'
import { and, eq, isNotNull, min } from 'drizzle-orm'
import { type ConnectionRow, connectionRow, createConnection } from '../../modules/platform/connections/connections.ts'
import { messages } from '../../modules/platform/messages/messages.table.ts'
import { updateOrganization } from '../../modules/platform/organizations/settings.ts'
import { findEnrollment } from '../../modules/program/advocates/advocates.ts'
import { noteEndedAsks } from '../../modules/program/invitations/endings.ts'
import { holdBack } from '../../modules/program/invitations/holding.ts'
import { askQueue } from '../../modules/program/invitations/invitations.queue.ts'
import { askKind } from '../../modules/program/invitations/invitations.table.ts'
import { noteOpened } from '../../modules/program/invitations/opening.ts'
import { markEventDone } from '../../modules/program/jobs/attention.ts'
import { convertByTodo } from '../../modules/program/jobs/earning/answers.ts'
import { todosOfJob } from '../../modules/program/jobs/earning/todos.ts'
import { finishJob } from '../../modules/program/jobs/entering.ts'
import { findJob, type JobRow } from '../../modules/program/jobs/jobRows.ts'
import { jobEventQueue } from '../../modules/program/jobs/jobs.queue.ts'
import { jobEvents } from '../../modules/program/jobs/jobs.table.ts'
import { noteRefusal, receiveDelivery } from '../../modules/program/jobs/receiving.ts'
import { sendTestEvent } from '../../modules/program/jobs/testing.ts'
import { updateCampaign } from '../../modules/surfaces/console/campaigns.ts'
import { queue } from '../../queue/queue.table.ts'
import type { Worker } from '../../queue/worker.ts'
import { contextFor } from '../../shared/context.ts'
import type { Campaigns } from '../campaigns.ts'
import type { Company, DemoServices } from '../organization.ts'
import { enoughToAsk, enteredByHand } from './jobs.data.ts'
import type { JobStep } from './planJobs.ts'

/** The job system of the demo, and the queues that read what it sends and ask its customers. */
export type JobSystem = {
  demo: DemoServices
  company: Company
  connection: ConnectionRow
  /** The campaign that asks. */
  campaignId: string
  workers: Workers
}
type Workers = { events: Worker; asks: Worker }

/** An advocate who became one because of a job. */
export type AskedAdvocate = { name: string; enrollmentId: string; contactId: string; code: string }

/** Whom Harbor & Sons ask to refer, and which job converts a referral. */
const jobRules: JobRules = {
  ask: AskRule.parse({ on: true, scoreWaitDays: 3, minScore: enoughToAsk }),
  convertAt: 'invoiced',
  refunds: 'propose',
}

/** Switches Jobs on, states how customers agree to texts, sets the rules and connects the system that knows the jobs. */
export async function connectJobSystem(
  demo: DemoServices,
  company: Company,
  campaigns: Campaigns,
): Promise<{ system: JobSystem; campaigns: Campaigns }> {
  const { owner } = company
  await updateOrganization(owner, {
    features: ['jobs'],
    textStatement: 'Customers agree to texts about their job when they book it.',
  })
  const { id, terms, termsVersion } = campaigns.neighbors
  const neighbors = await updateCampaign(owner, id, { terms: { ...terms, jobs: jobRules }, termsVersion })
  const connected = await createConnection(
    owner,
    CreateConnection.parse({ name: 'Dispatch board', kind: 'standard_webhooks' }),
  )
  const workers = { events: jobEventQueue.openWorker(demo.services), asks: askQueue.openWorker(demo.services) }
  const connection = await connectionRow(owner, connected.id)
  return { system: { demo, company, connection, campaignId: id, workers }, campaigns: { ...campaigns, neighbors } }
}

/** Does what is planned for this moment. Returns the advocate whom a customer became, once they have seen their page. */
export async function takeJobStep(system: JobSystem, step: JobStep): Promise<AskedAdvocate | null> {
  const { demo, company, connection } = system
  const ctx = contextFor(demo.services, company.organization.id, { type: 'system' })
  switch (step.does) {
    case 'report':
      await report(system, step)
      return null
    case 'refuse':
      await noteRefusal(ctx, await connectionRow(ctx, connection.id), { reason: 'signature_wrong', from: step.from })
      return null
    case 'try':
      await sendTestEvent(company.owner, connection.id)
      await system.workers.events.run()
      return null
    case 'enter': {
      const { daysAgo: _, ...entered } = enteredByHand
      await finishJob(company.staff, FinishJob.parse(entered))
      return null
    }
    case 'call': {
      const { organizationId } = ctx
      const mine = and(eq(jobEvents.organizationId, organizationId), eq(jobEvents.deliveryKey, step.report))
      const [event] = await ctx.db.select({ id: jobEvents.id }).from(jobEvents).where(mine)
      if (event) await markEventDone(company.staff, event.id)
      return null
    }
    case 'hold':
      await holdBack(company.staff, (await jobOf(system, step.job)).id, true)
      return null
    case 'open': {
      const { contactId } = await jobOf(system, step.job)
      if (contactId === null) throw new Error(`Nobody is known whose job ${step.job} is.`)
      await noteOpened(ctx, contactId)
      return await askedAdvocate(system, step.customer, contactId)
    }
  }
}

/** Staff say whose referral a job converts, where more than one advocate had sent its customer. */
export async function decideConversion(system: JobSystem, number: string, referralId: string): Promise<void> {
  const { owner } = system.company
  const [todo] = await todosOfJob(owner, (await jobOf(system, number)).id, 'conversion')
  if (todo) await convertByTodo(owner, todo.id, { referralId, notify: true })
}

/** What the job system sends, as it is received and read. */
export async function report(system: JobSystem, { id, body }: { id: string; body: string }): Promise<void> {
  const { demo, company, connection } = system
  const ctx = contextFor(demo.services, company.organization.id, { type: 'system' })
  await receiveDelivery(ctx, await connectionRow(ctx, connection.id), {
    bytes: new TextEncoder().encode(body),
    key: id,
    deliveryId: id,
    topic: '',
    clockDifferenceMs: 400,
  })
  await system.workers.events.run()
}

/**
 * Asks whoever is due to be asked. The texts and emails of the demo reach nobody and count as sent. Returns when the next is
 * due, or null.
 */
export async function workOffAsks({ demo, company, workers }: JobSystem): Promise<number | null> {
  for (;;) {
    const [next] = await demo.services.database.read
      .select({ at: min(queue.dueAt) })
      .from(queue)
      .where(eq(queue.kind, askKind))
    const at = next?.at ?? null
    if (at === null || at > demo.services.clock()) return at
    await workers.asks.run()
    await keepAsks(demo, company.organization.id)
  }
}

async function keepAsks({ services }: DemoServices, organizationId: string): Promise<void> {
  await services.database.write(async (tx) => {
    const kept = await tx
      .update(messages)
      .set({ state: 'kept', attempts: 1 })
      .where(
        and(
          eq(messages.organizationId, organizationId),
          eq(messages.state, 'queued'),
          isNotNull(messages.invitationId),
        ),
      )
      .returning()
    const ended = kept.map((message) => ({ ...message, state: 'kept' as const, refusal: null }))
    await noteEndedAsks(tx, ended, services)
  })
}

async function jobOf({ company, connection }: JobSystem, number: string): Promise<JobRow> {
  const job = await findJob(company.owner, connection.id, number)
  if (!job) throw new Error(`The job system never reported job ${number}.`)
  return job
}

async function askedAdvocate(
  { company, campaignId }: JobSystem,
  name: string,
  contactId: string,
): Promise<AskedAdvocate> {
  const enrollment = await findEnrollment(company.owner, campaignId, contactId)
  if (!enrollment) throw new Error(`${name} was not asked to refer.`)
  return { name, enrollmentId: enrollment.id, contactId, code: enrollment.code }
}
