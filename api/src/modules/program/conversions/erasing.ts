import type { Ctx } from '../../../shared/context.ts'
import { eraseReasonsOfRewards } from '../../money/rewards/merge.ts'
import { eraseSubmission } from '../referrals/friendLinks.ts'
import { findConversion } from './conversions.ts'

/** Erases what a friend submitted with one referral, and the reasons why its rewards were rejected or voided. */
export async function eraseReferral(tx: Ctx, referralId: string): Promise<void> {
  await eraseSubmission(tx, referralId)
  const conversion = await findConversion(tx, referralId)
  if (conversion) await eraseReasonsOfRewards(tx, 'conversion', [conversion.id])
}
