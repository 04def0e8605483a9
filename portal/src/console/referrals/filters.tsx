import type { Member } from '@goodword/contracts'
import type { ComponentChildren } from 'preact'
import { Button } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { useFocusAfter } from '../core/focusAfter.ts'
import { shortDay } from '../core/relativeDates.ts'
import { type ListQuery, noFilter } from './listQuery.ts'
import type { ReferralsModel } from './referrals.model.ts'

type Chip = { words: string; without: Partial<ListQuery> }

const assigneeLabel = (id: string, members: readonly Member[]) =>
  id === 'none' ? 'Unassigned' : `Assigned to ${members.find((member) => member.id === id)?.name ?? 'a former member'}`

/** The active filters as labels; search and campaign have their own controls. */
function activeFilters(
  query: ListQuery,
  advocate: string,
  members: readonly Member[],
  day: (text: string) => string,
): Chip[] {
  const { advocateId, from, to, assigneeId, flagged, unattributed } = query
  // Sorted by conversion, the days are of conversions.
  const byConversion = query.sort === 'converted'
  const chips: Chip[] = []
  if (advocateId) chips.push({ words: `By ${advocate}`, without: { advocateId: null } })
  if (from) chips.push({ words: `${byConversion ? 'Converted from' : 'From'} ${day(from)}`, without: { from: null } })
  if (to)
    chips.push({ words: `${byConversion && !from ? 'Converted until' : 'Until'} ${day(to)}`, without: { to: null } })
  if (assigneeId) chips.push({ words: assigneeLabel(assigneeId, members), without: { assigneeId: null } })
  if (flagged) chips.push({ words: 'Flagged', without: { flagged: false } })
  if (unattributed) chips.push({ words: 'Without an advocate', without: { unattributed: false } })
  return chips
}

const selectedTab = (part: HTMLElement) =>
  part.closest('main')?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')

function Chip({
  look = 'tint',
  onClick,
  children,
}: {
  look?: 'tint' | 'quiet'
  onClick: () => void
  children: ComponentChildren
}) {
  const ref = useFocusAfter<HTMLSpanElement>(selectedTab)
  return (
    <span ref={ref}>
      <Button size="sm" look={look} onClick={onClick}>
        {children}
      </Button>
    </span>
  )
}

/** One chip per active filter; clicking it removes the filter. */
export function FilterChips({
  model,
  advocate,
  members,
}: {
  model: ReferralsModel
  advocate: string
  members: readonly Member[]
}) {
  const { now } = useConsole()
  const day = (text: string) => shortDay(Date.parse(`${text}T12:00:00Z`), now.value, 'UTC')
  const chips = activeFilters(model.query.value, advocate, members, day)
  if (chips.length === 0) return null
  return (
    <div class="chips">
      {chips.map(({ words, without }) => (
        <Chip key={words} onClick={() => model.change(without)}>
          <span class="sr-only">Remove filter: </span>
          {words}
          <Icon name="x" />
        </Chip>
      ))}
      {chips.length > 1 && (
        <Chip
          look="quiet"
          onClick={() =>
            model.change({ ...noFilter, q: model.query.value.q, campaignId: model.query.value.campaignId })
          }
        >
          Clear all
        </Chip>
      )}
    </div>
  )
}
