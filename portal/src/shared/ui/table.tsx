import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** A table that scrolls sideways inside its box on narrow pages. `caption` is visually hidden. */
export function Table({ caption, children, name }: { caption: string; children: ComponentChildren; name?: string }) {
  return (
    <div class="table-wrap">
      <table class={name ? `table ${name}` : 'table'}>
        <caption class="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

type Sort = 'ascending' | 'descending' | 'none'

/** A sortable column header: a button in the `<th>`, with `aria-sort`. */
export function SortHead({
  sort,
  onSort,
  children,
  end = false,
}: {
  sort: Sort
  onSort: () => void
  children: ComponentChildren
  end?: boolean
}) {
  return (
    <th scope="col" aria-sort={sort} class={end ? 'r' : undefined}>
      <button type="button" onClick={onSort}>
        {children} <Icon name="arrow-up-down" />
      </button>
    </th>
  )
}

/** Shown for a value that is unknown. */
export const Dash = ({ label = 'none yet' }: { label?: string }) => (
  <span class="muted">
    <span aria-hidden="true">—</span>
    <span class="sr-only">{label}</span>
  </span>
)

/** Previous and Next below a list; `words` is the position. Hidden when everything is on one page. */
export function Pager({
  words,
  onPrevious,
  onNext,
}: {
  words: string
  onPrevious: (() => void) | null
  onNext: (() => void) | null
}) {
  if (!onPrevious && !onNext) return null
  return (
    <nav class="pager" aria-label="Pages">
      <Button size="sm" icon="chevron-left" disabled={!onPrevious} onClick={() => onPrevious?.()}>
        Previous
      </Button>
      <span class="muted num">{words}</span>
      <Button size="sm" disabled={!onNext} onClick={() => onNext?.()}>
        Next
        <Icon name="chevron-right" />
      </Button>
    </nav>
  )
}
