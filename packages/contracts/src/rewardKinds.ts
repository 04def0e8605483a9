/** The kinds of rewards. The server has one file for each in `modules/money/rewards/kinds`. */
export const rewardKinds = ['credit', 'discount_code', 'gift_card', 'custom'] as const
export type RewardKindName = (typeof rewardKinds)[number]

/**
 * How a gift card reaches its recipient: staff deliver it by hand, the provider sends an email, or we send and show the
 * provider's link.
 */
export const cardDeliveries = ['hand', 'email', 'link'] as const
export type CardDelivery = (typeof cardDeliveries)[number]
