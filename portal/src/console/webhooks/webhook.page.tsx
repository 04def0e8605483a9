import type { WebhookEndpoint } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { formatAgo, pluralize } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SettingsFrame } from '../settings/settings.frame.tsx'
import { DeliveryDialog } from './delivery.dialog.tsx'
import { DeliveryLog } from './log.tsx'
import { ConfirmDialog, SecretDialog } from './secret.dialogs.tsx'
import { WebhookDialog } from './webhook.form.tsx'
import { createWebhook, pollMs, readLogQuery, type WebhookModel } from './webhook.model.ts'
import { describeEndpoint, describeEvents } from './webhooks.labels.ts'
import './webhooks.css'

type OpenDialog = 'edit' | 'rotate' | 'disable' | 'remove' | null

function Dialogs({ model, asking, close }: { model: WebhookModel; asking: OpenDialog; close: () => void }) {
  const { route } = useLocation()
  const known = model.endpoint.data.value
  if (asking === 'edit') return <WebhookDialog known={known} save={model.update} close={close} />
  if (asking === 'rotate') {
    return (
      <ConfirmDialog
        title="Create a new secret"
        action="Create new secret"
        run={() => void model.rotate()}
        close={close}
      >
        {known?.isSecretReadable === false
          ? 'Your server accepts nothing until you enter the new one there. Waiting events are tried again.'
          : 'The old one also signs for 24 hours, so your server can switch. Nothing is lost meanwhile.'}
      </ConfirmDialog>
    )
  }
  if (asking === 'disable') {
    return (
      <ConfirmDialog title="Switch it off" action="Switch off" danger run={() => void model.disable()} close={close}>
        Nothing is sent until you switch it on again. Waiting events are marked as failed and can be sent later.
      </ConfirmDialog>
    )
  }
  if (asking === 'remove') {
    const remove = async () => {
      if (await model.remove()) route('/console/settings/webhooks')
    }
    return (
      <ConfirmDialog title="Remove this webhook" action="Remove" danger run={() => void remove()} close={close}>
        Its log and its secret go with it. This cannot be undone.
      </ConfirmDialog>
    )
  }
  return null
}

/** Why deliveries are paused or failing, with the action to fix it. */
function State({
  model,
  endpoint,
  ask,
}: {
  model: WebhookModel
  endpoint: WebhookEndpoint
  ask: ((what: OpenDialog) => void) | null
}) {
  const writable = ask !== null
  const { now, me, toasts } = useConsole()
  const began = endpoint.disabledAt ?? endpoint.failingSince
  const since = began && formatAgo(began, now.value, me.organization.timeZone)
  const replay = async () => {
    const count = await model.replayFailed(null)
    if (count !== null) toasts.show({ icon: 'retry', text: `${pluralize(count, 'event')} sent again.` })
  }
  const off = endpoint.state === 'disabled'
  return (
    <>
      {!endpoint.isSecretReadable && (
        <Notice
          tone="bad"
          action={
            ask && (
              <Button size="sm" icon="refresh" onClick={() => ask('rotate')}>
                New secret
              </Button>
            )
          }
        >
          <b>The secret can’t be read anymore,</b> because this installation got another one since. Nothing is sent
          until you create a new secret and enter it on your server. Waiting events are sent then.
        </Notice>
      )}
      {endpoint.state !== 'active' && (off || endpoint.isSecretReadable) && (
        <Notice
          tone={off ? 'warn' : 'info'}
          action={
            off &&
            writable && (
              <Button size="sm" busy={model.busy.value === 'enable'} onClick={() => void model.enable()}>
                Switch on
              </Button>
            )
          }
        >
          {describeEndpoint(endpoint, since)}.
        </Notice>
      )}
      {endpoint.failed > 0 && !off && (
        <Notice
          tone="warn"
          action={
            writable && (
              <Button size="sm" icon="retry" busy={model.busy.value === 'replay all'} onClick={() => void replay()}>
                Send all again
              </Button>
            )
          }
        >
          {pluralize(endpoint.failed, 'event')} failed.
        </Notice>
      )}
    </>
  )
}

function Head({
  model,
  endpoint,
  ask,
}: {
  model: WebhookModel
  endpoint: WebhookEndpoint
  ask: ((what: OpenDialog) => void) | null
}) {
  const off = endpoint.state === 'disabled'
  return (
    <header class="webhook-head">
      <div>
        <h2 class="mono">{endpoint.url}</h2>
        <p>{[endpoint.description, describeEvents(endpoint.events)].filter(Boolean).join(' · ')}</p>
        {endpoint.events.length > 1 && <p class="mono events">{endpoint.events.join(', ')}</p>}
      </div>
      {ask && (
        <div class="row">
          <Button
            look="primary"
            icon="send"
            disabled={off}
            busy={model.busy.value === 'test'}
            onClick={() => void model.test()}
          >
            Send test event
          </Button>
          <Button icon="lock" busy={model.busy.value === 'secret'} onClick={() => void model.showSecret()}>
            Show secret
          </Button>
          <Menu
            label="More actions"
            buttonClass="btn square"
            items={[
              { label: 'Edit', icon: 'pencil', run: () => ask('edit') },
              { label: 'New secret', icon: 'refresh', run: () => ask('rotate') },
              ...(off ? [] : [{ label: 'Switch off', icon: 'declined', run: () => ask('disable') } as const]),
              { label: 'Remove', icon: 'trash', danger: true, run: () => ask('remove') },
            ]}
          >
            <Icon name="ellipsis" />
          </Menu>
        </div>
      )}
    </header>
  )
}

/** One webhook with its log. */
export function WebhookPage() {
  const { client, me } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const { params } = useRoute()
  const id = params.id ?? ''
  const model = useMemo(() => createWebhook({ client, id, navigate: route }), [client, id])
  const [asking, setAsking] = useState<OpenDialog>(null)
  useEffect(() => {
    void model.endpoint.load()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') model.poll()
    }, pollMs)
    return () => clearInterval(timer)
  }, [model])
  useEffect(() => model.show(readLogQuery(query)), [model, query])
  const writable = me.actor.type === 'member' && may(me.actor.role, 'settings:write')
  const endpoint = model.endpoint.data.value
  const failure = model.endpoint.failure.value
  const secret = model.secret.value
  return (
    <SettingsFrame section="webhooks" lead={<a href="/console/settings/webhooks">All webhooks</a>}>
      {!endpoint && failure?.code === 'not_found' && (
        <EmptyState
          card
          icon="search"
          title="There is no such webhook"
          actions={<ButtonLink href="/console/settings/webhooks">Show all webhooks</ButtonLink>}
        />
      )}
      {!endpoint && failure && failure.code !== 'not_found' && (
        <ErrorState card title="The webhook did not load" onRetry={model.endpoint.load}>
          {loadFailureText(failure)}
        </ErrorState>
      )}
      {!endpoint && !failure && <Skeleton rows={6} label="Loading the webhook" />}
      {endpoint && (
        <>
          <Head model={model} endpoint={endpoint} ask={writable ? setAsking : null} />
          {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
          <State model={model} endpoint={endpoint} ask={writable ? setAsking : null} />
          <DeliveryLog model={model} writable={writable} />
        </>
      )}
      <Dialogs model={model} asking={asking} close={() => setAsking(null)} />
      {secret && <SecretDialog secret={secret.secret} until={secret.previousSecretUntil} close={model.hideSecret} />}
      {model.opened.value && <DeliveryDialog model={model} writable={writable} />}
    </SettingsFrame>
  )
}
