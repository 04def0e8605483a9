import type { WaitReason } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import type { SQL } from 'drizzle-orm'
import type { Ctx } from '../../../../shared/context.ts'
import type { Invariant } from '../../../../shared/module.ts'
import type { Reward } from '../reward.ts'

/** A reward that was handed over, with its discount code if it is one. */
export type HandedOver = { code: string | null }

/** What a reward is, apart from where it stands. */
export type What = Pick<Reward, 'kind' | 'text' | 'amount' | 'currency'>

/**
 * What differs between kinds of rewards. Statuses, approval, events and messages are the same for all and are done by the
 * verbs beside this folder, which ask the kind within their transaction.
 */
export type RewardKind = {
  /** "$112.50", "20% off", "A bottle of wine", in the language of `words`. */
  describe: (what: What, words: Words) => string
  /** Whether there is something to hand over when the terms and limits left this much; minor units. */
  isEarned: (amount: number) => boolean
  /** It adds to a balance, which is shown and used as a whole. Everything else is handed over and marked as used by staff. */
  isBalance: boolean
  /** What one that is due may still wait for. Null: it is issued the moment it is due. */
  waitsFor: Exclude<WaitReason, 'hold' | 'approval'> | null
  /** Which of the due ones can be released, for a kind that can wait; it must not let one hold up the others. */
  isReady?: SQL
  /** What `verify` checks of its rewards. */
  invariants: readonly Invariant[]
  /** It was created, with its row as it stands: pending, or issued or redeemed at once. */
  create: (tx: Ctx, reward: Reward) => Promise<void>
  /**
   * It is due: marks it as issued, now or later from a queue of its own. Null while it waits for `waitsFor`; then it is
   * asked again as soon as `isReady` says so.
   */
  release: (tx: Ctx, reward: Reward) => Promise<HandedOver | null>
  /** How much of it was used and would be owed back; minor units. */
  spent: (tx: Ctx, reward: Reward) => Promise<number>
  /** It was voided; `reward` is as it was before, pending or issued. */
  takeBack: (tx: Ctx, reward: Reward) => Promise<void>
  /** A voided one is pending again. */
  reinstate: (tx: Ctx, reward: Reward) => Promise<void>
}
