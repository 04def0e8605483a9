import type { ReferralRow } from '@goodword/contracts'
import { type ReadonlySignal, signal } from '@preact/signals'

/** The selected rows, and the focused one. */
export function createSelection(rows: ReadonlySignal<ReferralRow[]>) {
  const selected = signal<ReadonlySet<string>>(new Set())
  const current = signal<string | null>(null)
  return {
    selected,
    current,
    find: (id: string | null) => rows.value.find((row) => row.id === id) ?? null,
    /** Moves focus by `step` rows; stops at the ends. */
    move(step: 1 | -1): string | null {
      const at = rows.value.findIndex((row) => row.id === current.value)
      const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), rows.value.length - 1)
      current.value = rows.value[next]?.id ?? null
      return current.value
    },
    toggle(id: string) {
      const next = new Set(selected.value)
      if (!next.delete(id)) next.add(id)
      selected.value = next
    },
    toggleAll() {
      const all = rows.value.every((row) => selected.value.has(row.id))
      selected.value = new Set(all ? [] : rows.value.map((row) => row.id))
    },
    clear() {
      selected.value = new Set()
    },
  }
}

export type Selection = ReturnType<typeof createSelection>
