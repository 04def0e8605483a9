import * as z from 'zod'
import { CodePattern } from './codePattern.ts'
import { BasisPoints, PositiveAmount } from './primitives.ts'
import { cardDeliveries } from './rewardKinds.ts'

/** The reward of one side for one job: a fixed amount, or a share of the job value within optional bounds. */
export const RewardValue = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fixed'), amount: PositiveAmount }),
  z
    .strictObject({
      type: z.literal('percent'),
      basisPoints: BasisPoints,
      minAmount: PositiveAmount.optional(),
      maxAmount: PositiveAmount.optional(),
    })
    .refine(
      (value) => value.minAmount === undefined || value.maxAmount === undefined || value.minAmount <= value.maxAmount,
      {
        message: 'The least must not be above the most.',
        path: ['maxAmount'],
      },
    ),
])
export type RewardValue = z.infer<typeof RewardValue>

/** The provider's ids of the cards that a person may choose from. */
export const CardProducts = z
  .array(z.string().trim().min(1).max(60))
  .min(1, 'Choose a card, or let them choose any.')
  .max(100, 'Choose 100 cards or fewer.')

/** The terms of one side (SPEC §3). Jobs below `minJobValue` earn nothing. */
export const SideTerms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('credit'), value: RewardValue, minJobValue: PositiveAmount.optional() }),
  z.strictObject({
    kind: z.literal('discount_code'),
    /** The discount a code gives, off a future invoice. */
    discount: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('flat'), amount: PositiveAmount }),
      z.strictObject({ type: z.literal('percent'), basisPoints: BasisPoints }),
    ]),
    /** Taken from the codes uploaded to the campaign, or generated when a reward is issued. */
    source: z.enum(['pool', 'generated']).default('generated'),
    /** What a generated code looks like: "FRIEND-######". */
    pattern: CodePattern.optional(),
    minJobValue: PositiveAmount.optional(),
  }),
  z
    .strictObject({
      kind: z.literal('gift_card'),
      value: RewardValue,
      delivery: z.enum(cardDeliveries).default('hand'),
      /** Which of the provider's cards the person may choose from; any of its campaign if absent. */
      cards: CardProducts.optional(),
      minJobValue: PositiveAmount.optional(),
    })
    .refine(({ delivery, cards }) => cards === undefined || delivery !== 'hand', {
      message: 'Cards can only be chosen from if the provider delivers them.',
      path: ['cards'],
    }),
  z.strictObject({
    kind: z.literal('custom'),
    text: z.string().trim().min(1, 'Say what they get.').max(120, 'Use 120 characters or fewer.'),
    amount: PositiveAmount.optional(),
    minJobValue: PositiveAmount.optional(),
  }),
])
export type SideTerms = z.infer<typeof SideTerms>

/** From the `from`th converted referral on, this value replaces the side's own. */
export const Tier = z.strictObject({ from: z.int().min(1).max(1_000), value: RewardValue })
export type Tier = z.infer<typeof Tier>
/** Added at exactly the `at`th converted referral. */
export const Milestone = z.strictObject({ at: z.int().min(1).max(1_000), amount: PositiveAmount })
export type Milestone = z.infer<typeof Milestone>
