import { CreateCampaign } from '@goodword/contracts'
import * as reachability from '../src/modules/people/contacts/reachability.ts'
import * as textConsents from '../src/modules/people/contacts/textConsents.ts'
import * as enrolling from '../src/modules/program/advocates/enrollAfterJob.ts'
import * as lookups from '../src/modules/program/invitations/asking.queries.ts'
import * as byHand from '../src/modules/program/invitations/byHand.ts'
import * as deciding from '../src/modules/program/invitations/deciding.ts'
import * as holding from '../src/modules/program/invitations/holding.ts'
import * as invitationRows from '../src/modules/program/invitations/invitationRows.ts'
import * as queries from '../src/modules/program/invitations/invitations.queries.ts'
import * as lowScores from '../src/modules/program/invitations/lowScores.ts'
import * as opening from '../src/modules/program/invitations/opening.ts'
import * as processing from '../src/modules/program/invitations/processing.ts'
import * as askingOfJob from '../src/modules/program/jobs/askingOfJob.ts'
import type { JobRow } from '../src/modules/program/jobs/jobRows.ts'
import { listJobs } from '../src/modules/program/jobs/jobs.queries.ts'
import { listAdvocates } from '../src/modules/surfaces/console/advocates.queries.ts'
import { createCampaign } from '../src/modules/surfaces/console/campaigns.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'
import { asking } from './asking.ts'

type Theirs = {
  advocate: { id: string; contactId: string }
  reach: { addressId: string }
  campaign: { id: string }
  ask: lookups.InvitationRow
  job: { job: JobRow }
}
type Attempt = (ctx: Ctx, theirs: Theirs) => Promise<unknown>

const sides = {
  advocate: { kind: 'credit', value: { type: 'fixed', amount: 1_000 } },
  friend: { kind: 'credit', value: { type: 'fixed', amount: 1_000 } },
}
const within = <T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>) => transaction(ctx, work)

/** Each function about asking, called with another organization's ids. */
export const askAttempts: Record<string, Attempt> = {
  reachabilityOf: async (ctx, { advocate }) => {
    const { sms, email } = await reachability.reachabilityOf(ctx, advocate.contactId)
    return sms ?? email
  },
  recordTextConsent: (ctx, { advocate }) =>
    within(ctx, (tx) =>
      textConsents.recordTextConsent(tx, advocate.contactId, '+14155551234', { source: 'import', wording: 'Yes' }),
    ),
  recordFormConsent: (ctx, { advocate }) =>
    within(ctx, (tx) => textConsents.recordFormConsent(tx, advocate.contactId, '+14155551234', 'Yes')),
  hasTextConsent: (ctx, { reach }) => textConsents.hasTextConsent(ctx, reach.addressId),
  textConsentsOf: (ctx, { advocate }) => textConsents.textConsentsOf(ctx, advocate.contactId),
  enrollAfterJob: (ctx, { campaign, advocate }) =>
    within(ctx, (tx) => enrolling.enrollAfterJob(tx, campaign.id, advocate.contactId)),
  askingCampaigns: (ctx) => lookups.askingCampaigns(ctx),
  campaignsOfAsks: (ctx, { campaign }) => lookups.campaignsOfAsks(ctx, [campaign.id]),
  invitationsOf: (ctx, { advocate }) => lookups.invitationsOf(ctx, advocate.contactId),
  jobsOfContact: (ctx, { job }) => lookups.jobsOfContact(ctx, job.job.contactId ?? '', [job.job.id], 0),
  findInvitation: (ctx, { ask }) => lookups.findInvitation(ctx, ask.id),
  contactOfJob: (ctx, { job }) => lookups.contactOfJob(ctx, job.job.id),
  askAdvocate: (ctx, { advocate }) => byHand.askAdvocate(ctx, advocate.id),
  askAdvocates: (ctx, { advocate }) => byHand.askAdvocates(ctx, [advocate.id]),
  decideForContact: (ctx, { job }) =>
    within(ctx, (tx) => deciding.decideForContact(tx, job.job.contactId ?? '', job.job.id)),
  cancel: (ctx, { ask }) =>
    within(ctx, (tx) => deciding.cancel(tx, { enrollments: [] }, { ...ask }, { reason: 'merged' })),
  holdBack: (ctx, { job }) => holding.holdBack(ctx, job.job.id, true),
  addInvitation: (ctx, { advocate, campaign }) => {
    const ids = { contactId: advocate.contactId, campaignId: campaign.id, jobId: null }
    return within(ctx, (tx) => invitationRows.addInvitation(tx, { ...ids, kind: 'ask', state: 'skipped' }))
  },
  updateInvitation: (ctx, { ask }) =>
    within(ctx, (tx) => invitationRows.updateInvitation(tx, { ...ask }, { state: 'canceled' })),
  asksOfContact: (ctx, { advocate }) => queries.asksOfContact(ctx, advocate.contactId),
  asksOfAdvocate: (ctx, { advocate }) => queries.asksOfAdvocate(ctx, advocate.id),
  getAsk: (ctx, { ask }) => queries.getAsk(ctx, ask.id),
  tellOfLowScore: (ctx, { job }) =>
    within(ctx, (tx) => lowScores.tellOfLowScore(tx, { jobId: job.job.id, contactId: job.job.contactId ?? '' })),
  noteOpened: (ctx, { advocate }) => opening.noteOpened(ctx, advocate.contactId),
  noteJoined: (ctx, { advocate }) => within(ctx, (tx) => opening.noteJoined(tx, { advocateId: advocate.id })),
  processAsk: (ctx, { ask }) => processing.processAsk(ctx, ask.id),
  setDontAsk: (ctx, { job }) => within(ctx, (tx) => askingOfJob.setDontAsk(tx, job.job.id, true)),
}
export const askRoom = [
  textConsents,
  reachability,
  enrolling,
  lookups,
  byHand,
  deciding,
  holding,
  invitationRows,
  queries,
  lowScores,
  opening,
  processing,
  askingOfJob,
]
/** They take a row that was found before. */
export const nothingOfAsks = ['send', 'wakeAt', 'sleep', 'nextAt']

type Call = (name: string, given: { at?: Record<string, string>; body?: unknown }) => Promise<{ id: string }>

/** Every write about asking, once: two customers of finished jobs, the ask of one is held back, and both are asked by hand. */
export async function callAskWrites(ctx: Ctx, call: Call, finish: (job: string, customer: object) => Promise<void>) {
  const input = CreateCampaign.parse({
    name: 'Asking',
    friendOffer: 'a visit',
    status: 'active',
    terms: { ...sides, jobs: asking() },
  })
  const campaign = await createCampaign(ctx, input)
  for (const name of ['Owen Price', 'Sam Keller'])
    await finish(name, { id: name, name, email: `${name.split(' ')[0]}@mail.example` })
  const advocates = (await listAdvocates(ctx, { limit: 10, sort: 'newest', campaignId: campaign.id })).items
  const jobs = (await listJobs(ctx, { limit: 2 })).items
  for (const { id } of jobs) await call('jobs.holdBack', { at: { id }, body: { dontAsk: true } })
  const [one, other] = advocates
  await call('advocates.ask', { at: { id: one?.id ?? '' } })
  await call('advocates.askMany', { body: { ids: [other?.id ?? ''] } })
  await call('jobs.holdBack', { at: { id: jobs[0]?.id ?? '' }, body: { dontAsk: false } })
}
