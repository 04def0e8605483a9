import type { AskReasonFacts, JobEffect } from '@goodword/contracts'
import { type AskDecision, type AskRefusal, dayIn, daysUntil, decideAsk } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { archiveEnrollment, findEnrollment } from '../advocates/advocates.ts'
import { enrollAfterJob } from '../advocates/enrollAfterJob.ts'
import { hasReferrals } from '../referrals/referrals.ts'
import type { CampaignOfAsk, InvitationRow, JobOfAsk } from './asking.queries.ts'
import { asksOf, factsFor, isLive, type Known, knownOf } from './facts.ts'
import { addInvitation, sleep, updateInvitation, wakeAt } from './invitationRows.ts'
import { eventOf, handOver, openMessages } from './sending.ts'

/** One decision: a job and a campaign, with their invitation if there is one. */
export type Pair = {
  campaign: CampaignOfAsk
  job: JobOfAsk | null
  invitation: InvitationRow | null
  /** Who asked without a job, as an actor key. */
  askedBy?: string
}

/** Each cancellation lets another job take its place, so deciding repeats until nothing is canceled anymore. */
const rounds = 4

/** Reasons that are kept as a skipped invitation. Of other refusals the event tells, or another invitation does. */
const keptReasons: readonly AskReasonFacts['reason'][] = [
  'score_low',
  'no_score',
  'asked_lately',
  'no_channel',
  'staff_said_no',
  'program_off',
  'link_inactive',
  'finished_long_ago',
]

/**
 * Decides about every job and invitation of a contact, within a transaction, and does what was decided. `jobId`: the job
 * that this is about, whose decisions it returns.
 */
export async function decideForContact(tx: Ctx, contactId: string, jobId: string | null): Promise<JobEffect[]> {
  const asks = await asksOf(tx, contactId)
  if (asks.asking.length === 0 && !asks.invitations.some(isLive)) return []
  const known = await knownOf(tx, contactId, jobId, asks)
  const effects = new Map<string, JobEffect>()
  for (let round = 0; round < rounds; round += 1) {
    let canceled = false
    for (const pair of pairsOf(known)) {
      const { decision, enrolled } = await decidePair(tx, known, pair)
      canceled ||= decision.do === 'cancel'
      if (jobId === null || pair.job?.id !== jobId) continue
      const { id: campaignId } = pair.campaign
      const before = effects.get(campaignId)
      if (before?.reason === 'ask_canceled') continue
      const told = toldOf(tx, known, pair, decision)
      effects.set(campaignId, effectOf(pair, told, enrolled || before?.facts.enrolled === true))
    }
    if (!canceled) break
  }
  return [...effects.values()]
}

/** Live invitations first, then new ones: the oldest campaign first, and of one campaign the oldest job. */
function pairsOf(known: Known): Pair[] {
  const jobOf = (id: string | null) => known.jobs.find((job) => job.id === id) ?? null
  const live = known.invitations.filter(isLive).flatMap((invitation): Pair[] => {
    const campaign = known.campaigns.get(invitation.campaignId)
    const job = jobOf(invitation.jobId)
    return campaign && (job || invitation.jobId === null) ? [{ campaign, job, invitation }] : []
  })
  const oldestFirst = [...known.jobs].sort((a, b) => (a.id < b.id ? -1 : 1))
  const others = known.asking.flatMap((campaign) =>
    oldestFirst.flatMap((job): Pair[] => {
      const invitation = known.invitations.find((one) => one.jobId === job.id && one.campaignId === campaign.id) ?? null
      return invitation && isLive(invitation) ? [] : [{ campaign, job, invitation }]
    }),
  )
  return [...live, ...others]
}

async function decidePair(tx: Ctx, known: Known, pair: Pair): Promise<{ decision: AskDecision; enrolled: boolean }> {
  const decision = decided(tx, known, pair)
  const enrolled = await carryOut(tx, known, pair, decision)
  return { decision, enrolled }
}

/** While jobs are off nothing is sent, whatever the rules say. */
function decided(tx: Ctx, known: Known, pair: Pair): AskDecision {
  const facts = factsFor(tx, known, pair)
  return decideAsk(known.jobsOn ? facts : { ...facts, rule: { ...facts.rule, on: false } })
}

/** Returns whether the contact became an advocate by it. */
async function carryOut(tx: Ctx, known: Known, pair: Pair, decision: AskDecision): Promise<boolean> {
  const { invitation, job } = pair
  if (decision.do === 'send') return send(tx, known, pair, decision)
  if (decision.do === 'wait') {
    if (invitation?.state === 'scheduled') await cancel(tx, known, invitation, { reason: 'rules_changed' })
    if (decision.until !== null && job) await wakeAt(tx, job.id, decision.until)
    return false
  }
  const { do: what, ...reason } = decision
  if (what === 'cancel' && invitation)
    await cancel(tx, known, invitation, known.jobsOn ? reason : { reason: 'jobs_off' })
  else if (invitation?.sentAt != null) {
    if (invitation.followUpAt !== null) {
      await updateInvitation(tx, invitation, { followUpAt: null })
      await sleep(tx, invitation.id)
    }
  } else await skip(tx, known, pair, reason)
  return false
}

/** Schedules an ask or its reminder, and hands it over if it is due. Returns whether the contact became an advocate by it. */
export async function send(
  tx: Ctx,
  known: Known,
  pair: Pair,
  decision: Extract<AskDecision, { do: 'send' }>,
): Promise<boolean> {
  if (decision.what === 'follow_up') {
    const { invitation } = pair
    if (!invitation || (await isHandedOver(tx, invitation))) return false
    await updateInvitation(tx, invitation, { followUpAt: decision.at })
    await sendOrWait(tx, known, invitation, decision)
    return false
  }
  const before = pair.invitation
  const isNew = before?.state !== 'scheduled'
  const row = isNew ? await schedule(tx, known, pair, decision) : before
  pair.invitation = row
  if (!isNew && (await isHandedOver(tx, row))) return false
  if (!isNew) await updateInvitation(tx, row, { sendAt: decision.at })
  await sendOrWait(tx, known, row, decision)
  return isNew && row.enrolledAt !== null
}

const isHandedOver = async (tx: Ctx, row: InvitationRow): Promise<boolean> =>
  (await openMessages(tx, row)).some(({ state }) => state === 'queued')

async function sendOrWait(
  tx: Ctx,
  known: Known,
  row: InvitationRow,
  decision: Extract<AskDecision, { do: 'send' }>,
): Promise<void> {
  if (decision.at <= tx.clock()) await handOver(tx, known, row, decision)
  else await wakeAt(tx, row.id, decision.at)
}

/** Enrolls them, and schedules an invitation: a new one, or the one of this job that was skipped or canceled. */
async function schedule(
  tx: Ctx,
  known: Known,
  { campaign, job, invitation, askedBy }: Pair,
  { what, at }: Extract<AskDecision, { do: 'send' }>,
): Promise<InvitationRow> {
  const existing = known.enrollments.find((one) => one.campaignId === campaign.id && one.archivedAt === null)
  const enrollment = existing ?? (await enrollAfterJob(tx, campaign.id, known.contact.id))
  if (!existing) {
    const others = known.enrollments.filter(({ id }) => id !== enrollment.id)
    known.enrollments = [...others, { ...enrollment, archivedAt: null }]
  }
  const scheduled = {
    state: 'scheduled',
    kind: what === 'reminder' ? 'reminder' : 'ask',
    enrollmentId: enrollment.id,
    enrolledAt: existing ? null : tx.clock(),
    unenrolledAt: null,
    sendAt: at,
    reason: null,
  } as const
  const ids = { contactId: known.contact.id, campaignId: campaign.id, jobId: job?.id ?? null, askedBy: askedBy ?? null }
  const row = invitation ?? (await addInvitation(tx, { ...ids, ...scheduled }))
  if (invitation) await updateInvitation(tx, row, scheduled)
  else known.invitations.push(row)
  await recordEvent(tx, 'invitation.scheduled', { ...eventOf(row), sendAt: new Date(at).toISOString() })
  return row
}

/** Ends a scheduled invitation. A link that it made and nobody used goes with it. */
export async function cancel(
  tx: Ctx,
  known: Pick<Known, 'enrollments'>,
  row: InvitationRow,
  reason: AskReasonFacts,
): Promise<void> {
  await updateInvitation(tx, row, { state: 'canceled', sendAt: null, reason })
  await sleep(tx, row.id)
  await takeBackEnrollment(tx, known, row)
  await recordEvent(tx, 'invitation.canceled', { ...eventOf(row), reason: reason.reason })
}

async function takeBackEnrollment(tx: Ctx, known: Pick<Known, 'enrollments'>, row: InvitationRow): Promise<void> {
  if (row.enrolledAt === null || row.enrollmentId === null) return
  const enrollment = await findEnrollment(tx, row.campaignId, row.contactId)
  if (enrollment?.id !== row.enrollmentId || enrollment.archivedAt !== null) return
  if (await hasReferrals(tx, enrollment.id)) return
  await archiveEnrollment(tx, enrollment.id)
  const at = tx.clock()
  await updateInvitation(tx, row, { unenrolledAt: at })
  const remembered = known.enrollments.find(({ id }) => id === enrollment.id)
  if (remembered) remembered.archivedAt = at
}

/** Keeps why somebody wasn't asked, where nothing else tells. */
async function skip(tx: Ctx, known: Known, pair: Pair, refusal: AskRefusal): Promise<void> {
  const { invitation, job, campaign } = pair
  if (!known.jobsOn) return
  if (invitation?.state === 'skipped' || invitation?.state === 'canceled') {
    if (JSON.stringify(invitation.reason) !== JSON.stringify(refusal))
      await updateInvitation(tx, invitation, { reason: refusal })
    return
  }
  if (invitation || !job || job.isHistory || !keptReasons.includes(refusal.reason)) return
  const ids = { contactId: known.contact.id, campaignId: campaign.id, jobId: job.id }
  const row = await addInvitation(tx, { ...ids, kind: 'ask', state: 'skipped', reason: refusal })
  known.invitations.push(row)
  pair.invitation = row
}

/** A job that was asked for says so, whatever may still follow. */
function toldOf(tx: Ctx, { timeZone }: Known, { invitation }: Pair, decision: AskDecision): AskDecision {
  if (invitation?.sentAt == null) return decision
  const days = daysUntil(dayIn(timeZone, invitation.sentAt), dayIn(timeZone, tx.clock()))
  return { do: 'nothing', reason: 'asked_for_this_job', days }
}

/** What an event's row says of a decision. `at` and `until` are milliseconds since 1970. */
function effectOf({ campaign, invitation }: Pair, decision: AskDecision, enrolled: boolean): JobEffect {
  const about = { campaignId: campaign.id, invitationId: invitation?.id ?? null }
  if (decision.do === 'send') {
    const { what, at, dueAt, channels } = decision
    return { reason: 'ask_scheduled', facts: { ...about, enrolled, what, at, dueAt, channels: channels.join(' ') } }
  }
  if (decision.do === 'wait') {
    const reason = decision.for === 'score' ? 'ask_waits_for_score' : 'ask_waits_for_trigger'
    return { reason, facts: { ...about, until: decision.until } }
  }
  const { do: what, reason: why, ...facts } = decision
  return { reason: what === 'cancel' ? 'ask_canceled' : 'not_asked', facts: { ...about, ...facts, why } }
}
