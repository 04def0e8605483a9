import { ErrorState } from '../../shared/ui/state.tsx'

/** Nothing is known to show yet, and the server is out of reach. */
export function UnreachablePage({ why, onRetry }: { why: string; onRetry: () => void }) {
  return (
    <>
      <h1 class="sr-only">Your referrals</h1>
      <ErrorState level={2} title="Your portal did not load" onRetry={onRetry}>
        {why} Your credit and your link are safe.
      </ErrorState>
    </>
  )
}
