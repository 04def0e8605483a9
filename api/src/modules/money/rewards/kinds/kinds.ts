import { type RewardKindName, rewardKinds } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import { and, ne, or } from 'drizzle-orm'
import { rewards } from '../rewards.table.ts'
import { credit } from './credit.ts'
import { custom } from './custom.ts'
import { discountCode } from './discountCode.ts'
import type { RewardKind, What } from './rewardKind.ts'

/** Every kind of reward, one line each. */
export const kinds: Record<RewardKindName, RewardKind> = {
  credit,
  discount_code: discountCode,
  custom,
}

/** "$112.50", "20% off", "A bottle of wine", in the language of `words`. */
export const rewardInWords = (what: What, words: Words): string => kinds[what.kind].describe(what, words)

/** The kinds that add to a balance. */
export const balanceKinds = rewardKinds.filter((name) => kinds[name].isBalance)

/** The due rewards that their kind can release: who waits for something holds up nobody else. */
export const canBeReleased = and(
  ...rewardKinds.map((name) => {
    const { isReady } = kinds[name]
    return isReady && or(ne(rewards.kind, name), isReady)
  }),
)
