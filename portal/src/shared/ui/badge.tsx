import type { ReferralStatus } from '@goodword/contracts'
import { Icon, type IconName } from './icon.tsx'

export type Audience = 'console' | 'portal'

/** Status icons: shapes that differ without color. */
export const statusIcons: Record<ReferralStatus, IconName> = {
  pending: 'pending',
  accepted: 'accepted',
  converted: 'converted',
  declined: 'declined',
  expired: 'expired',
  reversed: 'undo',
}

const labels: Record<Audience, Record<ReferralStatus, string>> = {
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

/** The label of a status. Advocates get friendlier ones, where `date` ("Jun 4") completes "Sent Jun 4". */
export function statusLabel(status: ReferralStatus, audience: Audience = 'console', date?: string) {
  const word = labels[audience][status]
  return audience === 'portal' && status === 'pending' && date ? `${word} ${date}` : word
}

type StatusBadgeProps = { status: ReferralStatus; audience?: Audience; date?: string; plain?: boolean }

export function StatusBadge({ status, audience = 'console', date, plain = false }: StatusBadgeProps) {
  return (
    <span class={`badge ${status === 'reversed' ? 'expired' : status}${plain ? ' plain' : ''}`}>
      <Icon name={statusIcons[status]} />
      {statusLabel(status, audience, date)}
    </span>
  )
}
