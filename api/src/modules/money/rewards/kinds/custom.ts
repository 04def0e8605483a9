import { cancelDelivery, startDelivery } from '../deliveries.ts'
import { markIssued } from '../reward.ts'
import type { RewardKind } from './rewardKind.ts'

const nothing = async () => undefined

/** A reward described in words by the campaign. Staff deliver it themselves, so all it has is a to-do with a date. */
export const custom: RewardKind = {
  describe: ({ text }) => text ?? '',
  isEarned: () => true,
  isBalance: false,
  waitsFor: null,
  invariants: [
    {
      invariant: 'A custom reward that was issued and not given is to be delivered.',
      broken: `SELECT w.id FROM rewards w LEFT JOIN reward_deliveries d ON d.reward_id = w.id
        WHERE w.kind = 'custom' AND w.status = 'issued' AND coalesce(d.state, '') NOT IN ('to_do', 'canceled')`,
    },
  ],
  async create(tx, reward) {
    if (reward.status === 'issued') await startDelivery(tx, reward, 'custom')
  },
  async release(tx, reward) {
    if (!(await markIssued(tx, reward))) return null
    await startDelivery(tx, reward, 'custom')
    return { code: null }
  },
  spent: async () => 0,
  takeBack: (tx, reward) => cancelDelivery(tx, reward.id),
  reinstate: nothing,
}
