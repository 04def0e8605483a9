import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** A table that scrolls inside its own box when the page is narrow. `caption` is read, not seen. */
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

/** A column head that sorts: the button lives in the `<th>`, `aria-sort` says the order. */
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

/** What is not known yet. */
export const Dash = ({ label = 'none yet' }: { label?: string }) => (
  <span class="muted">
    <span aria-hidden="true">—</span>
    <span class="sr-only">{label}</span>
  </span>
)

/** Previous and Next under a list; `words` says where one is. Nothing where all of it is on one page. */
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
