import type { MessageState } from '@goodword/contracts'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { stateLabels } from './messages.model.ts'

export const stateBadges: Record<MessageState, { badge: string; icon: IconName }> = {
  queued: { badge: 'pending', icon: 'pending' },
  sending: { badge: 'accepted', icon: 'accepted' },
  sent: { badge: 'converted', icon: 'converted' },
  kept: { badge: 'expired', icon: 'inbox' },
  failed: { badge: 'declined', icon: 'declined' },
  suppressed: { badge: 'expired', icon: 'expired' },
}

export function MessageBadge({ state }: { state: MessageState }) {
  const look = stateBadges[state]
  return (
    <span class={`badge ${look.badge}`}>
      <Icon name={look.icon} />
      {stateLabels[state]}
    </span>
  )
}
