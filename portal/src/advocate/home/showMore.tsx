import { useRef } from 'preact/hooks'
import { say } from '../words.ts'
import type { Earlier } from './earlier.model.ts'

type ShowMoreProps = {
  label: string
  earlier: Pick<Earlier<never>, 'busy' | 'trouble'>
  hasMore: boolean
  load: () => Promise<boolean>
}

/**
 * Reads on in the list that stands before it, and says why when it cannot. The focus moves to the first row that came, so
 * that it is not lost with the button.
 */
export function ShowMore({ label, earlier, hasMore, load }: ShowMoreProps) {
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
      {earlier.trouble.value && (
        <p class="outcome bad" role="alert">
          {earlier.trouble.value}
        </p>
      )}
      {hasMore && (
        <button class="btn block lg earlier" type="button" aria-busy={earlier.busy.value} onClick={onClick}>
          {earlier.busy.value ? say('portal.loadingMore') : label}
        </button>
      )}
    </div>
  )
}
