import type { ReferralStatus } from '@goodword/contracts'
import { Icon, type IconName } from './icon.tsx'

/** Status icons: shapes that differ without color. */
export const statusIcons: Record<ReferralStatus, IconName> = {
  pending: 'pending',
  accepted: 'accepted',
  converted: 'converted',
  declined: 'declined',
  expired: 'expired',
  reversed: 'undo',
}

/** The label of a status, as the team reads it. */
export const statusLabel = (status: ReferralStatus): string => labels[status]

const labels: Record<ReferralStatus, string> = {
  pending: 'Pending',
  accepted: 'Accepted',
  converted: 'Converted',
  declined: 'Declined',
  expired: 'Expired',
  reversed: 'Reversed',
}

/** `word` replaces the label for readers outside the team. */
type StatusBadgeProps = { status: ReferralStatus; word?: string; plain?: boolean }

export function StatusBadge({ status, word = statusLabel(status), plain = false }: StatusBadgeProps) {
  return (
    <span class={`badge ${status === 'reversed' ? 'expired' : status}${plain ? ' plain' : ''}`}>
      <Icon name={statusIcons[status]} />
      {word}
    </span>
  )
}
