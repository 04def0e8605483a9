import type { CardDelivery, Currency, SideTerms, Terms } from '@goodword/contracts'
import { formatMoney } from './money.ts'
import { describeDiscount, describeValue } from './rewardOfSide.ts'

/** "5% of the job, at most $150.00", "A code for $20 off, from your list", "Nothing". */
export function describeSide(side: SideTerms, currency: Currency, use?: Terms['friendRewardUse']): string {
  if (side.kind === 'none') return 'nothing'
  const least = side.minJobValue === undefined ? '' : `, on jobs of ${formatMoney(side.minJobValue, currency)} or more`
  if (side.kind === 'custom') {
    const worth = side.amount === undefined ? '' : ` (${formatMoney(side.amount, currency)})`
    return `“${side.text}”${worth}${least}`
  }
  if (side.kind === 'discount_code') {
    const pattern = side.pattern === undefined ? '' : `, such as ${side.pattern}`
    const source = side.source === 'pool' ? ', from the list of codes' : pattern
    return `a code for ${describeDiscount(side.discount, currency)}${source}${least}`
  }
  if (side.kind === 'gift_card')
    return `a gift card of ${describeValue(side.value, currency)}, ${cardLabels[side.delivery]}${choiceOf(side.cards)}${least}`
  return `${describeValue(side.value, currency)}${use === undefined ? '' : useLabels[use]}${least}`
}

const cardLabels: Record<CardDelivery, string> = {
  hand: 'by hand',
  email: 'emailed by Tremendous',
  link: 'by a link of Tremendous',
}

const choiceOf = (cards: string[] | undefined): string => {
  if (cards === undefined) return ''
  return cards.length === 1 ? ', of one kind' : `, chosen from ${cards.length} cards`
}

const useLabels: Record<Terms['friendRewardUse'], string> = {
  after_job: ', as credit after the job',
  off_this_job: ', off this job',
}
