import type { ReferralDetail } from '@goodword/contracts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { writeAudit } from '../../platform/audit/audit.ts'
import { assertCurrentMember } from './referrals.actors.queries.ts'
import { loadReferral } from './referrals.detail.queries.ts'
import { getReferral, updateReferral } from './referrals.ts'

/** Says which member takes care of a referral; null for nobody. Throws not_found for somebody who does not work here. */
export const assignReferral = (ctx: Ctx, id: string, memberId: string | null): Promise<ReferralDetail> =>
  transaction(ctx, async (tx) => {
    const referral = await getReferral(tx, id)
    if (referral.assigneeId === memberId) return loadReferral(tx, id)
    if (memberId !== null) await assertCurrentMember(tx, memberId)
    await updateReferral(tx, id, { assigneeId: memberId })
    await writeAudit(tx, { action: 'referral.assigned', subjectId: id, data: { memberId } })
    return loadReferral(tx, id)
  })

/** Somebody looked at the flags and found nothing wrong. They stay readable. */
export const clearFlags = (ctx: Ctx, id: string): Promise<ReferralDetail> =>
  transaction(ctx, async (tx) => {
    const referral = await getReferral(tx, id)
    if (referral.flags.length === 0 || referral.flagsClearedAt !== null) return loadReferral(tx, id)
    await updateReferral(tx, id, { flagsClearedAt: tx.clock() })
    await writeAudit(tx, {
      action: 'referral.flags_cleared',
      subjectId: id,
      data: { flags: referral.flags.join(',') },
    })
    return loadReferral(tx, id)
  })
