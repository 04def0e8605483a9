import { type WebhookDelivery, type WebhookDeliveryState, webhookDeliveryStates } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { PagedBody } from '../core/pagedBody.tsx'
import { formatAgo } from '../core/relativeDates.ts'
import type { WebhookModel } from './webhook.model.ts'
import { stateBadges } from './webhooks.labels.ts'

const tabsId = 'delivery-state'

export function DeliveryBadge({ state }: { state: WebhookDeliveryState }) {
  const { word, icon, look } = stateBadges[state]
  return (
    <span class={`badge ${look}`}>
      <Icon name={icon} />
      {word}
    </span>
  )
}

const isAction = (target: EventTarget | null) => target instanceof Element && target.closest('.act') !== null

function Row({ delivery, model, writable }: { delivery: WebhookDelivery; model: WebhookModel; writable: boolean }) {
  const { now, me } = useConsole()
  return (
    <tr onClick={(event) => isAction(event.target) || model.open(delivery.id)}>
      <td class="event">
        <button class="open mono" type="button">
          {delivery.type}
        </button>
      </td>
      <td class="state-cell">
        <DeliveryBadge state={delivery.state} />
      </td>
      <td class="answer num">{delivery.lastStatus ?? <Dash label="no answer" />}</td>
      <td class="tries num">{delivery.attempts}</td>
      <td class="r muted">
        {formatAgo(delivery.createdAt, Math.max(now.value, Date.now()), me.organization.timeZone)}
      </td>
      <td class="act">
        {writable && delivery.state === 'failed' && (
          <Button
            size="sm"
            icon="retry"
            busy={model.busy.value === `replay ${delivery.id}`}
            onClick={() => void model.replay(delivery.id)}
          >
            Send again<span class="sr-only">: {delivery.type}</span>
          </Button>
        )}
      </td>
    </tr>
  )
}

function NothingSent({ model }: { model: WebhookModel }) {
  const { state } = model.query.value
  return state === null ? (
    <EmptyState level={2} icon="send" title="No deliveries yet">
      Each event shows up here for 30 days, with the request and the response.
    </EmptyState>
  ) : (
    <EmptyState
      level={2}
      icon="search"
      title={`Nothing is ${stateBadges[state].word.toLowerCase()}`}
      actions={<Button onClick={() => model.change({ state: null })}>Show all</Button>}
    />
  )
}

function Body({ model, writable }: { model: WebhookModel; writable: boolean }) {
  return (
    <PagedBody list={{ ...model, page: model.log }} title="The log" rows={6} empty={<NothingSent model={model} />}>
      {(items) => (
        <Table caption="What was sent, newest first" name="deliveries">
          <TableHead columns={['Event', 'Status', 'Response', 'Tries', { end: 'When' }, { unseen: 'Actions' }]} />
          <tbody>
            {items.map((delivery) => (
              <Row key={delivery.id} delivery={delivery} model={model} writable={writable} />
            ))}
          </tbody>
        </Table>
      )}
    </PagedBody>
  )
}

/** The deliveries to one endpoint, newest first. */
export function DeliveryLog({ model, writable }: { model: WebhookModel; writable: boolean }) {
  const { state } = model.query.value
  return (
    <section class="card list" aria-label="Log" aria-busy={model.log.loading.value}>
      <Tabs
        id={tabsId}
        label="Status"
        value={state ?? 'all'}
        tabs={[
          { value: 'all' as const, label: 'All' },
          ...webhookDeliveryStates.map((value) => ({
            value,
            label: stateBadges[value].word,
            icon: stateBadges[value].icon,
          })),
        ]}
        onChange={(value) => model.change({ state: value === 'all' ? null : value })}
      />
      <TabPanel id={tabsId} value={state ?? 'all'}>
        <Body model={model} writable={writable} />
      </TabPanel>
    </section>
  )
}
