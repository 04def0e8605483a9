import { markIssued } from '../reward.ts'
import type { RewardKind } from './rewardKind.ts'

const nothing = async () => undefined

/**
 * A reward described in words by the campaign. Staff deliver it themselves, so there is nothing to move or take back.
 */
export const custom: RewardKind = {
  describe: ({ text }) => text ?? '',
  isEarned: () => true,
  isBalance: false,
  waitsFor: null,
  invariants: [],
  create: nothing,
  release: async (tx, reward) => ((await markIssued(tx, reward)) ? { code: null } : null),
  spent: async () => 0,
  takeBack: nothing,
  reinstate: nothing,
}
