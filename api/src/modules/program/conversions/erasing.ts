import type { Ctx } from '../../../shared/context.ts'
import { eraseReasonsOfRewards } from '../../money/rewards/merge.ts'
import { eraseSubmission } from '../referrals/friendLinks.ts'
import { findConversion } from './conversions.ts'
import { sourcesOf } from './reversal.ts'

/** Erases what a friend submitted with one referral, and the reasons why its rewards were rejected or voided. */
export async function eraseReferral(tx: Ctx, referralId: string): Promise<void> {
  await eraseSubmission(tx, referralId)
  const conversion = await findConversion(tx, referralId)
  if (conversion) await eraseReasonsOfConversion(tx, conversion.id)
}

/** Erases the reasons why rewards of a conversion, or of the friend's further jobs, were rejected or voided. */
export async function eraseReasonsOfConversion(tx: Ctx, conversionId: string): Promise<void> {
  for (const { type, id } of await sourcesOf(tx, conversionId)) await eraseReasonsOfRewards(tx, type, [id])
}
