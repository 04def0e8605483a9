import { type RewardKindName, rewardKinds } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import { credit } from './credit.ts'
import { custom } from './custom.ts'
import { discountCode } from './discountCode.ts'
import { giftCard } from './giftCard.ts'
import type { RewardContent, RewardKind } from './rewardKind.ts'

/** Every kind of reward. */
export const kinds: Record<RewardKindName, RewardKind> = {
  credit,
  discount_code: discountCode,
  gift_card: giftCard,
  custom,
}

/** "$112.50", "20% off", "A bottle of wine", in the language of `words`. */
export const describeReward = (what: RewardContent, words: Words): string => kinds[what.kind].describe(what, words)

/** The kinds that add to a balance. */
export const balanceKinds = rewardKinds.filter((name) => kinds[name].isBalance)
