/** The sources of a reward. The module that owns a source describes it to the others (`rewardOrigins`). */
export const rewardSourceTypes = ['conversion'] as const
export type RewardSourceType = (typeof rewardSourceTypes)[number]
export type RewardSource = { type: RewardSourceType; id: string }
