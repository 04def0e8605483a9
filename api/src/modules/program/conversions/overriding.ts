import type { OverrideReward } from '@goodword/contracts'
import { rewardStepsFrom } from '@goodword/domain'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { rejectRewards } from '../../money/rewards/approvals.ts'
import { markUsed, releaseNow, takeBackIssued } from '../../money/rewards/override.ts'
import type { Reward } from '../../money/rewards/reward.ts'
import { writeAudit } from '../../money/rewards/rewards.audit.ts'
import { getReward } from '../../money/rewards/rewards.ts'
import { reinstateReward } from './reinstating.ts'

/**
 * Staff change the status of a reward by hand, with a reason (SPEC §7). Throws not_found, reward_settled for a step there isn't,
 * credit_spent with what was used, or forbidden unless an admin confirms that it is owed back; and what reinstating throws.
 */
export function overrideReward(ctx: Ctx, id: string, input: OverrideReward): Promise<Reward> {
  return transaction(ctx, async (tx) => {
    const reward = await getReward(tx, id)
    const { status, kind } = reward
    if (!rewardStepsFrom(status, kind).includes(input.status)) throw new AppError('reward_settled')
    await writeAudit(tx, { action: 'reward.overridden', subjectId: id, data: { from: status, to: input.status } })
    await step(tx, reward, input)
    return getReward(tx, id)
  })
}

async function step(tx: Ctx, reward: Reward, { status, reason, confirmOwed, notify }: OverrideReward): Promise<void> {
  const { id } = reward
  if (status === 'pending') await reinstateReward(tx, id, { reason, notify })
  else if (status === 'redeemed') await markUsed(tx, reward, true, reason)
  else if (status === 'issued' && reward.status === 'pending') await releaseNow(tx, reward, reason)
  else if (status === 'issued') await markUsed(tx, reward, false, reason)
  else if (reward.status === 'pending') await rejectRewards(tx, { ids: [id], reason, notify })
  else {
    if (confirmOwed) assertAdmin(tx)
    await takeBackIssued(tx, reward, { reason, confirmOwed, notify })
  }
}
