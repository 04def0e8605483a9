import type { Reward } from '@goodword/contracts'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { BulkActions } from '../core/bulkBar.tsx'
import { useConsole } from '../core/console.ts'
import { formatAgo } from '../core/relativeDates.ts'
import { describeKind, describeReward, describeState } from './rewards.labels.ts'
import type { RewardsModel } from './rewards.model.ts'
import { tabLabels } from './rewards.query.ts'

type Does = {
  model: RewardsModel
  onReject: (rows: Reward[]) => void
  onApprove: (rows: Reward[]) => void
  onReinstate: (reward: Reward) => void
  onHand: (kind: 'deliver' | 'retry' | 'day' | 'override', reward: Reward) => void
}

const canBeMarked = ({ status, kind }: Reward) => status === 'issued' && kind !== 'credit'

function Actions({ reward, model, onReject, onApprove, onReinstate, onHand }: Does & { reward: Reward }) {
  const { toasts } = useConsole()
  const busy = model.busy.value !== null
  const toDeliver = reward.delivery?.state === 'to_do' && reward.status !== 'voided' ? reward.delivery : null
  const more: MenuItem[] = [
    ...(toDeliver
      ? [{ label: 'Change the day…', icon: 'calendar-clock' as const, run: () => onHand('day', reward) }]
      : []),
    ...(reward.status === 'voided' && !reward.refused
      ? []
      : [{ label: 'Change the status…', icon: 'pencil' as const, run: () => onHand('override', reward) }]),
  ]
  const who = <span class="sr-only"> the reward of {reward.contact.name}</span>
  const fulfill = async () => {
    const done = await model.fulfill(reward.id)
    if (done) toasts.show({ icon: 'check', text: `Marked as ${done.kind === 'custom' ? 'delivered' : 'used'}.` })
  }
  return (
    <td class="act">
      {reward.waits === 'approval' && (
        <Button size="sm" look="tint" icon="check" busy={busy} onClick={() => onApprove([reward])}>
          Approve{who}
        </Button>
      )}
      {toDeliver?.canRetry && (
        <Button size="sm" look="tint" onClick={() => onHand('retry', reward)}>
          Try again…{who}
        </Button>
      )}
      {toDeliver && reward.kind === 'gift_card' && (
        <Button size="sm" look={toDeliver.canRetry ? undefined : 'tint'} onClick={() => onHand('deliver', reward)}>
          Deliver…{who}
        </Button>
      )}
      {reward.status === 'pending' && !toDeliver && (
        <Button size="sm" look="quiet" onClick={() => onReject([reward])}>
          Reject…{who}
        </Button>
      )}
      {reward.refused && (
        <Button size="sm" look="quiet" onClick={() => onReinstate(reward)}>
          Reinstate…{who}
        </Button>
      )}
      {canBeMarked(reward) && (
        <Button size="sm" busy={busy} onClick={() => void fulfill()}>
          {reward.kind === 'custom' ? 'Delivered' : 'Used'}
          {who}
        </Button>
      )}
      {more.length > 0 && (
        <Menu label={`More for the reward of ${reward.contact.name}`} buttonClass="btn quiet square sm" items={more}>
          <Icon name="ellipsis" />
        </Menu>
      )}
    </td>
  )
}

function Row(props: Does & { reward: Reward; choosing: boolean }) {
  const { reward, model, choosing } = props
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  const state = describeState(reward, now.value, timeZone)
  const chosen = model.chosen.value.has(reward.id)
  return (
    <tr aria-selected={choosing ? chosen : undefined}>
      {choosing && (
        <td class="pick">
          <label class="check">
            <input type="checkbox" checked={chosen} onChange={() => model.toggle(reward.id)} />
            <span class="sr-only">Select the reward of {reward.contact.name}</span>
          </label>
        </td>
      )}
      <td class="recipient">
        <a class="strong" href={`/console/contacts/${reward.contact.id}`}>
          {reward.contact.name}
        </a>
        <span class="sub">
          {reward.side === 'friend' ? 'As a friend' : `For ${reward.referral.friendName || 'a friend'}`}
        </span>
      </td>
      <td class="what">
        <span class="strong">{describeReward(reward)}</span>
        <span class={reward.code ? 'sub mono' : 'sub'}>{describeKind(reward)}</span>
      </td>
      <td class="where">
        <span class="state-text">
          <Icon name={state.icon} small />
          {state.words}
        </span>
        {state.sub && <span class="sub">{state.sub}</span>}
      </td>
      <td class="job">
        <a href={`/console/referrals/${reward.referral.id}`}>
          {reward.campaign.name}
          <span class="sr-only">: the referral of {reward.referral.friendName || 'a friend'}</span>
        </a>
        <span class="sub">{formatAgo(reward.createdAt, now.value, timeZone)}</span>
      </td>
      <Actions {...props} />
    </tr>
  )
}

/** The rewards of one tab. Pending ones can be selected and decided together. */
export function RewardTable(props: Does) {
  const { model } = props
  const rows = model.rows.value
  const { tab } = model.list.value
  const choosing = tab === 'waiting' || tab === 'to_approve'
  const all = rows.length > 0 && rows.every(({ id }) => model.chosen.value.has(id))
  return (
    <Table caption={`Rewards: ${tabLabels[tab]}`} name="rewards-list">
      <TableHead
        columns={[
          ...(choosing
            ? [
                <th scope="col" class="pick" key="choose">
                  <label class="check">
                    <input type="checkbox" checked={all} onChange={() => model.toggleAll()} />
                    <span class="sr-only">Select all on this page</span>
                  </label>
                </th>,
              ]
            : []),
          'Recipient',
          'Reward',
          'Status',
          'Campaign',
          { unseen: 'Actions' },
        ]}
      />
      <tbody>
        {rows.map((reward) => (
          <Row key={reward.id} {...props} reward={reward} choosing={choosing} />
        ))}
      </tbody>
    </Table>
  )
}

/** Actions for the selected rewards; shown while any are selected. */
export function RewardBulkBar({ model, onReject, onApprove }: Does) {
  const rows = model.chosenRows.value
  if (rows.length === 0) return null
  const approvable = rows.some(({ waits }) => waits === 'approval')
  return (
    <BulkActions label="Selected rewards" words={`${rows.length} selected`}>
      {approvable && (
        <Button size="sm" look="quiet" icon="check" busy={model.busy.value !== null} onClick={() => onApprove(rows)}>
          Approve
        </Button>
      )}
      <Button size="sm" look="quiet" icon="declined" onClick={() => onReject(rows)}>
        Reject…
      </Button>
      <Button size="sm" look="quiet" onClick={() => model.clear()}>
        Clear
      </Button>
    </BulkActions>
  )
}
