import type { Currency } from '@goodword/contracts'
import { assert } from './invariant.ts'
import { formatMoney, minorDigits } from './money.ts'

/** A card to buy; minor units. */
export type CardOrder = {
  externalId: string
  amount: number
  currency: Currency
  recipient: { name: string; email: string }
  /** Which cards they may choose from; null for any of the account's campaign. */
  products: string[] | null
  /** Sent by the provider, or shown in the portal as a link. */
  delivery: 'email' | 'link'
}

/** A card that a provider sells. `isOffered` if people can choose it by the account's campaign there. */
export type CardProduct = { id: string; name: string; isOffered: boolean }

export type OrderStatus =
  | 'open'
  | 'executed'
  | 'failed'
  | 'canceled'
  /** The business's own approver at the provider has to agree. */
  | 'awaits_approval'
  /** The provider's team checks it. */
  | 'in_review'
  /** The money is on its way to the provider. */
  | 'settling'

/** What a provider says about an order that exists there. `denomination` is in major units, as it writes it. */
export type ProviderOrder = {
  id: string
  status: OrderStatus
  card: {
    id: string
    denomination: number
    currency: string
    email: string | null
    delivery: 'pending' | 'delivered' | 'failed'
    link: string | null
  } | null
}

/** A fraud review of a card at the provider. */
export type CardReview = 'none' | 'flagged' | 'blocked' | 'released'

/**
 * Where a card is. `failed` ended at the provider, so that another order may follow; `rejected` never became an order;
 * `needs_look` is an order under our id that isn't what we asked for.
 */
export type CardState =
  | { state: 'issued'; orderId: string; cardId: string; link: string | null; delivery: 'pending' | 'delivered' }
  | { state: 'undelivered'; orderId: string; cardId: string }
  | {
      state: 'pending'
      because: 'open' | 'awaits_approval' | 'in_review' | 'settling' | 'flagged'
      /** What the provider's events name it by; states of earlier versions don't have them. */
      orderId?: string
      cardId?: string
    }
  | { state: 'failed'; because: 'insufficient_funds' | 'order_failed' | 'order_canceled' }
  | { state: 'rejected'; because: CardRejection }
  | { state: 'needs_look'; asked: string; found: string }
  | { state: 'blocked' }

/** Why a try came to nothing and is made again: too many at once, a failure there, or no answer. */
export const providerTroubles = ['busy', 'down', 'silent'] as const
export type ProviderTrouble = (typeof providerTroubles)[number]

/** The first five are the provider's; the others are found here. `no_answer` may have bought a card. */
export type CardRejection =
  | 'insufficient_funds'
  | 'invalid_recipient'
  | 'invalid_order'
  | 'product_gone'
  | 'unauthorized'
  | 'not_connected'
  | 'no_address'
  | 'no_answer'

/** "50.00" for 5000 USD, "500" for 500 JPY: exact, and as a JSON number too, because it has at most 15 digits. */
export function majorAmount(amount: number, currency: Currency): string {
  assert(Number.isSafeInteger(amount) && amount > 0 && amount < 1e15, `cannot buy a card of ${amount}`)
  const digits = minorDigits(currency)
  const text = String(amount).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * The provider's key of an order: the reward's id, then "….2" and so on. The same key is used again and again until the
 * provider says that its order failed or was canceled, so that a reward buys one card however often it is tried.
 */
export const externalIdOf = (rewardId: string, attempt: number): string =>
  attempt === 1 ? rewardId : `${rewardId}.${attempt}`

/** The number of the next try, after what became of the last one. */
export const nextAttempt = (attempt: number, last: CardState): number =>
  last.state === 'failed' ? attempt + 1 : attempt

const sameEmail = (one: string | null, other: string): boolean =>
  one?.trim().toLowerCase() === other.trim().toLowerCase()

/** What an order at the provider is for us, compared with what we asked for. */
export function cardStateOf(asked: CardOrder, found: ProviderOrder, review: CardReview = 'none'): CardState {
  const { card, status } = found
  if (card && !isWhatWeAsked(asked, card)) {
    return { state: 'needs_look', asked: describeOrder(asked), found: describeCard(card) }
  }
  if (status === 'failed') return { state: 'failed', because: 'order_failed' }
  if (status === 'canceled') return { state: 'failed', because: 'order_canceled' }
  if (review === 'blocked') return { state: 'blocked' }
  const ids = { orderId: found.id, ...(card ? { cardId: card.id } : {}) }
  if (review === 'flagged') return { state: 'pending', because: 'flagged', ...ids }
  if (status !== 'executed') return { state: 'pending', because: status, ...ids }
  if (!card) return { state: 'pending', because: 'open', ...ids }
  const bought = { orderId: found.id, cardId: card.id }
  if (card.delivery === 'failed') return { state: 'undelivered', ...bought }
  return { state: 'issued', ...bought, link: card.link, delivery: card.delivery }
}

type Card = NonNullable<ProviderOrder['card']>

const isWhatWeAsked = ({ amount, currency, recipient, delivery }: CardOrder, card: Card): boolean =>
  card.denomination === Number(majorAmount(amount, currency)) &&
  card.currency === currency &&
  (delivery === 'link' || sameEmail(card.email, recipient.email))

const describeOrder = ({ amount, currency, recipient }: CardOrder): string =>
  `${formatMoney(amount, currency)} for ${recipient.email}`
const describeCard = ({ denomination, currency, email }: Card): string =>
  `${denomination} ${currency} for ${email ?? 'nobody'}`

/** Where a card is, in a sentence for staff. */
export function cardSentence(card: CardState): string {
  switch (card.state) {
    case 'issued':
      return card.delivery === 'delivered' ? 'Bought and delivered.' : 'Bought. The provider is delivering it.'
    case 'undelivered':
      return 'Bought, but it could not be delivered. Correct the email address and send it again.'
    case 'pending':
      return pendingSentences[card.because]
    case 'failed':
      return failedSentences[card.because]
    case 'rejected':
      return rejectedSentences[card.because]
    case 'needs_look':
      return `The provider has another order under this reward: ${card.found}, not ${card.asked}. Check it there.`
    case 'blocked':
      return 'The provider blocked this card as possible fraud. Decide whether to give another reward.'
  }
}

/** Where a card is while the provider can't be reached, for staff. */
export const troubleSentence = (trouble: ProviderTrouble): string => troubleSentences[trouble]

const troubleSentences: Record<ProviderTrouble, string> = {
  busy: 'The provider is busy. We try again by ourselves.',
  down: 'The provider has a problem. We try again by ourselves.',
  silent: 'The provider has not answered. We try again by ourselves, and no second card is bought.',
}

const pendingSentences: Record<Extract<CardState, { state: 'pending' }>['because'], string> = {
  open: 'Ordered. The provider is working on it.',
  awaits_approval: 'Waiting for somebody in your company to approve it at the provider.',
  in_review: 'The provider is reviewing the payment.',
  settling: 'Waiting until your payment reaches the provider.',
  flagged: 'Held by the provider for a fraud review. Release or block it there within 30 days.',
}
const failedSentences: Record<Extract<CardState, { state: 'failed' }>['because'], string> = {
  insufficient_funds: 'Not enough money at the provider. Add funds, then try again.',
  order_failed: 'The provider could not fill the order. Try again.',
  order_canceled: 'The order was canceled at the provider. Try again, or reject the reward.',
}
const rejectedSentences: Record<CardRejection, string> = {
  insufficient_funds: 'Not enough money at the provider. Add funds, then try again.',
  invalid_recipient: 'The provider does not accept this name or email address. Correct it, then try again.',
  invalid_order: 'The provider does not accept the order. Check the campaign and funding source in Settings.',
  product_gone:
    'Tremendous no longer sells a card they may choose. Try again: any card of your campaign there can be chosen then.',
  unauthorized: 'The provider does not accept our key. Check it in Settings.',
  not_connected: 'Tremendous is not connected. Connect it in Settings, or deliver the card by hand.',
  no_address: 'The recipient has no email address. Add one, or deliver the card by hand.',
  no_answer: 'The provider has not answered for hours. Try again: no second card is bought.',
}
