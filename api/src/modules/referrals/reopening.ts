import type { ReferralDetail } from '@goodword/contracts'
import { isUniqueViolation } from '../../database/constraint.ts'
import { type Ctx, transaction } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { writeAudit } from '../audit/audit.ts'
import { loadReferral } from './referrals.detail.queries.ts'
import { convertedRivalOf, getReferral, liveRivalOf, movedOn, moveReferral } from './referrals.ts'

/**
 * What was declined or has expired is pending again, with a reason, while no rival has converted. The days until it expires
 * count anew. Throws rival_converted, or already_referred when the advocate has referred the friend again since.
 */
export async function reopenReferral(ctx: Ctx, id: string, reason: string): Promise<ReferralDetail> {
  try {
    return await transaction(ctx, async (tx) => {
      const referral = await getReferral(tx, id)
      if (referral.status !== 'declined' && referral.status !== 'expired') throw movedOn(referral.status)
      const winner = await convertedRivalOf(tx, referral)
      if (winner) throw new AppError('rival_converted', { existingId: winner.id })
      const again = await liveRivalOf(tx, referral)
      if (again) throw referredAgain(again.id)
      await moveReferral(tx, id, 'pending', reason)
      await writeAudit(tx, { action: 'referral.reopened', subjectId: id, data: { from: referral.status } })
      return loadReferral(tx, id)
    })
  } catch (error) {
    if (isUniqueViolation(error, 'referrals.')) throw referredAgain()
    throw error
  }
}

const referredAgain = (existingId?: string) =>
  new AppError('already_referred', {
    detail: 'The advocate has referred this friend again since. Work on that referral.',
    ...(existingId ? { existingId } : {}),
  })
