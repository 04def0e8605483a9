import { type EventType, eventTypes, type WebhookDeliveryState, type WebhookEndpoint } from '@goodword/contracts'
import type { IconName } from '../../shared/ui/icon.tsx'

/** The events to choose from, grouped by noun. A test event is only sent on request. */
const subjectOf = (type: EventType) => type.split('.')[0] ?? type
const chosen = eventTypes.filter((type) => type !== 'endpoint.test')
export const eventGroups: { noun: string; events: EventType[] }[] = [...new Set(chosen.map(subjectOf))].map((noun) => ({
  noun: noun.charAt(0).toUpperCase() + noun.slice(1),
  events: chosen.filter((type) => subjectOf(type) === noun),
}))

/** "Converted" for "referral.converted". */
export function eventLabel(type: EventType): string {
  const word = type.split('.')[1] ?? type
  return word.charAt(0).toUpperCase() + word.slice(1)
}

export const stateBadges: Record<WebhookDeliveryState, { word: string; icon: IconName; look: string }> = {
  queued: { word: 'Waiting', icon: 'pending', look: 'pending' },
  sending: { word: 'Sending', icon: 'send', look: 'accepted' },
  delivered: { word: 'Delivered', icon: 'converted', look: 'converted' },
  failed: { word: 'Failed', icon: 'alert', look: 'declined' },
}

/** An endpoint's state in a sentence; `since` is when it began to fail or was disabled. */
export function describeEndpoint(endpoint: WebhookEndpoint, since: string | null): string {
  if (!endpoint.isSecretReadable && endpoint.state !== 'disabled') return 'Secret can’t be read: create a new one'
  if (endpoint.state === 'active') return endpoint.lastDeliveredAt ? 'Delivering' : 'No deliveries yet'
  if (endpoint.state === 'failing') return `Failing since ${since}; retrying`
  const reasons = {
    gone: 'it answered that it is gone',
    failing: 'nothing was delivered for three days',
    member: 'by a member',
  }
  return `Switched off ${since}: ${reasons[endpoint.disabledBecause ?? 'member']}`
}

/** "All events", or how many. */
export const describeEvents = (events: readonly EventType[]): string =>
  events.length === 0 ? 'All events' : events.length === 1 ? `${events[0]}` : `${events.length} events`
