import { useEffect, useLayoutEffect } from 'preact/hooks'
import { isTyping } from '../core/isTyping.ts'
import { isComplete, isLive } from './nextStep.ts'
import type { RowActions } from './referralRow.tsx'
import type { ReferralsModel } from './referrals.model.ts'

const focusRow = (id: string | null) => {
  if (id) document.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus()
}

/** J and K move, X selects, C converts, A accepts, ? shows help. Enter opens, because the row's link has focus. */
export function useListKeys(model: ReferralsModel, does: RowActions, help: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.shiftKey && event.key !== '?') || isTyping(event)) return
      const row = model.find(model.current.value)
      const keys: Record<string, () => void> = {
        j: () => focusRow(model.move(1)),
        k: () => focusRow(model.move(-1)),
        x: () => row && model.toggle(row.id),
        c: () => row && isLive(row) && isComplete(row) && does.convert(row),
        '?': help,
        a: () => row?.status === 'pending' && does.accept(row),
      }
      const run = keys[event.key]
      if (!run) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [model, does, help])
}

/** Focuses the first row when the focused one is no longer in the list. */
export function useFocusedRow(model: ReferralsModel) {
  const rows = model.rows.value
  useLayoutEffect(() => {
    const at = model.current.value
    if (at === null || rows.some(({ id }) => id === at) || document.activeElement !== document.body) return
    focusRow(model.move(1))
  }, [model, rows])
}
