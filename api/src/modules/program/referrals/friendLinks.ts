import { liveStatuses } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { eraseAnswersAbout } from '../../../shared/idempotency.ts'
import { hashLink, newToken } from '../../../shared/signer.ts'
import { erasedName } from '../../people/contacts/erasedName.ts'
import { eraseMessagesOfReferral } from '../../platform/messages/erasing.ts'
import { searchChanged } from '../../platform/search/changes.ts'
import { writeAudit } from './referrals.audit.ts'
import { friendLinks, referralEvents, referralNotes, referrals } from './referrals.table.ts'
import { getReferral, moveReferral } from './referrals.ts'

type Referral = Awaited<ReturnType<typeof getReferral>>

/** Creates the token of a friend's own page. Only its hash is stored. Send it to the friend and nowhere else. */
export const createFriendLink = (ctx: Ctx, referralId: string): Promise<string> =>
  transaction(ctx, async (tx) => {
    await getReferral(tx, referralId)
    const token = newToken()
    await tx.db.insert(friendLinks).values({
      organizationId: tx.organizationId,
      referralId,
      hash: hashLink(token),
      createdAt: tx.clock(),
    })
    return token
  })

/** The referral whose page a token opens; null for an unknown token and for a deleted referral. */
export async function referralOfLink(
  services: Services,
  token: string,
): Promise<{ ctx: Ctx; referral: Referral } | null> {
  const [link] = await services.database.read
    .select()
    .from(friendLinks)
    .where(eq(friendLinks.hash, hashLink(token)))
  if (!link) return null
  const ctx = contextFor(services, link.organizationId, { type: 'friend' })
  const referral = await getReferral(ctx, link.referralId)
  return referral.archivedAt === null ? { ctx, referral } : null
}

/** Whether a token still opens a page. */
export async function isFriendLink(ctx: Ctx, token: string): Promise<boolean> {
  const [link] = await ctx.db
    .select({ hash: friendLinks.hash })
    .from(friendLinks)
    .where(and(eq(friendLinks.organizationId, ctx.organizationId), eq(friendLinks.hash, hashLink(token))))
  return link !== undefined
}

/**
 * Erases what the friend submitted with one referral, notes about it and its links. Closes it if it is open. Amounts
 * and dates stay.
 */
export async function eraseSubmission(tx: Ctx, referralId: string): Promise<void> {
  const { organizationId } = tx
  const { status, friendContactId } = await getReferral(tx, referralId)
  if (liveStatuses.some((live) => live === status)) await moveReferral(tx, referralId, 'declined')
  const submitted = { name: erasedName }
  await tx.db
    .update(referrals)
    .set({ submitted, advocateNamed: null, reason: null, metadata: {}, networkHash: null, deviceHash: null })
    .where(and(eq(referrals.organizationId, organizationId), eq(referrals.id, referralId)))
  searchChanged(tx, 'referral', referralId)
  await tx.db
    .update(referralEvents)
    .set({ reason: null })
    .where(and(eq(referralEvents.organizationId, organizationId), eq(referralEvents.referralId, referralId)))
  for (const table of [referralNotes, friendLinks]) {
    await tx.db.delete(table).where(and(eq(table.organizationId, organizationId), eq(table.referralId, referralId)))
  }
  const messageIds = friendContactId === null ? [] : await eraseMessagesOfReferral(tx, { referralId, friendContactId })
  await eraseAnswersAbout(tx, { ids: [referralId, ...messageIds] })
  await writeAudit(tx, { action: 'referral.erased_by_friend', subjectId: referralId })
}
