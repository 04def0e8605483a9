import type { CardOrder, CardProduct, CardReview, ProviderOrder } from '@goodword/domain'

/** Somebody who sells gift cards. Every method throws GiftCardError. */
export type GiftCards = {
  /**
   * Buys a card. With an external id that the provider knows, nothing is bought, and the answer is the order that exists;
   * it may be another one than was asked for.
   */
  order: (order: CardOrder) => Promise<ProviderOrder>
  /** The order under our external id; null if there is none. */
  find: (externalId: string) => Promise<ProviderOrder | null>
  /** Whether the provider holds a card back because it suspects fraud. */
  reviewOf: (cardId: string) => Promise<CardReview>
  /** Takes a card back. False if the provider doesn't, such as for one that was delivered or used. */
  cancel: (cardId: string) => Promise<boolean>
  /** Sends a card that could not be delivered again, to another address. False if the provider doesn't. */
  resend: (cardId: string, email: string) => Promise<boolean>
  /** Every card that the provider sells. */
  products: () => Promise<CardProduct[]>
  /** A new link to a card. */
  newLink: (cardId: string) => Promise<string>
}

/**
 * `busy`, `down` and `unknown` may have bought a card or not: try again with the same external id. `conflict`: the external id
 * belongs to an order with other values. `recipient` and `invalid` never became an order.
 */
export type GiftCardProblem =
  | 'insufficient_funds'
  | 'unauthorized'
  | 'recipient'
  | 'invalid'
  | 'conflict'
  | 'refused'
  | 'busy'
  | 'down'
  | 'unknown'

export class GiftCardError extends Error {
  override readonly name = 'GiftCardError'
  constructor(
    readonly problem: GiftCardProblem,
    message: string,
    /** When the provider wants to be asked again, in milliseconds; null if it didn't say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message)
  }
}
