import type { ComponentChildren } from 'preact'
import { GoodwordMark } from '../../shared/ui/gwmark.tsx'

/** The page before anybody is known: no business, no brand. */
export function DoorFrame({ children }: { children: ComponentChildren }) {
  return (
    <div class="door">
      <main class="sec">{children}</main>
      <footer>
        <GoodwordMark />
      </footer>
    </div>
  )
}
