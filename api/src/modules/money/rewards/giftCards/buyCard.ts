import { type CardOrder, type CardState, cardStateOf } from '@goodword/domain'
import { GiftCardError, type GiftCardProblem, type GiftCards } from './giftCards.ts'

const passing: ReadonlySet<GiftCardProblem> = new Set(['busy', 'down', 'unknown'])

/**
 * One attempt to buy a card, and where it is then. Safe to repeat with the same external id: whether an attempt before died
 * after the provider took the order, or it is asked a hundred times, one card is bought. Throws GiftCardError with `busy`,
 * `down` or `unknown`, after which it has to be tried again with the same external id.
 */
export async function buyCard(cards: GiftCards, order: CardOrder): Promise<CardState> {
  try {
    return cardStateOf(order, await cards.order(order))
  } catch (error) {
    if (!(error instanceof GiftCardError)) throw error
    return await stateAfter(cards, order, error)
  }
}

/** Where a card is that was ordered before; null if the provider knows of no such order. */
export async function lookAtCard(cards: GiftCards, order: CardOrder): Promise<CardState | null> {
  const found = await cards.find(order.externalId)
  if (!found) return null
  const review = found.card && found.status === 'executed' ? await cards.reviewOf(found.card.id) : 'none'
  return cardStateOf(order, found, review)
}

async function stateAfter(cards: GiftCards, order: CardOrder, error: GiftCardError): Promise<CardState> {
  switch (error.problem) {
    case 'insufficient_funds': {
      // Some providers keep the order as failed, and answer with it for ever under this id.
      const kept = await cards.find(order.externalId)
      const state = kept && cardStateOf(order, kept)
      if (!state) return { state: 'rejected', because: 'insufficient_funds' }
      return state.state === 'failed' ? { state: 'failed', because: 'insufficient_funds' } : state
    }
    case 'conflict': {
      const state = await lookAtCard(cards, order)
      if (state) return state
      throw error
    }
    case 'recipient':
      return { state: 'rejected', because: 'invalid_recipient' }
    case 'invalid':
      return { state: 'rejected', because: (await isProductGone(cards, order)) ? 'product_gone' : 'invalid_order' }
    case 'refused':
      return { state: 'rejected', because: 'invalid_order' }
    case 'unauthorized':
      return { state: 'rejected', because: 'unauthorized' }
    default:
      throw error
  }
}

/** Whether a card that the recipient may choose is sold no longer. Throws what may be over by the next try. */
async function isProductGone(cards: GiftCards, { products }: CardOrder): Promise<boolean> {
  if (products === null) return false
  try {
    const sold = new Set((await cards.products()).map(({ id }) => id))
    return products.some((id) => !sold.has(id))
  } catch (error) {
    if (!(error instanceof GiftCardError) || passing.has(error.problem)) throw error
    return false
  }
}
