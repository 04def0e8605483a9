import type { Currency, RewardSource, Terms } from '@goodword/contracts'
import { codeOrigin, type SideReward } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { createReward } from '../../money/rewards/rewards.ts'
import type { Frozen } from './conversions.table.ts'
import type { Decision } from './decision.ts'
import { earnedBy } from './earned.ts'
import type { IssuedRewards } from './notices.ts'

type Side = 'advocate' | 'friend'

/** What one side gets, as it is kept with a conversion or a further job. */
export function freezeSide(
  side: Side,
  {
    rewards,
    current,
    promised,
    campaign,
  }: Pick<Decision, 'rewards' | 'current' | 'campaign'> & { promised: Terms | null },
): Frozen[Side] {
  const { kind, text, amount, lines, use } = rewards[side]
  const terms = promised === null ? [current] : [current, promised]
  const codes = codeOrigin(
    rewards[side],
    terms.map((one) => one[side]),
    campaign.currency,
  )
  return { kind, text, amount, lines, ...(use === undefined ? {} : { use }), ...(codes === null ? {} : codesOf(codes)) }
}

const codesOf = ({ source, pattern }: NonNullable<ReturnType<typeof codeOrigin>>) => ({
  codes: source,
  ...(pattern === undefined ? {} : { pattern }),
})

/** What a source earns, and for whom. */
export type Earned = {
  source: RewardSource
  campaignId: string
  currency: Currency
  rewards: Record<Side, SideReward>
  frozen: Pick<Frozen, Side>
  approval: Terms['approval']
  enrollmentId: string
  advocateContactId: string
  friendContactId: string
  /** When the advocate's reward becomes available; the friend's has no hold. */
  availableAt: number
  createdAt: number
}

/** Creates the rewards of both sides. */
export async function addRewards(tx: Ctx, earned: Earned): Promise<IssuedRewards> {
  const { source, campaignId, currency, frozen } = earned
  const create = async (
    side: Side,
    whose: { enrollmentId: string | null; contactId: string; availableAt: number },
  ): Promise<IssuedRewards[Side]> => {
    const reward = earnedBy(earned.rewards[side])
    if (!reward) return null
    const offThisJob = frozen[side].use === 'off_this_job'
    // A reward off this job isn't held, because the invoice doesn't wait.
    const needsApproval = earned.approval === 'staff' && !offThisJob
    const { codes: codeSource = null, pattern: codePattern = null } = frozen[side]
    const common = { source, campaignId, currency, offThisJob, needsApproval, side, codeSource, codePattern }
    return createReward(tx, { ...common, ...reward, ...whose })
  }
  const { enrollmentId, advocateContactId, friendContactId, availableAt, createdAt } = earned
  return {
    advocate: await create('advocate', { enrollmentId, contactId: advocateContactId, availableAt }),
    friend: await create('friend', { enrollmentId: null, contactId: friendContactId, availableAt: createdAt }),
  }
}
