import { ErrorState } from '../../shared/ui/state.tsx'
import { say } from '../words.ts'

/** Shown when the server is unreachable and there is no cached data. */
export function UnreachablePage({ why, onRetry }: { why: string; onRetry: () => void }) {
  return (
    <>
      <h1 class="sr-only">{say('portal.title')}</h1>
      <ErrorState level={2} title={say('portal.error.portal')} retry={say('portal.tryAgain')} onRetry={onRetry}>
        {why} {say('portal.error.safe')}
      </ErrorState>
    </>
  )
}
