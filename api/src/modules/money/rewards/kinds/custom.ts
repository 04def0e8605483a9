import { markIssued } from '../reward.ts'
import type { RewardKind } from './rewardKind.ts'

const nothing = async () => undefined

/** What the campaign says in words. Staff hand it over themselves, so nothing has to be moved or taken back. */
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
