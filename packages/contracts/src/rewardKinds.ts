/** The kinds of rewards. The server has one file for each in `modules/money/rewards/kinds`. */
export const rewardKinds = ['credit', 'discount_code', 'custom'] as const
export type RewardKindName = (typeof rewardKinds)[number]
