import type { ComponentChildren } from 'preact'
import { GoodwordMark } from '../../shared/ui/gwmark.tsx'
import { say } from '../words.ts'

/** The frame for people who aren't signed in: no business, no brand. */
export function SignedOutFrame({ children }: { children: ComponentChildren }) {
  return (
    <div class="signed-out">
      <main class="sec">{children}</main>
      <footer>
        <GoodwordMark words={say('hosted.runWith')} />
      </footer>
    </div>
  )
}
