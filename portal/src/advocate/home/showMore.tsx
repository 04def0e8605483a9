import { useRef } from 'preact/hooks'
import { say } from '../words.ts'
import type { OlderItems } from './olderItems.model.ts'

type ShowMoreProps = {
  label: string
  older: Pick<OlderItems<never>, 'busy' | 'errorText'>
  hasMore: boolean
  load: () => Promise<boolean>
}

/**
 * Loads the next page of the list before it, or shows why it failed. Focus moves to the first new row, so that it
 * isn't lost when the button disappears.
 */
export function ShowMore({ label, older, hasMore, load }: ShowMoreProps) {
  const place = useRef<HTMLDivElement>(null)
  async function onClick() {
    const list = place.current?.previousElementSibling
    const known = list?.children.length ?? 0
    if (!(await load())) return
    requestAnimationFrame(() => {
      const row = list?.children.item(known)
      if (row instanceof HTMLElement) row.focus({ preventScroll: true })
    })
  }
  return (
    <div ref={place}>
      {older.errorText.value && (
        <p class="outcome bad" role="alert">
          {older.errorText.value}
        </p>
      )}
      {hasMore && (
        <button class="btn block lg more" type="button" aria-busy={older.busy.value} onClick={onClick}>
          {older.busy.value ? say('portal.loadingMore') : label}
        </button>
      )}
    </div>
  )
}
