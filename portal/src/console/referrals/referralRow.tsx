import type { ReferralRow } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { showPhone } from '../../shared/phone.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { Dash } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { formatAgo, pluralize } from '../core/relativeDates.ts'
import { describeNextStep, flagLabels, friendTitle, isComplete, isLive, mainAction, openFlags } from './nextStep.ts'
import { rowReward } from './rowReward.ts'

export type RowActions = {
  href: (row: ReferralRow) => string
  open: (row: ReferralRow) => void
  accept: (row: ReferralRow) => void
  unaccept: (row: ReferralRow) => void
  convert: (row: ReferralRow) => void
  decline: (row: ReferralRow) => void
}

/** All actions of a referral except the main one. */
function rowMenu(row: ReferralRow, does: RowActions): MenuItem[] {
  const items: MenuItem[] = [{ label: 'Open', icon: 'arrow-right', run: () => does.open(row) }]
  if (row.status === 'pending' && isComplete(row))
    items.push({ label: 'Mark as converted', icon: 'converted', run: () => does.convert(row) })
  if (row.status === 'accepted') items.push({ label: 'Back to pending', icon: 'undo', run: () => does.unaccept(row) })
  if (isLive(row)) items.push({ label: 'Decline…', icon: 'declined', danger: true, run: () => does.decline(row) })
  return items
}

function NextStep({ row }: { row: ReferralRow }) {
  const { now, me } = useConsole()
  const { text, tone } = describeNextStep(row, now.value, me.organization.timeZone)
  if (tone === 'late') {
    return (
      <span class="late">
        <Icon name="clock" small /> {text}
      </span>
    )
  }
  return <span class={tone === 'do' ? 'strong' : 'muted'}>{text}</span>
}

function Friend({ row, href }: { row: ReferralRow; href: string }) {
  const { friend } = row
  const flagged = openFlags(row)
    .map((flag) => flagLabels[flag])
    .join('. ')
  return (
    <span class="who">
      <Avatar name={friendTitle(row)} />
      <span>
        <a class="name" href={href} data-row={row.id}>
          {friendTitle(row)}
        </a>
        {flagged && (
          <span class="flag" title={flagged}>
            <Icon name="alert" small />
            <span class="sr-only">Flagged: {flagged}.</span>
          </span>
        )}
        <span class="sub">{showPhone(friend.phone) ?? friend.email ?? 'No contact details yet'}</span>
      </span>
    </span>
  )
}

function Reward({ row }: { row: ReferralRow }) {
  const reward = rowReward(row)
  if (reward === null) return <Dash />
  return (
    <>
      <span class="strong what" title={reward.what}>
        {reward.what}
      </span>
      <span class="sub">{reward.sub}</span>
    </>
  )
}

function Action({ row, busy, does, first }: { row: ReferralRow; busy: boolean; does: RowActions; first: boolean }) {
  const action = mainAction(row)
  if (action === 'accept') {
    return (
      <Button size="sm" busy={busy} onClick={() => does.accept(row)}>
        Accept<span class="sr-only">, {friendTitle(row)}</span>
      </Button>
    )
  }
  if (action === 'convert') {
    return (
      <Button size="sm" look={first ? 'primary' : undefined} busy={busy} onClick={() => does.convert(row)}>
        Mark as converted<span class="sr-only">, {friendTitle(row)}</span>
      </Button>
    )
  }
  return (
    <ButtonLink size="sm" look="quiet" href={does.href(row)}>
      Open<span class="sr-only">, {friendTitle(row)}</span>
    </ButtonLink>
  )
}

/** One referral in the list, with its main action and a menu. */
export function ReferralTableRow({
  row,
  selected,
  busy,
  first,
  does,
  onToggle,
  onReach,
}: {
  row: ReferralRow
  selected: boolean
  busy: boolean
  /** Whether its action is the page's one primary button. */
  first: boolean
  does: RowActions
  onToggle: () => void
  onReach: () => void
}) {
  const { now, me } = useConsole()
  return (
    <tr aria-selected={selected} onFocusIn={onReach}>
      <td class="pick">
        <label class="check">
          <input type="checkbox" checked={selected} aria-label={`Select ${friendTitle(row)}`} onChange={onToggle} />
        </label>
      </td>
      <td class="friend">
        <Friend row={row} href={does.href(row)} />
      </td>
      <td class="by">
        <span title={row.advocate?.name}>
          {row.advocate?.name ?? (row.advocateNamed ? `“${row.advocateNamed}”` : 'Unknown')}
          {row.rivals > 0 && <span class="others"> and {pluralize(row.rivals, 'other')}</span>}
        </span>
        <span class="sub">{row.campaign.name}</span>
      </td>
      <td class="status">
        <StatusBadge status={row.status} />
      </td>
      <td class="step">
        <NextStep row={row} />
        {row.assignee && <span class="sub">Assigned to {row.assignee.name}</span>}
      </td>
      <td class="r job">
        {row.jobValue === null ? <Dash /> : <span class="strong">{formatMoney(row.jobValue, row.currency)}</span>}
      </td>
      <td class="r reward">
        <Reward row={row} />
      </td>
      <td class="r muted when">{formatAgo(row.updatedAt, now.value, me.organization.timeZone)}</td>
      <td class="act">
        <Action row={row} busy={busy} does={does} first={first} />
        <Menu
          label={`More actions for ${friendTitle(row)}`}
          items={rowMenu(row, does)}
          buttonClass="btn sm quiet square"
        >
          <Icon name="ellipsis" />
        </Menu>
      </td>
    </tr>
  )
}
