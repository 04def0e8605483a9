import type { CreateReferral, EventType, InvalidReason, ReferralStatus } from '@goodword/contracts'
import { canMove } from '@goodword/domain'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { describePerson } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { type Enrollment, enrollmentOfCode, getEnrollment } from '../advocates/advocates.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'
import { addEvent } from './events.ts'
import { notifyOfReferral } from './notices.ts'
import { writeAudit } from './referrals.audit.ts'
import { referrals } from './referrals.table.ts'
import { recordReferral } from './submission.ts'

export type ReferralRecord = typeof referrals.$inferSelect

/** A referral with a known advocate and friend. */
export type Attributed = ReferralRecord & { enrollmentId: string; friendContactId: string }

/** Throws referral_unattributed without an advocate, and friend_unknown without a friend. */
export function attributed(referral: ReferralRecord): Attributed {
  const { enrollmentId, friendContactId } = referral
  if (enrollmentId === null) throw new AppError('referral_unattributed')
  if (friendContactId === null) throw new AppError('friend_unknown')
  return { ...referral, enrollmentId, friendContactId }
}

/** Creates a referral for staff or a server. The friend gets no message, because they didn't submit it. */
export async function createReferral(ctx: Ctx, input: CreateReferral): Promise<ReferralRecord> {
  const { friend, advocateNamed, externalId } = input
  const reachable = friend?.email !== undefined || friend?.phone !== undefined
  return transaction(ctx, async (tx) => {
    const enrollment = input.campaignId === undefined ? await enrollmentNamed(tx, input) : null
    const campaignContext = await loadCampaignContext(tx, enrollment?.campaignId ?? input.campaignId ?? '')
    if (externalId) await assertNew(tx, campaignContext.campaign.id, externalId)
    const source = tx.actor.type === 'key' ? 'api' : 'staff'
    const recorded = await recordReferral(tx, {
      ...campaignContext,
      enrollment,
      ...(advocateNamed ? { advocateNamed } : {}),
      person: friend && reachable ? describePerson(campaignContext.organization.country, friend, 'friend.phone') : null,
      source,
      submitted: {
        name: friend?.name ?? '',
        ...(friend?.email ? { email: friend.email } : {}),
        ...(friend?.phone ? { phone: friend.phone } : {}),
        ...(input.message ? { message: input.message } : {}),
      },
      ...(externalId ? { externalId } : {}),
      metadata: input.metadata,
    })
    if (source === 'api') await notifyOfReferral(tx, recorded, null)
    await writeAudit(tx, { action: 'referral.created', subjectId: recorded.id, data: { source } })
    return getReferral(tx, recorded.id)
  })
}

/** Accepts a referral ("contacted", "in progress"). It stays in the to-do list. */
export const acceptReferral = (ctx: Ctx, id: string, note?: string): Promise<ReferralRecord> =>
  changeStatus(ctx, id, 'accepted', note)

/** Moves a referral back to pending as a correction. A declined or expired one needs a reason and `reopenReferral`. */
export const unacceptReferral = (ctx: Ctx, id: string): Promise<ReferralRecord> =>
  transaction(ctx, async (tx) => {
    const { status } = await getReferral(tx, id)
    if (status !== 'accepted') throw statusChanged(status)
    return changeStatus(tx, id, 'pending')
  })

/**
 * Declines a referral: no rewards, and the advocate may refer the friend again. With an invalid reason it doesn't count
 * as a referral at all.
 */
export const declineReferral = (
  ctx: Ctx,
  id: string,
  reason: string,
  invalidReason: InvalidReason | null = null,
): Promise<ReferralRecord> =>
  transaction(ctx, async (tx) => {
    await moveReferral(tx, id, 'declined', reason)
    if (invalidReason) await updateReferral(tx, id, { invalidReason })
    await writeAudit(tx, { action: 'referral.declined', subjectId: id, data: { invalidReason } })
    return getReferral(tx, id)
  })

async function changeStatus(ctx: Ctx, id: string, to: 'accepted' | 'pending', reason?: string) {
  return transaction(ctx, async (tx) => {
    await moveReferral(tx, id, to, reason)
    await writeAudit(tx, { action: `referral.${to}`, subjectId: id })
    return getReferral(tx, id)
  })
}

const moveRow = prepared((db) =>
  db
    .update(referrals)
    .set({
      status: sql`${sql.placeholder('to')}`,
      reason: sql`${sql.placeholder('reason')}`,
      supersededBy: sql`${sql.placeholder('supersededBy')}`,
      reopenedAt: sql`${sql.placeholder('reopenedAt')}`,
      invalidReason: null,
      updatedAt: sql`${sql.placeholder('updatedAt')}`,
    })
    .where(
      and(
        eq(referrals.id, sql.placeholder('id')),
        eq(referrals.organizationId, sql.placeholder('organizationId')),
        // The unary plus keeps the planner off the partial indexes by status, for which it would plan the statement
        // again each time.
        sql`+${referrals.status} = ${sql.placeholder('from')}`,
      ),
    )
    .returning()
    .prepare(),
)

/**
 * Moves a referral along the transition table with one conditional UPDATE. Throws transition_not_allowed if its status
 * has changed meanwhile, and not_found if it isn't this organization's. `which` is an id, or the referral as read in
 * this transaction.
 */
export async function moveReferral(
  tx: Ctx,
  which: string | ReferralRecord,
  to: ReferralStatus,
  reason?: string,
  supersededBy?: string,
): Promise<ReferralRecord> {
  const referral = typeof which === 'string' ? await getReferral(tx, which) : which
  const { id } = referral
  if (!canMove(referral.status, to)) throw statusChanged(referral.status)
  const moved = await moveRow(tx.db).get({
    id,
    organizationId: tx.organizationId,
    from: referral.status,
    to,
    reason: to === 'accepted' ? null : (reason ?? null),
    supersededBy: supersededBy ?? null,
    reopenedAt: to === 'pending' && referral.status !== 'accepted' ? tx.clock() : referral.reopenedAt,
    updatedAt: tx.clock(),
  })
  if (!moved) throw new AppError('transition_not_allowed')
  await addEvent(tx, { referralId: id, status: to, reason })
  const type = eventTypes[to]
  if (type) {
    await recordEvent(tx, type, {
      referralId: id,
      campaignId: moved.campaignId,
      advocateId: moved.enrollmentId,
      friendContactId: moved.friendContactId,
      from: referral.status,
      supersededBy: moved.supersededBy,
    })
  }
  return moved
}

/** Conversions and reversals record their own event, with their amounts. */
const eventTypes: Partial<Record<ReferralStatus, EventType>> = {
  pending: 'referral.reopened',
  accepted: 'referral.accepted',
  declined: 'referral.declined',
  expired: 'referral.expired',
}

/** The fields by which search finds a referral. */
const searched = ['submitted', 'advocateNamed', 'externalId', 'friendContactId', 'archivedAt'] as const

/** Updates fields other than the status. */
export async function updateReferral(tx: Ctx, id: string, values: Partial<ReferralRecord>): Promise<void> {
  await tx.db
    .update(referrals)
    .set({ ...values, updatedAt: tx.clock() })
    .where(and(eq(referrals.organizationId, tx.organizationId), eq(referrals.id, id)))
  if (searched.some((field) => values[field] !== undefined)) searchChanged(tx, 'referral', id)
}

/** The error for a caller who saw an older status. */
export const statusChanged = (status: ReferralStatus) =>
  new AppError('transition_not_allowed', { detail: `This referral is ${status}. Load it again to go on.` })

const referralById = prepared((db) =>
  db
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.id, sql.placeholder('id')),
        eq(referrals.organizationId, sql.placeholder('organizationId')),
        isNull(referrals.archivedAt),
      ),
    )
    .prepare(),
)

/** Throws not_found for another organization's referral and for a deleted one. */
export async function getReferral(ctx: Ctx, id: string): Promise<ReferralRecord> {
  const referral = await referralById(ctx.db).get({ id, organizationId: ctx.organizationId })
  if (!referral) throw new AppError('not_found')
  return referral
}

/** Whether an enrollment has any referral, in any status. */
export async function hasReferrals(ctx: Ctx, enrollmentId: string): Promise<boolean> {
  const row = await ctx.db
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.enrollmentId, enrollmentId)))
    .limit(1)
    .get()
  return row !== undefined
}

export async function hasReferralsInCampaign(ctx: Ctx, campaignId: string): Promise<boolean> {
  const [one] = await ctx.db
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(eq(referrals.organizationId, ctx.organizationId), eq(referrals.campaignId, campaignId)))
    .limit(1)
  return one !== undefined
}

const byFormNonce = prepared((db) =>
  db
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.organizationId, sql.placeholder('organizationId')),
        eq(referrals.formNonce, sql.placeholder('formNonce')),
      ),
    )
    .prepare(),
)

/** The referral already created from a form, so that a form sent twice counts once. */
export const referralOfForm = (ctx: Ctx, formNonce: string): Promise<ReferralRecord | undefined> =>
  byFormNonce(ctx.db).get({ formNonce, organizationId: ctx.organizationId })

/** Throws code_unknown, or not_found for another organization's advocate. */
export async function enrollmentNamed(
  ctx: Ctx,
  input: { code?: string | undefined; advocateId?: string | undefined },
): Promise<Enrollment> {
  if (input.advocateId) {
    const named = await getEnrollment(ctx, input.advocateId)
    if (named.archivedAt !== null) throw new AppError('code_unknown')
    return named
  }
  const enrollment = await enrollmentOfCode(ctx, input.code ?? '')
  if (!enrollment || enrollment.organizationId !== ctx.organizationId) throw new AppError('code_unknown')
  return enrollment
}

async function assertNew(tx: Ctx, campaignId: string, externalId: string): Promise<void> {
  const known = await tx.db
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      and(
        eq(referrals.organizationId, tx.organizationId),
        eq(referrals.campaignId, campaignId),
        eq(referrals.externalId, externalId),
      ),
    )
    .get()
  if (known)
    throw new AppError('already_referred', {
      existingId: known.id,
      detail: `There is a referral with the externalId ${externalId} already.`,
    })
}
