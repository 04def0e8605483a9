import type { ComponentChildren } from 'preact'
import { useFocusAfter } from './focusAfter.ts'
import './bulk.css'

/** Actions for the selected rows of a list; shown while any are selected. Then the focus returns to a row. */
export function BulkActions({
  label,
  words,
  current = null,
  children,
}: {
  label: string
  /** "3 selected" */
  words: string
  /** The row to return to; by default the first. */
  current?: string | null
  children: ComponentChildren
}) {
  const ref = useFocusAfter<HTMLElement>((bar) => {
    const list = bar.closest('main')
    const row = current === null ? null : list?.querySelector<HTMLElement>(`[data-row="${current}"]`)
    return row ?? list?.querySelector<HTMLElement>('tbody :is(input, a)')
  })
  return (
    <section ref={ref} class="bulk" aria-label={label}>
      <span class="num">{words}</span>
      {children}
    </section>
  )
}
