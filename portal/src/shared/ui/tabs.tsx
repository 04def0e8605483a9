import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { countText } from './count.ts'
import { Icon, type IconName } from './icon.tsx'

export type Tab<T extends string> = {
  value: T
  label: string
  icon?: IconName
  count?: number | undefined
  /** Whether there are that many or more. */
  isCapped?: boolean | undefined
}

/** The index `key` leads to in a list of `length` from `at`; null for other keys. */
function stepOf(key: string, at: number, length: number): number | null {
  if (key === 'ArrowRight') return (at + 1) % length
  if (key === 'ArrowLeft') return (at - 1 + length) % length
  if (key === 'Home') return 0
  if (key === 'End') return length - 1
  return null
}

/** Tabs: arrow keys, Home and End select. The panel is a TabPanel with the same `id`. */
export function Tabs<T extends string>({
  id,
  label,
  tabs,
  value,
  onChange,
}: {
  id: string
  label: string
  tabs: readonly Tab<T>[]
  value: T
  onChange: (value: T) => void
}) {
  const ref = useRef<HTMLDivElement>(null)
  const counts = tabs.map(({ count }) => count).join()
  // On narrow screens the row scrolls sideways; keep the selected tab in view, also when numbers make the tabs wider.
  useEffect(() => {
    const row = ref.current
    const chosen = row?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (!row || !chosen) return
    const [there, here] = [chosen.getBoundingClientRect(), row.getBoundingClientRect()]
    if (there.left < here.left || there.right > here.right)
      row.scrollBy({ left: there.left + there.width / 2 - here.left - here.width / 2 })
  }, [value, counts])
  const choose = (key: string) => {
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = stepOf(key, at, tabs.length)
    const tab = next === null ? undefined : tabs[next]
    if (!tab) return false
    onChange(tab.value)
    ref.current?.querySelector<HTMLElement>(`#${id}-${tab.value}`)?.focus()
    return true
  }
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={ref}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`${id}-${tab.value}`}
          aria-selected={tab.value === value}
          aria-controls={`${id}-panel`}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
          onKeyDown={(event) => choose(event.key) && event.preventDefault()}
        >
          {tab.icon && <Icon name={tab.icon} />}
          {tab.label}
          {tab.count !== undefined && <span class="n">{countText(tab.count, tab.isCapped)}</span>}
        </button>
      ))}
    </div>
  )
}

export function TabPanel({ id, value, children }: { id: string; value: string; children: ComponentChildren }) {
  return (
    <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>
      {children}
    </div>
  )
}
