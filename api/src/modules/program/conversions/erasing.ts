import type { Ctx } from '../../../shared/context.ts'
import { eraseReasonsOfRewards } from '../../money/rewards/merge.ts'
import { eraseSubmission } from '../referrals/friendLinks.ts'
import { findConversion } from './conversions.ts'

/** What a friend submitted with one referral goes, and why its rewards were refused or voided. */
export async function eraseReferral(tx: Ctx, referralId: string): Promise<void> {
  await eraseSubmission(tx, referralId)
  const conversion = await findConversion(tx, referralId)
  if (conversion) await eraseReasonsOfRewards(tx, [conversion.id])
}
