import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export type Turn = 'first' | 'previous' | 'next' | 'last'

/**
 * First, Previous, Next and Last below a list; `words` is the position. Hidden when everything is on one page. At an end
 * of the list the buttons keep the focus. Narrow pages show only the icons of First and Last.
 */
export function Pager({
  words = '',
  hasPrevious,
  hasNext,
  onTurn,
}: {
  words?: string | undefined
  hasPrevious: boolean
  hasNext: boolean
  onTurn: (to: Turn) => void
}) {
  if (!hasPrevious && !hasNext) return null
  return (
    <nav class="pager" aria-label="Pages">
      <Button size="sm" icon="chevrons-left" waiting={!hasPrevious} onClick={() => onTurn('first')}>
        <span class="end">First</span>
      </Button>
      <Button size="sm" icon="chevron-left" waiting={!hasPrevious} onClick={() => onTurn('previous')}>
        Previous
      </Button>
      <span class="muted num">{words}</span>
      <Button size="sm" waiting={!hasNext} onClick={() => onTurn('next')}>
        Next
        <Icon name="chevron-right" />
      </Button>
      <Button size="sm" waiting={!hasNext} onClick={() => onTurn('last')}>
        <span class="end">Last</span>
        <Icon name="chevrons-right" />
      </Button>
    </nav>
  )
}
