import type { WebhookEndpoint } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { formatAgo } from '../core/relativeDates.ts'
import { SettingsFrame } from '../settings/settings.frame.tsx'
import { SecretDialog } from './secret.dialogs.tsx'
import { WebhookDialog } from './webhook.form.tsx'
import { describeEndpoint, describeEvents } from './webhooks.labels.ts'
import { createWebhooks } from './webhooks.model.ts'
import './webhooks.css'

const icons: Record<WebhookEndpoint['state'], IconName> = {
  active: 'converted',
  failing: 'alert',
  disabled: 'declined',
}

function Row({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { now, me } = useConsole()
  const began = endpoint.disabledAt ?? endpoint.failingSince
  const since = began && formatAgo(began, now.value, me.organization.timeZone)
  return (
    <li class={endpoint.state}>
      <Icon name={icons[endpoint.state]} />
      <span class="what">
        <a class="mono" href={`/console/settings/webhooks/${endpoint.id}`}>
          {endpoint.url}
        </a>
        <small>
          {[endpoint.description, describeEndpoint(endpoint, since), describeEvents(endpoint.events)]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      {endpoint.failed > 0 && <span class="tag late">{countText(endpoint.failed)} failed</span>}
    </li>
  )
}

/** The webhook endpoints. */
export function WebhooksPage() {
  const { client, me } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createWebhooks({ client }), [client])
  const [adding, setAdding] = useState(false)
  useEffect(() => void model.list.load(), [model])
  const writable = me.actor.type === 'member' && may(me.actor.role, 'settings:write')
  const { data, failure } = model.list
  const items = data.value?.items ?? []
  const made = model.made.value
  const add = writable && (
    <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
      Add webhook
    </Button>
  )
  return (
    <SettingsFrame
      section="webhooks"
      lead="Send events to your other systems. Requests are signed and retried for 3 days."
      actions={items.length > 0 && add}
    >
      <section class="card" aria-label="Webhooks" aria-busy={model.list.loading.value}>
        {!data.value && failure.value && (
          <ErrorState title="Webhooks did not load" onRetry={model.list.load}>
            {loadFailureText(failure.value)}
          </ErrorState>
        )}
        {!data.value && !failure.value && <Skeleton rows={2} label="Loading webhooks" />}
        {data.value && items.length === 0 && (
          <EmptyState icon="send" title="No webhooks yet" actions={add}>
            Tell your job system when a referral converts, or your accounting when credit is used.
          </EmptyState>
        )}
        <ul class="webhooks">
          {items.map((endpoint) => (
            <Row key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      </section>
      {adding && !made && <WebhookDialog known={null} save={model.add} close={() => setAdding(false)} />}
      {made && (
        <SecretDialog
          secret={made.secret}
          until={null}
          close={() => {
            model.made.value = null
            route(`/console/settings/webhooks/${made.id}`)
          }}
        />
      )}
    </SettingsFrame>
  )
}
