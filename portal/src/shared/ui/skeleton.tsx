import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Content that loads faster shows no placeholder. */
const skeletonDelayMs = 300

/** Shows its children after `skeletonDelayMs`. */
export function AfterDelay({ children }: { children: ComponentChildren }) {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), skeletonDelayMs)
    return () => clearTimeout(timer)
  }, [])
  return due ? children : null
}

const widths = [
  [120, 86],
  [96, 104],
  [138, 74],
  [104, 92],
  [116, 80],
] as const

/** Placeholder rows in the height of real ones (50 px). `label` says what is loading. */
export function Skeleton({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <AfterDelay>
      <div class="skeleton" role="status" aria-label={label}>
        {Array.from({ length: rows }, (_, row) => {
          const [first, second] = widths[row % widths.length] ?? widths[0]
          return (
            <div key={row}>
              <i class="skel round" />
              <i class="skel" style={{ '--w': `${first}px` }} />
              <i class="skel" style={{ '--w': `${second}px`, marginInlineStart: 'auto' }} />
              <i class="skel pill" />
            </div>
          )
        })}
      </div>
    </AfterDelay>
  )
}
