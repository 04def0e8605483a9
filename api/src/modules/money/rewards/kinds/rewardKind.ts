import type { WaitReason } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import type { Queries } from '../../../../database/queries.ts'
import type { Ctx } from '../../../../shared/context.ts'
import type { Invariant } from '../../../../shared/module.ts'
import type { Reward } from '../reward.ts'

/** An issued reward, with its discount code if it is one, or with what its recipient needs to use a gift card. */
export type IssuedReward = { code: string | null; card?: CardContent }

/** Both are null for a card that the provider emails. */
export type CardContent = { code: string | null; link: string | null }

export type DueReward = Pick<Reward, 'id' | 'organizationId'>

/** What the reward is, regardless of its status. */
export type RewardContent = Pick<Reward, 'kind' | 'text' | 'amount' | 'currency'>

/** Changes of an amount after a part of the job was refunded or that was undone; minor units. */
export type Adjust = {
  /** How much of a part that is taken away was used and would be owed back. */
  owed: (ctx: Ctx, reward: Reward, less: number) => Promise<number>
  /** Moves the money. Called before the row changes; `key` belongs to this change alone. */
  change: (tx: Ctx, reward: Reward, to: { amount: number; key: string }) => Promise<void>
}

/**
 * The differences between kinds of rewards. Statuses, approval, events and messages are the same for all. The verbs
 * next to this folder handle those and call the kind within their transaction.
 */
export type RewardKind = {
  /** "$112.50", "20% off", "A bottle of wine", in the language of `words`. */
  describe: (what: RewardContent, words: Words) => string
  /** Whether anything can be issued after the terms and limits were applied; minor units. */
  isEarned: (amount: number) => boolean
  /**
   * Whether it adds to a balance, which is shown and used as a whole. Other kinds are delivered and marked as used by
   * staff.
   */
  isBalance: boolean
  /** What a due reward may still wait for. Null if it is issued as soon as it is due. */
  waitsFor: Exclude<WaitReason, 'hold' | 'approval'> | null
  /** The due rewards that waited for something and can be released now, for a kind whose rewards can wait. */
  ready?: (db: Queries, given: { now: number; limit: number }) => Promise<DueReward[]>
  /** What `verify` checks about rewards of this kind. */
  invariants: readonly Invariant[]
  /** Called after it was created, with its row: pending, or already issued or redeemed. */
  create: (tx: Ctx, reward: Reward) => Promise<void>
  /**
   * Called when it is due: marks it as issued, now or later from a queue of its own. Returns null while it waits for
   * `waitsFor`; then it is called again once `ready` returns it.
   */
  release: (tx: Ctx, reward: Reward) => Promise<IssuedReward | null>
  /** How much of it was used and would be owed back; minor units. */
  spent: (tx: Ctx, reward: Reward) => Promise<number>
  /** Called after it was voided. `reward` is the row before that, pending or issued. */
  takeBack: (tx: Ctx, reward: Reward) => Promise<void>
  /** How its amount changes. Absent for what can't be divided: it stays as it is, or is voided. */
  adjust?: Adjust
  /** Called when a voided one is pending again. */
  reinstate: (tx: Ctx, reward: Reward) => Promise<void>
}
