import type { CreditRequest } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { PagedBody } from '../core/pagedBody.tsx'
import { formatAgo } from '../core/relativeDates.ts'
import type { RewardsModel } from './rewards.model.ts'
import { requestLabels } from './rewards.query.ts'

export type Answering = { kind: 'complete' | 'turn-down'; request: CreditRequest }

export const useLabels: Record<CreditRequest['use'], string> = {
  next_invoice: 'Next invoice',
  discount_code: 'A discount code',
  payout: 'Payout',
}

function Row({ request, onAnswer }: { request: CreditRequest; onAnswer: (answering: Answering) => void }) {
  const { now, me } = useConsole()
  const { amount, available, currency, contact, state } = request
  const who = <span class="sr-only"> the request of {contact.name}</span>
  const short = state === 'open' && available < amount
  const moment = request.closedAt ?? request.createdAt
  return (
    <tr>
      <td class="recipient">
        <a class="strong" href={`/console/contacts/${contact.id}`}>
          {contact.name}
        </a>
        {request.note && <span class="sub">{request.note}</span>}
      </td>
      <td class="what">
        <span class="strong">{formatMoney(amount, currency)}</span>
        <span class={short ? 'sub late' : 'sub'}>of {formatMoney(available, currency)} that can be used</span>
      </td>
      <td class="where">
        {useLabels[request.use]}
        {request.answer && <span class="sub">{request.answer}</span>}
      </td>
      <td class="job">
        {formatAgo(moment, now.value, me.organization.timeZone)}
        {request.closedBy && <span class="sub">By {request.closedBy}</span>}
      </td>
      <td class="act">
        {state === 'open' && (
          <>
            <Button size="sm" look="tint" icon="check" onClick={() => onAnswer({ kind: 'complete', request })}>
              Mark as done…{who}
            </Button>
            <Button size="sm" look="quiet" onClick={() => onAnswer({ kind: 'turn-down', request })}>
              Reject…{who}
            </Button>
          </>
        )}
      </td>
    </tr>
  )
}

function Nothing({ model }: { model: RewardsModel }) {
  const { state, q } = model.list.value
  if (q) return <EmptyState level={2} icon="search" title={`Nothing matches “${q}”`} />
  return (
    <EmptyState level={2} icon="inbox" title={state === 'open' ? 'No open requests' : 'No requests'}>
      When an advocate asks to use credit in the portal, the request shows up here.
    </EmptyState>
  )
}

/** Requests to use credit: open ones, longest wait first, and answered ones. */
export function RequestsTab({ model, onAnswer }: { model: RewardsModel; onAnswer: (answering: Answering) => void }) {
  const { state } = model.list.value
  return (
    <PagedBody
      list={{ ...model.turningRequests, page: { ...model.requests, load: model.load } }}
      title="Requests"
      level={2}
      rows={6}
      empty={<Nothing model={model} />}
    >
      {(items) => (
        <Table caption={`Requests to use credit: ${requestLabels[state]}`} name="rewards-list">
          <TableHead columns={['Advocate', 'Amount', 'For', 'When', { unseen: 'Actions' }]} />
          <tbody>
            {items.map((request) => (
              <Row key={request.id} request={request} onAnswer={onAnswer} />
            ))}
          </tbody>
        </Table>
      )}
    </PagedBody>
  )
}
