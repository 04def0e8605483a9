import type { CardOrder, CardState, ProviderTrouble } from '@goodword/domain'

/** What to do with the provider next about a reward. `card` is where it was before. */
export type Step = {
  organizationId: string
  rewardId: string
  action: 'buy' | 'look' | 'resend' | 'cancel'
  order: CardOrder
  card: CardState | null
}

/** What a try came to: where the card is, or why it has to be made again. */
export type Tried = Taken | { trouble: ProviderTrouble }

/** Where a card is after a step, and its link if the recipient gets one from us. */
export type Taken = { card: CardState; link: string | null }
