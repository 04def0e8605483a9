import { isUniqueViolation } from '../../../database/constraint.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { isErased } from './erased.ts'
import { writeAudit } from './referrals.audit.ts'
import { getReferral, moveReferral, type ReferralRecord, statusChanged } from './referrals.ts'
import { convertedRivalOf, liveRivalOf } from './rivals.ts'

/**
 * Reopens a declined or expired referral as pending, with a reason, unless a rival has converted. The days until it
 * expires start over. Throws rival_converted, already_referred if the advocate has referred the friend again since, and
 * contact_gone if the friend's data was erased.
 */
export async function reopenReferral(ctx: Ctx, id: string, reason: string): Promise<ReferralRecord> {
  try {
    return await transaction(ctx, async (tx) => {
      const referral = await getReferral(tx, id)
      if (referral.status !== 'declined' && referral.status !== 'expired') throw statusChanged(referral.status)
      await assertNotErased(tx, referral)
      const winner = await convertedRivalOf(tx, referral)
      if (winner) throw new AppError('rival_converted', { existingId: winner.id })
      const again = await liveRivalOf(tx, referral)
      if (again) throw referredAgain(again.id)
      await moveReferral(tx, id, 'pending', reason)
      await writeAudit(tx, { action: 'referral.reopened', subjectId: id, data: { from: referral.status } })
      return getReferral(tx, id)
    })
  } catch (error) {
    if (isUniqueViolation(error, 'referrals.')) throw referredAgain()
    throw error
  }
}

async function assertNotErased(tx: Ctx, { friendContactId, submitted }: ReferralRecord): Promise<void> {
  const contact = friendContactId === null ? null : await getContact(tx, friendContactId)
  if (contact?.erasedAt == null && !isErased(submitted)) return
  throw new AppError('contact_gone', {
    detail: 'The data of this friend was erased. Add a new referral when they come back.',
  })
}

const referredAgain = (existingId?: string) =>
  new AppError('already_referred', {
    detail: 'The advocate has referred this friend again since. Work on that referral.',
    ...(existingId ? { existingId } : {}),
  })
