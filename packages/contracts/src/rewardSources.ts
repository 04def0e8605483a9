/**
 * The sources of a reward: a conversion, or a further job of a friend who has converted. The module that owns a source
 * describes it to the others (`rewardOrigins`).
 */
export const rewardSourceTypes = ['conversion', 'job'] as const
export type RewardSourceType = (typeof rewardSourceTypes)[number]
export type RewardSource = { type: RewardSourceType; id: string }
