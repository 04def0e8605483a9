import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

/** A table that scrolls sideways inside its box on narrow pages. `caption` is visually hidden. */
export function Table({ caption, children, name }: { caption: string; children: ComponentChildren; name?: string }) {
  const { box, scrolls } = useScrolls()
  return (
    <div class="table-wrap" ref={box} {...(scrolls && { role: 'region', 'aria-label': caption, tabIndex: 0 })}>
      <table class={name ? `table ${name}` : 'table'}>
        <caption class="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

/** Whether a box scrolls sideways and holds nothing that keys reach: then they have to reach the box itself. */
function useScrolls() {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () =>
      setScrolls(element.scrollWidth > element.clientWidth && !element.querySelector('a[href], button, input, select'))
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  return { box, scrolls }
}

/** A column by its name: aligned at the end, as figures are, or named for screen readers only; or an element of its own. */
type Column = string | { end: string } | { unseen: string } | VNode

/** The head of a table, column by column. */
export function TableHead({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          if (typeof column === 'object' && 'type' in column) return column
          const { name, end, unseen } = described(column)
          return (
            <th scope="col" class={end ? 'r' : undefined} key={name}>
              {unseen ? <span class="sr-only">{name}</span> : name}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function described(column: Exclude<Column, VNode>) {
  if (typeof column === 'string') return { name: column, end: false, unseen: false }
  return 'end' in column
    ? { name: column.end, end: true, unseen: false }
    : { name: column.unseen, end: false, unseen: true }
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
