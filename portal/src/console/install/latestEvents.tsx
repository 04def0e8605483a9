import type { EmbedEvent } from '@goodword/contracts'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { formatAgo } from '../core/relativeDates.ts'
import type { InstallModel } from './install.model.ts'

const kindIcons: Record<EmbedEvent['kind'], IconName> = { form: 'file-text', visit: 'globe', submit: 'send' }
export const kindLabels: Record<EmbedEvent['kind'], string> = { form: 'Form', visit: 'Visit', submit: 'Sent' }

/** One event: its outcome, the reason, and where it came from. */
export function EventRow({ event }: { event: EmbedEvent }) {
  const { now, me } = useConsole()
  const good = event.outcome === 'attributed' || event.outcome === 'attributed_by_hand'
  const from = [
    kindLabels[event.kind],
    event.origin?.replace(/^https?:\/\//, '') ?? 'no website',
    event.code && `code ${event.code}`,
    event.version && `tag ${event.version}`,
    event.times > 1 && `${countText(event.times)} times within the minute`,
  ].filter(Boolean)
  return (
    <li class={good ? 'good' : 'not'}>
      <Icon name={event.outcome === 'attributed' ? kindIcons[event.kind] : good ? 'user-check' : 'alert'} />
      <div>
        <p class="what">
          {event.referralId ? (
            <a href={`/console/referrals/${event.referralId}`}>{event.title}</a>
          ) : (
            <b>{event.title}</b>
          )}
          <small>{formatAgo(event.at, Math.max(now.value, Date.now()), me.organization.timeZone)}</small>
        </p>
        <p class="from">{from.join(' · ')}</p>
        {event.cure && <p class="cure">{event.cure}</p>}
      </div>
    </li>
  )
}

/** The newest website events. */
export function LatestEvents({ model }: { model: InstallModel }) {
  const items = model.events.data.value?.items
  return (
    <section class="card website-events">
      <header>
        <h2>Website activity</h2>
        <ButtonLink href="/console/install/events" size="sm" look="quiet">
          See all
        </ButtonLink>
      </header>
      {items?.length === 0 && (
        <p class="none">Nothing yet. Every form, link and referral from your website shows up here.</p>
      )}
      <ul>
        {items?.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
    </section>
  )
}
