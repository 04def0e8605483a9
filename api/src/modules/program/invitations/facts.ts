import { AskRule } from '@goodword/contracts'
import {
  type AskFacts,
  type AskInvitation,
  type AskJob,
  type AskScore,
  campaignOpenness,
  dayMs,
  type OtherAsk,
} from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { type ContactRow, getContact } from '../../people/contacts/contacts.ts'
import { type Reachability, reachabilityOf } from '../../people/contacts/reachability.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import { enrollmentsOf } from '../advocates/merge.ts'
import {
  askingCampaigns,
  type CampaignOfAsk,
  campaignsOfAsks,
  type InvitationRow,
  invitationsOf,
  type JobOfAsk,
  jobsOfContact,
} from './asking.queries.ts'

/** How far back jobs and scores can matter: longer than the longest waits of a rule together. */
const rememberedMs = 60 * dayMs

/** What is known of a contact, read once for every decision about them. */
export type Known = {
  contact: ContactRow
  timeZone: string
  jobsOn: boolean
  reach: Reachability
  jobs: JobOfAsk[]
  enrollments: Enrollment[]
  invitations: InvitationRow[]
  /** Active campaigns that ask, the oldest first, and those of the contact's invitations. */
  asking: CampaignOfAsk[]
  campaigns: Map<string, CampaignOfAsk>
}

/** What may be decided about for a contact: campaigns that ask, and asks there were. */
export type Asks = Pick<Known, 'asking' | 'invitations'>

export const asksOf = async (ctx: Ctx, contactId: string): Promise<Asks> => ({
  asking: await askingCampaigns(ctx),
  invitations: await invitationsOf(ctx, contactId),
})

/** Everything that decides whom to ask, for one contact. `jobId`: a job that counts however old it is. */
export async function knownOf(ctx: Ctx, contactId: string, jobId: string | null, asks?: Asks): Promise<Known> {
  const { timeZone, features } = await getOrganization(ctx, ctx.organizationId)
  const { asking, invitations } = asks ?? (await asksOf(ctx, contactId))
  const live = invitations.filter(isLive)
  const named = [jobId, ...live.map((one) => one.jobId)].filter((id) => id !== null)
  const others = live.map(({ campaignId }) => campaignId).filter((id) => !asking.some((one) => one.id === id))
  const campaigns = [...asking, ...(await campaignsOfAsks(ctx, others))]
  return {
    contact: await getContact(ctx, contactId),
    timeZone,
    jobsOn: features.includes('jobs'),
    reach: await reachabilityOf(ctx, contactId),
    jobs: await jobsOfContact(ctx, contactId, named, ctx.clock() - rememberedMs),
    enrollments: await enrollmentsOf(ctx, contactId),
    invitations,
    asking,
    campaigns: new Map(campaigns.map((campaign) => [campaign.id, campaign])),
  }
}

/** Whether it may still send something. */
export const isLive = ({ state, followUpAt }: InvitationRow): boolean => state === 'scheduled' || followUpAt !== null

/** Staff asked on their own: no job, no score and no delay are waited for. */
const byHand = (rule: AskRule | null): AskRule => ({
  ...(rule ?? AskRule.parse({ on: true })),
  on: true,
  trigger: 'completed',
  delayMinutes: 0,
  withoutScore: 'ask',
  scoreWaitDays: 0,
})

/** What a decision needs about one campaign and job; `job` null: staff asked without one. */
export function factsFor(
  ctx: Ctx,
  known: Known,
  pair: { campaign: CampaignOfAsk; job: JobOfAsk | null; invitation: InvitationRow | null },
): AskFacts {
  const { campaign, job, invitation } = pair
  const { contact, timeZone, reach } = known
  const now = ctx.clock()
  const asked = invitation?.createdAt ?? now
  const rule = job ? campaign.rule : byHand(campaign.rule)
  return {
    now,
    rule: rule ?? AskRule.parse({ on: false }),
    timeZone,
    campaignOpen: campaignOpenness(campaign, now).open,
    job: job ? jobFacts(job) : jobByHand(asked),
    scores: known.jobs.flatMap(scoreOf),
    contactGone: contact.erasedAt !== null || contact.mergedInto !== null,
    programOff: contact.notify !== 'all',
    addresses: reach.facts,
    enrollment: enrollmentState(known, campaign.id, invitation),
    otherAsks: known.invitations.flatMap((one) => (one.id === invitation?.id ? [] : askOf(one))),
    invitation: invitation === null ? null : invitationFacts(invitation),
  }
}

const jobFacts = (job: JobOfAsk): AskJob => ({
  id: job.id,
  completed: reached(job.completedAt, job.completedHeardAt ?? job.createdAt),
  invoiced: reached(job.invoicedAt, job.invoicedHeardAt ?? job.createdAt),
  canceled: job.state === 'canceled',
  refunded: job.state === 'refunded',
  connectedAt: job.connectedAt,
  dontAsk: job.dontAsk,
})

const reached = (at: number | null, heardAt: number) => (at === null ? null : { at, heardAt })

const jobByHand = (at: number): AskJob => ({
  id: '',
  completed: { at, heardAt: at },
  invoiced: null,
  canceled: false,
  refunded: false,
  connectedAt: null,
  dontAsk: false,
})

const scoreOf = ({ id, score, scoreAt }: JobOfAsk): AskScore[] =>
  score === null || scoreAt === null ? [] : [{ jobId: id, value: score, at: scoreAt }]

/** An enrollment that this invitation made, or one of ours that was taken back unused, counts as none. */
function enrollmentState(known: Known, campaignId: string, own: InvitationRow | null): AskFacts['enrollment'] {
  const enrollment = known.enrollments.find((one) => one.campaignId === campaignId && one.mergedAt === null)
  if (!enrollment) return 'none'
  if (enrollment.archivedAt === null)
    return own?.enrolledAt != null && own.unenrolledAt === null && own.kind === 'ask' ? 'none' : 'active'
  const takenBack = known.invitations.some(
    (one) => one.enrollmentId === enrollment.id && one.unenrolledAt === enrollment.archivedAt,
  )
  return takenBack ? 'none' : 'inactive'
}

function askOf({ id, campaignId, jobId, state, sentAt, sendAt }: InvitationRow): OtherAsk[] {
  if (sentAt !== null) return [{ id, campaignId, jobId, state: 'sent', at: sentAt }]
  return state === 'scheduled' ? [{ id, campaignId, jobId, state: 'scheduled', at: sendAt ?? 0 }] : []
}

function invitationFacts(row: InvitationRow): AskInvitation | null {
  if (row.sentAt !== null)
    return {
      state: 'sent',
      kind: row.kind,
      sentAt: row.sentAt,
      opened: row.openedAt !== null || row.joinedAt !== null,
      followUpSentAt: row.followUpSentAt,
    }
  return row.state === 'scheduled' ? { state: 'scheduled' } : null
}
