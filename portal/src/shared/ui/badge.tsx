import type { ReferralStatus } from '@goodword/contracts'
import { Icon, type IconName } from './icon.tsx'

export type Audience = 'console' | 'portal'

/** The icon of a status: five shapes that differ without color, and a return arrow. */
export const statusIcons: Record<ReferralStatus, IconName> = {
  pending: 'pending',
  accepted: 'accepted',
  converted: 'converted',
  declined: 'declined',
  expired: 'expired',
  reversed: 'undo',
}

const words: Record<Audience, Record<ReferralStatus, string>> = {
  console: {
    pending: 'Pending',
    accepted: 'Accepted',
    converted: 'Converted',
    declined: 'Declined',
    expired: 'Expired',
    reversed: 'Reversed',
  },
  portal: {
    pending: 'Sent',
    accepted: 'In touch',
    converted: 'Completed',
    declined: 'Not this time',
    expired: 'Expired',
    reversed: 'Taken back',
  },
}

/** The word for a status. Advocates read friendlier ones; there `date` ("Jun 4") completes "Sent Jun 4". */
export function statusWord(status: ReferralStatus, audience: Audience = 'console', date?: string) {
  const word = words[audience][status]
  return audience === 'portal' && status === 'pending' && date ? `${word} ${date}` : word
}

type StatusBadgeProps = { status: ReferralStatus; audience?: Audience; date?: string; plain?: boolean }

export function StatusBadge({ status, audience = 'console', date, plain = false }: StatusBadgeProps) {
  return (
    <span class={`badge ${status === 'reversed' ? 'expired' : status}${plain ? ' plain' : ''}`}>
      <Icon name={statusIcons[status]} />
      {statusWord(status, audience, date)}
    </span>
  )
}
