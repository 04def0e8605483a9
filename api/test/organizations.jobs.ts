import { eventsOfEntry } from '@goodword/domain'
import * as connections from '../src/modules/platform/connections/connections.ts'
import * as mappings from '../src/modules/platform/connections/mappings.ts'
import * as secrets from '../src/modules/platform/connections/secrets.ts'
import { updateOrganization } from '../src/modules/platform/organizations/settings.ts'
import { askAdvocate } from '../src/modules/program/invitations/byHand.ts'
import * as attention from '../src/modules/program/jobs/attention.ts'
import { openOrUpdate, openTodo } from '../src/modules/program/jobs/earning/todos.ts'
import * as effects from '../src/modules/program/jobs/effects.ts'
import * as entering from '../src/modules/program/jobs/entering.ts'
import * as eventQueries from '../src/modules/program/jobs/jobEvents.queries.ts'
import * as jobRows from '../src/modules/program/jobs/jobRows.ts'
import * as jobQueries from '../src/modules/program/jobs/jobs.queries.ts'
import * as people from '../src/modules/program/jobs/people.ts'
import * as processing from '../src/modules/program/jobs/processing.ts'
import * as receiving from '../src/modules/program/jobs/receiving.ts'
import * as retrying from '../src/modules/program/jobs/retrying.ts'
import * as scores from '../src/modules/program/jobs/scores.queries.ts'
import * as testing from '../src/modules/program/jobs/testing.ts'
import type { JobTodoRow } from '../src/modules/program/jobs/todos.table.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'
import { processEvents } from './inbound.ts'
import { askAttempts, askRoom, callAskWrites, nothingOfAsks } from './organizations.asks.ts'
import { leaderboardAttempts, leaderboardRoom } from './organizations.leaderboard.ts'

/** A connected system of another organization, with an event, its job and its contact. */
export type TheirJob = {
  connection: connections.ConnectionRow
  eventId: string
  waitingId: string
  job: jobRows.JobRow
  externalId: string
  todo: JobTodoRow
  todoId: string
}
type Attempt = (ctx: Ctx, theirs: { job: TheirJob }) => Promise<unknown>

const mapping = {
  type: { is: 'always', type: 'job.completed' },
  conditions: [],
  amountUnit: 'major',
  fields: {},
} as const
const encoder = new TextEncoder()
const delivery = (body: object) => ({
  bytes: encoder.encode(JSON.stringify(body)),
  key: null,
  deliveryId: null,
  topic: '',
  clockDifferenceMs: null,
})
const customer = { id: 'c1', name: 'Zebulon Ames', email: 'zebulon.ames@mail.example' }

/** Connects a system to an organization, which reports a job and a refund of another one. */
export async function addTheirJob(ctx: Ctx): Promise<TheirJob> {
  await updateOrganization(ctx, { features: ['jobs'] })
  const { id } = await connections.createConnection(ctx, { name: 'Zebulon CRM', kind: 'hmac' })
  const connection = await connections.connectionRow(ctx, id)
  await receiving.receiveDelivery(ctx, connection, delivery({ type: 'job.completed', data: { job: '4471', customer } }))
  await receiving.receiveDelivery(ctx, connection, delivery({ type: 'job.refunded', data: { job: '9', amount: 5 } }))
  await processEvents(ctx)
  const [waiting, done] = (await eventQueries.listJobEvents(ctx, { limit: 2 })).items
  const job = await jobRows.findJob(ctx, id, '4471')
  if (!job || !done || !waiting) throw new Error('The job is not there.')
  const question = { reason: 'several_advocates', facts: {} } as const
  const about = { jobId: job.id, eventId: done.id, referralId: null }
  await transaction(ctx, (tx) => openOrUpdate(tx, 'conversion', about, question))
  const todo = await openTodo(ctx, job.id, 'conversion')
  if (!todo) throw new Error('The to-do is not there.')
  return { connection, eventId: done.id, waitingId: waiting.id, job, externalId: '4471', todo, todoId: todo.id }
}

/** Switches jobs on and asks an advocate to refer. */
export async function askWithJobsOn(ctx: Ctx, advocateId: string): Promise<void> {
  await updateOrganization(ctx, { features: ['jobs'] })
  await askAdvocate(ctx, advocateId)
}

const within = <T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>) => transaction(ctx, work)

type Call = (name: string, given: { at?: Record<string, string>; body?: unknown }) => Promise<{ id: string }>

/** Every write on connected systems, what they sent and the leaderboard, once. */
export async function callJobWrites(ctx: Ctx, call: Call): Promise<void> {
  await call('leaderboard.update', { body: { isPublic: true } })
  await call('organization.update', { body: { features: ['jobs'] } })
  const { id } = await call('connections.create', { body: { name: 'CRM', kind: 'hmac' } })
  await call('connections.update', { at: { id }, body: { name: 'Our CRM', isPaused: true } })
  await call('connections.update', { at: { id }, body: { isPaused: false } })
  await call('connections.replaceSecret', { at: { id }, body: {} })
  await call('connections.setMapping', { at: { id }, body: { mapping } })
  const { waitingId, connection } = await addTheirJob(ctx)
  await call('jobEvents.retry', { at: { id: waitingId } })
  const nameless = { type: 'job.completed', data: { job: '7', customer: { name: 'G. Marsh' } } }
  await receiving.receiveDelivery(ctx, connection, delivery(nameless))
  await processEvents(ctx)
  const [toDo] = (await eventQueries.listJobEvents(ctx, { limit: 1, tab: 'needs_you' })).items
  await call('jobEvents.done', { at: { id: toDo?.id ?? '' } })
  await call('jobs.finish', { body: { customer: { name: 'G. Marsh' }, number: '8', state: 'completed', score: 5 } })
  await receiving.receiveDelivery(ctx, connection, delivery({ type: 'lead.created' }))
  await processEvents(ctx)
  await call('connections.retry', { at: { id: connection.id } })
  const finish = async (job: string, customer: object) => {
    const event = { type: 'job.completed', data: { job, customer, score: 5 } }
    await receiving.receiveDelivery(ctx, connection, delivery(event))
    await processEvents(ctx)
  }
  await callAskWrites(ctx, call, finish)
  await call('connections.remove', { at: { id } })
}

/** Each function called with another organization's ids. */
const connectionAttempts: Record<string, Attempt> = {
  listConnections: (ctx) => connections.listConnections(ctx),
  getConnection: (ctx, { job }) => connections.getConnection(ctx, job.connection.id),
  updateConnection: (ctx, { job }) => connections.updateConnection(ctx, job.connection.id, { name: 'Mine' }),
  replaceSecret: (ctx, { job }) => connections.replaceSecret(ctx, job.connection.id),
  setMapping: (ctx, { job }) => connections.setMapping(ctx, job.connection.id, { ...mapping, conditions: [] }),
  listMappings: (ctx, { job }) => connections.listMappings(ctx, job.connection.id),
  removeConnection: (ctx, { job }) => connections.removeConnection(ctx, job.connection.id),
  connectionRow: (ctx, { job }) => connections.connectionRow(ctx, job.connection.id),
  connectionOfEvent: (ctx, { job }) => connections.connectionOfEvent(ctx, job.connection.id),
  noteSeen: (ctx, { job }) => within(ctx, (tx) => connections.noteSeen(tx, job.connection)),
  noteFailure: (ctx, { job }) =>
    connections.noteFailure(ctx, job.connection, { reason: 'signature_wrong', from: '203.0.113.9' }),
  countHistoryJob: (ctx, { job }) => within(ctx, (tx) => connections.countHistoryJob(tx, job.connection.id)),
  secretsOf: (ctx, { job }) => secrets.secretsOf(ctx, job.connection),
  workingSecrets: (ctx, { job }) => secrets.workingSecrets(ctx, job.connection),
  addSecret: (ctx, { job }) => within(ctx, (tx) => secrets.addSecret(tx, job.connection, undefined)),
  dropSecrets: (ctx, { job }) => within(ctx, (tx) => secrets.dropSecrets(tx, job.connection.id)),
  saveMapping: (ctx, { job }) =>
    within(ctx, (tx) => mappings.saveMapping(tx, job.connection.id, { ...mapping, conditions: [] })),
  mappingInUse: (ctx, { job }) => mappings.mappingInUse(ctx, { id: job.connection.id, mappingVersion: 1 }),
  mappingVersions: (ctx, { job }) => mappings.mappingVersions(ctx, job.connection.id),
}

const attemptsOnJobs: Record<string, Attempt> = {
  listJobEvents: (ctx, { job }) =>
    eventQueries.listJobEvents(ctx, { limit: 100, connectionId: job.connection.id, jobId: job.job.id, q: 'Zebulon' }),
  getJobEvent: (ctx, { job }) => eventQueries.getJobEvent(ctx, job.eventId),
  loadJobEvent: (ctx, { job }) => eventQueries.loadJobEvent(ctx, job.eventId),
  summarizeJobEvents: async (ctx) => (await eventQueries.summarizeJobEvents(ctx)).total,
  connectionActivity: (ctx, { job }) => eventQueries.connectionActivity(ctx, job.connection.id),
  listJobs: (ctx, { job }) =>
    jobQueries.listJobs(ctx, { limit: 100, contactId: job.job.contactId ?? '', q: 'Zebulon' }),
  getJob: (ctx, { job }) => jobQueries.getJob(ctx, job.job.id),
  markEventDone: (ctx, { job }) => attention.markEventDone(ctx, job.eventId),
  retryEvent: (ctx, { job }) => retrying.retryEvent(ctx, job.waitingId),
  retryConnection: (ctx, { job }) => retrying.retryConnection(ctx, job.connection.id),
  sendTestEvent: (ctx, { job }) => testing.sendTestEvent(ctx, job.connection.id),
  finishJob: (ctx, { job }) => entering.finishJob(ctx, { jobId: job.job.id, state: 'invoiced' }),
  previewFinishedJob: (ctx, { job }) => entering.previewFinishedJob(ctx, { jobId: job.job.id, state: 'invoiced' }),
  enterJob: (ctx, { job }) => within(ctx, (tx) => entering.enterJob(tx, { jobId: job.job.id, state: 'invoiced' }, 1)),
  jobRow: (ctx, { job }) => jobRows.jobRow(ctx, job.job.id),
  jobLike: (ctx, { job }) => {
    const { contactId, completedAt } = job.job
    return jobRows.jobLike(ctx, contactId ?? '', { state: 'completed', finishedAt: completedAt ?? 0 })
  },
  jobOfNumber: (ctx, { job }) => jobRows.jobOfNumber(ctx, job.job.contactId, job.externalId),
  findJob: (ctx, { job }) => jobRows.findJob(ctx, job.connection.id, job.externalId),
  resolveIds: (ctx, { job }) => jobRows.resolveIds(ctx, job.connection.id, []),
  addAliases: (ctx, { job }) =>
    within(ctx, (tx) => jobRows.addAliases(tx, job.connection.id, job.externalId, ['pi_1'])),
  addJob: (ctx, { job }) => {
    const given = { connectionId: job.connection.id, contactId: null, job: jobRows.factsOf(job.job), isHistory: false }
    return within(ctx, (tx) => jobRows.addJob(tx, { ...given, externalId: 'mine' }))
  },
  updateJob: (ctx, { job }) => {
    const given = { job: jobRows.factsOf(undefined), contactId: null, isHistory: true }
    return within(ctx, (tx) => jobRows.updateJob(tx, job.job, given))
  },
  contactOfEvent: (ctx, { job }) => {
    const person = { externalId: 'c1', name: 'Mine', email: null, phone: null }
    return within(ctx, (tx) => people.contactOfEvent(tx, job.connection.id, person, job.job.contactId))
  },
  effectsOf: (ctx, { job }) =>
    within(ctx, (tx) => effects.effectsOf(tx, { jobId: job.job.id, contactId: job.job.contactId })),
  followUp: (ctx, { job }) =>
    within(ctx, (tx) => effects.followUp(tx, job.eventId, { jobId: job.job.id, contactId: job.job.contactId })),
  effectsOfJob: (ctx, { job }) => effects.effectsOfJob(ctx, job.job.id),
  addEffects: (ctx, { job }) =>
    within(ctx, (tx) => effects.addEffects(tx, job.eventId, [{ reason: 'no_referral', facts: {} }])),
  countScores: async (ctx) => (await scores.countScores(ctx)).counts.reduce((sum, count) => sum + count, 0),
  processEvent: (ctx, { job }) => processing.processEvent(ctx, job.waitingId),
  processEntry: (ctx, { job }) =>
    within(ctx, async (tx) => {
      const target = { connection: job.connection, job: job.job, externalId: null, contactId: null }
      const [event] = eventsOfEntry({ state: 'invoiced' }, 'USD')
      if (event) await processing.processEntry(tx, await receiving.addEntry(tx), target, event)
    }),
  noteRefusal: (ctx, { job }) =>
    receiving.noteRefusal(ctx, job.connection, { reason: 'signature_wrong', from: '203.0.113.9' }),
  receiveDelivery: (ctx, { job }) => receiving.receiveDelivery(ctx, job.connection, delivery({})),
  addEvent: (ctx, { job }) =>
    within(ctx, (tx) => receiving.addEvent(tx, job.connection, { ...delivery({}), key: 'mine' })),
}

export const jobAttempts = {
  connections: connectionAttempts,
  jobs: attemptsOnJobs,
  leaderboard: leaderboardAttempts,
  invitations: askAttempts,
}
export const jobRooms = {
  invitations: askRoom,
  connections: [connections, secrets, mappings],
  jobs: [
    attention,
    effects,
    entering,
    eventQueries,
    jobQueries,
    jobRows,
    people,
    processing,
    receiving,
    retrying,
    scores,
    testing,
  ],
  leaderboard: leaderboardRoom,
}
export const nothingOfJobs = {
  invitations: nothingOfAsks,
  connections: [
    'createConnection',
    'assertJobsOn',
    'connectionById',
    'worksAt',
    'isGivenSecret',
    'previewEvents',
    'purposeOfSecret',
  ],
  jobs: ['factsOf', 'keyOfBytes', 'canRetry', 'addEntry'],
  leaderboard: ['sizeOf', 'monthsOf', 'organizationOfSlug'],
}
