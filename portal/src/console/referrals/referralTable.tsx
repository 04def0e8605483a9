import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { SortHead, Table } from '../../shared/ui/table.tsx'
import { useKeptPlace } from './keyboard.ts'
import { nextSort, type Sort, sorts } from './listQuery.ts'
import { mainAction } from './nextStep.ts'
import { ReferralTableRow, type RowDoes } from './referralRow.tsx'
import type { ReferralsModel } from './referrals.model.ts'

export const sortWords: Record<Sort, string> = {
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
    <thead>
      <tr>
        <th scope="col">
          <label class="check">
            <input
              type="checkbox"
              checked={all}
              aria-label="Select all on this page"
              onChange={() => model.toggleAll()}
            />
          </label>
        </th>
        <th scope="col">Friend</th>
        <th scope="col">Referred by</th>
        <th scope="col">Status</th>
        <SortHead
          sort={sort === 'newest' || sort === 'converted' ? 'descending' : 'ascending'}
          onSort={() => model.change({ sort: nextSort(sort) })}
        >
          {sortWords[sort]}
        </SortHead>
        <th scope="col" class="r">
          Job value
        </th>
        <th scope="col" class="r">
          Reward
        </th>
        <th scope="col" class="r">
          Updated
        </th>
        <th scope="col">
          <span class="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

/** Where there is no room for the table's head, the order is chosen here. */
export function SortMenu({ model }: { model: ReferralsModel }) {
  const { sort } = model.query.value
  return (
    <span class="narrow-only">
      <Menu
        label={`Sort: ${sortWords[sort]}`}
        buttonClass="btn"
        items={sorts.map((one) => ({
          label: sortWords[one],
          checked: one === sort,
          run: () => model.change({ sort: one }),
        }))}
      >
        Sort: <b>{sortWords[sort]}</b>
        <Icon name="chevron-down" />
      </Menu>
    </span>
  )
}

export function ReferralTable({ model, does }: { model: ReferralsModel; does: RowDoes }) {
  const rows = model.rows.value
  useKeptPlace(model)
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
