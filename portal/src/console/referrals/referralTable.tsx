import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { SortHead, Table, TableHead } from '../../shared/ui/table.tsx'
import { useFocusedRow } from './keyboard.ts'
import { nextSort, type Sort, sorts } from './listQuery.ts'
import { mainAction } from './nextStep.ts'
import { ReferralTableRow, type RowActions } from './referralRow.tsx'
import type { ReferralsModel } from './referrals.model.ts'

export const sortLabels: Record<Sort, string> = {
  next_step: 'Next step',
  newest: 'Newest first',
  oldest: 'Oldest first',
  converted: 'Last converted',
}

function Head({ model }: { model: ReferralsModel }) {
  const { sort } = model.query.value
  const rows = model.rows.value
  const all = rows.length > 0 && rows.every((row) => model.selected.value.has(row.id))
  return (
    <TableHead
      columns={[
        <th scope="col" key="select">
          <label class="check">
            <input
              type="checkbox"
              checked={all}
              aria-label="Select all on this page"
              onChange={() => model.toggleAll()}
            />
          </label>
        </th>,
        'Friend',
        'Referred by',
        'Status',
        <SortHead
          key="sort"
          sort={sort === 'newest' || sort === 'converted' ? 'descending' : 'ascending'}
          onSort={() => model.change({ sort: nextSort(sort) })}
        >
          {sortLabels[sort]}
        </SortHead>,
        { end: 'Job value' },
        { end: 'Reward' },
        { end: 'Updated' },
        { unseen: 'Actions' },
      ]}
    />
  )
}

/** Sort menu for narrow screens, where the table header is hidden. */
export function SortMenu({ model }: { model: ReferralsModel }) {
  const { sort } = model.query.value
  return (
    <span class="narrow-only">
      <Menu
        label={`Sort: ${sortLabels[sort]}`}
        buttonClass="btn"
        items={sorts.map((one) => ({
          label: sortLabels[one],
          checked: one === sort,
          run: () => model.change({ sort: one }),
        }))}
      >
        Sort: <b>{sortLabels[sort]}</b>
        <Icon name="chevron-down" />
      </Menu>
    </span>
  )
}

export function ReferralTable({ model, does }: { model: ReferralsModel; does: RowActions }) {
  const rows = model.rows.value
  useFocusedRow(model)
  const first = rows.find((row) => mainAction(row) === 'convert')
  return (
    <Table caption="Referrals, those that need you first" name="referrals">
      <Head model={model} />
      <tbody>
        {rows.map((row) => (
          <ReferralTableRow
            key={row.id}
            row={row}
            selected={model.selected.value.has(row.id)}
            busy={model.working.value.has(row.id)}
            first={row === first}
            does={does}
            onToggle={() => model.toggle(row.id)}
            onReach={() => {
              model.current.value = row.id
            }}
          />
        ))}
      </tbody>
    </Table>
  )
}
