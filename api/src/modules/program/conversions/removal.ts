import type { DeleteReferral } from '@goodword/contracts'
import { liveStatuses } from '@goodword/domain'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { getReferral, moveReferral, updateReferral } from '../referrals/referrals.ts'
import { writeAudit } from './conversions.audit.ts'
import { reverseConversion } from './reversal.ts'

/**
 * Deletes a referral (admin only): reverses it if it has converted, then removes it from every list and count. Contact,
 * conversion and audit trail stay, and its external reference can be used again.
 */
export async function deleteReferral(ctx: Ctx, id: string, { reason, confirmOwed }: DeleteReferral): Promise<void> {
  assertAdmin(ctx)
  await transaction(ctx, async (tx) => {
    const { status } = await getReferral(tx, id)
    if (status === 'converted') await reverseConversion(tx, id, reason, { confirmOwed })
    else if (liveStatuses.some((live) => live === status)) await moveReferral(tx, id, 'declined', reason)
    await updateReferral(tx, id, { archivedAt: tx.clock(), externalId: null })
    await writeAudit(tx, { action: 'referral.deleted', subjectId: id, data: { status } })
  })
}
