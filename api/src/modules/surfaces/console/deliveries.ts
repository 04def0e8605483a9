import type { RewardDelivery } from '@goodword/contracts'
import { cardSentence, troubleSentence } from '@goodword/domain'
import { isoOrNull } from '../../../shared/pages.ts'
import type { Delivery } from '../../money/rewards/deliveries.ts'

/** The delivery of a reward as staff see it. */
export function toDelivery(row: Delivery): RewardDelivery {
  const { way, state, dueOn, card, trouble, askedEmail, code, link, doneAt } = row
  const isOpen = state === 'to_do' && way !== 'hand'
  return {
    way,
    state,
    dueOn,
    sentence: state === 'ordering' && trouble ? troubleSentence(trouble) : card && cardSentence(card),
    email: askedEmail,
    code,
    link,
    canRetry: isOpen,
    needsAddress: isOpen && needsAddress(card),
    doneAt: isoOrNull(doneAt),
  }
}

const needsAddress = (card: Delivery['card']): boolean =>
  card?.state === 'undelivered' ||
  (card?.state === 'rejected' && (card.because === 'invalid_recipient' || card.because === 'no_address'))
