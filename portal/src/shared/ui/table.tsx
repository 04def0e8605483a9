import type { ComponentChildren } from 'preact'
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
