/** What a reward can be earned by. The module that keeps such a thing tells the others about it (`rewardOrigins`). */
export const rewardSourceTypes = ['conversion'] as const
export type RewardSourceType = (typeof rewardSourceTypes)[number]
export type RewardSource = { type: RewardSourceType; id: string }
