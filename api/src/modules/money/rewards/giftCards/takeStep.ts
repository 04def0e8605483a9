import { type CardState, cardStateOf } from '@goodword/domain'
import { buyCard, lookAtCard } from './buyCard.ts'
import type { GiftCards } from './giftCards.ts'
import type { Step, Taken } from './step.ts'

/** Takes the next step of a card with its provider. Throws GiftCardError if it has to be taken again. */
export async function takeStep(cards: GiftCards, step: Step): Promise<Taken> {
  const card = await after(cards, step)
  if (card.state !== 'issued') return { card, link: null }
  const link = step.order.delivery === 'link' ? (card.link ?? (await cards.newLink(card.cardId))) : null
  return { card: { ...card, link: null }, link }
}

async function after(cards: GiftCards, { action, order, card }: Step): Promise<CardState> {
  switch (action) {
    case 'buy':
      return buyCard(cards, order)
    case 'look':
      // An order that was there does not go away, so what isn't found is never bought again.
      return (await lookAtCard(cards, order)) ?? card ?? (await buyCard(cards, order))
    case 'resend': {
      if (card?.state !== 'undelivered') return buyCard(cards, order)
      const sent = await cards.resend(card.cardId, order.recipient.email)
      return sent ? { ...card, state: 'issued', link: null, delivery: 'pending' } : card
    }
    case 'cancel': {
      const found = await cards.find(order.externalId)
      const canceled = !found?.card || (await cards.cancel(found.card.id))
      return canceled || !found ? { state: 'failed', because: 'order_canceled' } : cardStateOf(order, found)
    }
  }
}
