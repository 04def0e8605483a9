import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * A ref for a part of the page that disappears when it was used: if it had the focus, that moves on to what `next` finds
 * instead of the top of the page.
 */
export function useFocusAfter<E extends HTMLElement>(next: (gone: E) => HTMLElement | null | undefined) {
  const ref = useRef<E>(null)
  useLayoutEffect(() => {
    const part = ref.current
    return () => {
      if (part?.contains(document.activeElement)) next(part)?.focus()
    }
  }, [])
  return ref
}
