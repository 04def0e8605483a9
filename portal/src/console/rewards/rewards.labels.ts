import type { Reward } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import type { IconName } from '../../shared/ui/icon.tsx'
import { shortDay } from '../core/relativeDates.ts'

type Described = Pick<Reward, 'kind' | 'amount' | 'currency' | 'text'>

/** "$62.50", "20% off", "A bottle of wine": what the reward is. */
export const describeReward = ({ kind, amount, currency, text }: Described): string =>
  kind === 'gift_card'
    ? `${formatMoney(amount, currency)} gift card`
    : kind === 'credit' || text === null
      ? formatMoney(amount, currency)
      : text

/** "$112.50 and 20% off": money is one sum, and everything else is named; "nothing" if there is neither. */
export function describeRewards(rewards: Omit<Described, 'currency'>[], currency: Described['currency']): string {
  const isMoney = ({ kind, text }: Omit<Described, 'currency'>) =>
    kind === 'credit' || kind === 'gift_card' || text === null
  const sum = rewards.reduce((total, reward) => total + (isMoney(reward) ? reward.amount : 0), 0)
  const things = rewards.flatMap((reward) => (isMoney(reward) ? [] : [reward.text ?? '']))
  const parts = [...(sum > 0 ? [formatMoney(sum, currency)] : []), ...new Set(things)]
  return parts.length === 0 ? 'nothing' : new Intl.ListFormat('en-US').format(parts)
}

const kindLabels: Record<Reward['kind'], string> = {
  credit: 'Credit',
  discount_code: 'Code',
  gift_card: 'Gift card',
  custom: 'Custom',
}

/** "Credit", "Code K7P-R4MX", "Custom, worth $20.00". */
export function describeKind({ kind, code, amount, currency, offThisJob }: Reward): string {
  if (offThisJob) return 'Off this job'
  if (kind === 'discount_code' && code) return `Code ${code}`
  return kind === 'custom' && amount > 0 ? `Custom, worth ${formatMoney(amount, currency)}` : kindLabels[kind]
}

/** Why the reward is in its state, in a sentence, with the date of the next change. */
export function describeState(
  reward: Reward,
  now: number,
  timeZone: string,
): { icon: IconName; words: string; sub: string } {
  const day = (moment: string) => shortDay(Date.parse(moment), now, timeZone)
  const { waits, status, decidedBy, reason } = reward
  const due = Date.parse(reward.availableAt) <= now
  if (waits === 'approval') {
    const sub = due ? 'Given as soon as you approve it' : `Then on hold until ${day(reward.availableAt)}`
    return { icon: 'hourglass', words: 'Waiting for your approval', sub }
  }
  if (waits === 'card') return describeDelivery(reward, day)
  if (waits === 'code') return { icon: 'tag', words: 'Waiting for a code', sub: 'Add codes to the campaign' }
  if (waits === 'hold') {
    const words = due ? 'Any moment now' : `Until ${day(reward.availableAt)}`
    return { icon: 'calendar-clock', words, sub: 'On hold after the job was paid' }
  }
  if (status === 'redeemed') {
    const used = reward.offThisJob ? 'Taken off the invoice of this job' : 'All of it was used'
    const by = decidedBy && reward.kind !== 'credit' ? `Marked by ${decidedBy}` : used
    return { icon: 'check', words: `Redeemed ${reward.redeemedAt ? day(reward.redeemedAt) : ''}`.trim(), sub: by }
  }
  if (status === 'voided') {
    return { icon: 'declined', words: decidedBy ? `Rejected by ${decidedBy}` : 'Taken back', sub: reason ?? '' }
  }
  if (reward.delivery?.state === 'to_do') return describeDelivery(reward, day)
  if (reward.delivery?.state === 'waiting')
    return { icon: 'converted', words: 'Available', sub: reward.delivery.sentence ?? '' }
  return { icon: 'converted', words: 'Available', sub: decidedBy ? `Approved by ${decidedBy}` : '' }
}

/** Where a gift card that is due is: with staff, with us, or with the provider. */
function describeDelivery({ delivery }: Reward, day: (moment: string) => string) {
  if (delivery === null)
    return { icon: 'gift', words: 'Any moment now', sub: 'The gift card is being prepared' } as const
  const { state, sentence, dueOn } = delivery
  if (state === 'to_do') {
    const sub = sentence ?? `Deliver it by ${day(`${dueOn}T12:00:00Z`)}`
    return { icon: 'alert', words: sentence === null ? 'To deliver' : 'Needs you', sub } as const
  }
  if (state === 'ordering') return { icon: 'hourglass', words: 'Being ordered', sub: sentence ?? '' } as const
  if (state === 'waiting') return { icon: 'hourglass', words: 'With the provider', sub: sentence ?? '' } as const
  return { icon: 'declined', words: 'Canceled', sub: sentence ?? '' } as const
}
