import { type RewardKindName, rewardKinds } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import { and, ne, or } from 'drizzle-orm'
import { rewards } from '../rewards.table.ts'
import { credit } from './credit.ts'
import { custom } from './custom.ts'
import { discountCode } from './discountCode.ts'
import type { RewardContent, RewardKind } from './rewardKind.ts'

/** Every kind of reward. */
export const kinds: Record<RewardKindName, RewardKind> = {
  credit,
  discount_code: discountCode,
  custom,
}

/** "$112.50", "20% off", "A bottle of wine", in the language of `words`. */
export const describeReward = (what: RewardContent, words: Words): string => kinds[what.kind].describe(what, words)

/** The kinds that add to a balance. */
export const balanceKinds = rewardKinds.filter((name) => kinds[name].isBalance)

/** The due rewards that their kind can release, so that one that still waits doesn't block the others. */
export const canBeReleased = and(
  ...rewardKinds.map((name) => {
    const { isReady } = kinds[name]
    return isReady && or(ne(rewards.kind, name), isReady)
  }),
)
