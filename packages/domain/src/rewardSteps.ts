import type { Reward, RewardKindName } from '@goodword/contracts'

type Status = Reward['status']

/**
 * The statuses that staff can set by hand. Credit is used by redemptions, which the ledger holds, and never by hand; what
 * staff hand over can also be given back.
 */
export function rewardStepsFrom(status: Status, kind: RewardKindName): Status[] {
  const byHand = kind !== 'credit'
  switch (status) {
    case 'pending':
      return ['issued', 'voided']
    case 'issued':
      return byHand ? ['redeemed', 'voided'] : ['voided']
    case 'redeemed':
      return byHand ? ['issued', 'voided'] : ['voided']
    case 'voided':
      return ['pending']
  }
}
