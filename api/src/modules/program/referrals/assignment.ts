import { type Ctx, transaction } from '../../../shared/context.ts'
import { assertCurrentMember } from '../../platform/members/currentMember.ts'
import { writeAudit } from './referrals.audit.ts'
import { getReferral, type ReferralRecord, updateReferral } from './referrals.ts'

/** Assigns a referral to a member; null unassigns it. Throws not_found for anyone who isn't a current member. */
export const assignReferral = (ctx: Ctx, id: string, memberId: string | null): Promise<ReferralRecord> =>
  transaction(ctx, async (tx) => {
    const referral = await getReferral(tx, id)
    if (referral.assigneeId === memberId) return getReferral(tx, id)
    if (memberId !== null) await assertCurrentMember(tx, memberId)
    await updateReferral(tx, id, { assigneeId: memberId })
    await writeAudit(tx, { action: 'referral.assigned', subjectId: id, data: { memberId } })
    return getReferral(tx, id)
  })

/** Clears a referral's flags after review. They stay readable. */
export const clearFlags = (ctx: Ctx, id: string): Promise<ReferralRecord> =>
  transaction(ctx, async (tx) => {
    const referral = await getReferral(tx, id)
    if (referral.flags.length === 0 || referral.flagsClearedAt !== null) return getReferral(tx, id)
    await updateReferral(tx, id, { flagsClearedAt: tx.clock() })
    await writeAudit(tx, {
      action: 'referral.flags_cleared',
      subjectId: id,
      data: { flags: referral.flags.join(',') },
    })
    return getReferral(tx, id)
  })
