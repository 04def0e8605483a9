import { type MessageRow, messageStates } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { showPhone } from '../../shared/phone.ts'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { formatAgo } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { templatesPath } from '../messageTemplates/messageTemplates.model.ts'
import { MessageDialog } from './message.dialog.tsx'
import { MessageBadge, stateBadges } from './messageBadge.tsx'
import { createMessages, type MessagesModel, readMessageQuery, stateLabels } from './messages.model.ts'
import './messages.css'

const tabsId = 'message-state'

/** Clicking anywhere in a row opens its message, except on a button of its own. */
const isAction = (target: EventTarget | null) => target instanceof Element && target.closest('.act') !== null

function Row({ message, model }: { message: MessageRow; model: MessagesModel }) {
  const { now, me } = useConsole()
  const to = showPhone(message.to) ?? message.to
  return (
    <tr onClick={(event) => isAction(event.target) || model.open(message.id)}>
      <td class="channel">
        <Icon name={message.channel === 'email' ? 'mail' : 'message'} />
        <span class="sr-only">{message.channel === 'email' ? 'Email' : 'Text'}</span>
      </td>
      <td class="to">
        <b class="strong">{message.name ?? to}</b>
        {message.name && <span class="sub">{to}</span>}
      </td>
      <td class="subject">
        <button class="open" type="button">
          {message.subject}
        </button>
        {message.error && <span class="sub late">{message.error}</span>}
      </td>
      <td class="state-cell">
        <MessageBadge state={message.state} />
      </td>
      <td class="r muted">{formatAgo(message.sentAt ?? message.createdAt, now.value, me.organization.timeZone)}</td>
      <td class="act">
        {message.state === 'failed' && (
          <Button
            size="sm"
            icon="retry"
            busy={model.retrying.value.has(message.id)}
            onClick={() => void model.retry(message.id)}
          >
            Retry<span class="sr-only"> the message to {message.name ?? message.to}</span>
          </Button>
        )}
      </td>
    </tr>
  )
}

function NoMessages({ model }: { model: MessagesModel }) {
  const { state } = model.query.value
  if (state === null) {
    return (
      <EmptyState level={2} icon="message" title="No messages yet">
        Every email and text shows up here, with its content and status.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      level={2}
      icon="search"
      title={`No message is ${stateLabels[state].toLowerCase()}`}
      actions={<Button onClick={() => model.change({ state: null })}>Show all messages</Button>}
    />
  )
}

function ListBody({ model }: { model: MessagesModel }) {
  return (
    <PagedBody list={model} title="Messages" empty={<NoMessages model={model} />}>
      {(items) => (
        <Table caption="Messages, newest first" name="messages">
          <TableHead
            columns={[{ unseen: 'Channel' }, 'To', 'Message', 'Status', { end: 'When' }, { unseen: 'Actions' }]}
          />
          <tbody>
            {items.map((message) => (
              <Row key={message.id} message={message} model={model} />
            ))}
          </tbody>
        </Table>
      )}
    </PagedBody>
  )
}

/** Every message Goodword sent. */
export function MessagesPage() {
  const { client, me } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const model = useMemo(() => createMessages({ client, navigate: route }), [client])
  useEffect(() => model.show(readMessageQuery(query)), [model, query])
  const { state } = model.query.value
  return (
    <Page
      title="Messages"
      actions={
        <ButtonLink href={templatesPath} icon="pencil">
          Message templates
        </ButtonLink>
      }
    >
      {me.delivery === 'kept' && (
        <Notice tone="info">Messages are saved here but not sent, because no email server is set up.</Notice>
      )}
      <section class="card list" aria-label="Messages list" aria-busy={model.page.loading.value}>
        <Tabs
          id={tabsId}
          label="Status"
          value={state ?? 'all'}
          tabs={[
            { value: 'all' as const, label: 'All' },
            ...messageStates.map((value) => ({ value, label: stateLabels[value], icon: stateBadges[value].icon })),
          ]}
          onChange={(value) => model.change({ state: value === 'all' ? null : value })}
        />
        <TabPanel id={tabsId} value={state ?? 'all'}>
          {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
          <ListBody model={model} />
        </TabPanel>
      </section>
      <p class="keeps">Messages are kept for 180 days, notices to your team for 90, and sign-in links for 30.</p>
      {model.opened.value && <MessageDialog model={model} />}
    </Page>
  )
}
