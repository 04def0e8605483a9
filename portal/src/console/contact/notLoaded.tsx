import type { Signal } from '@preact/signals'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { type Failure, loadFailureText } from '../core/failure.ts'

/** Shown while a contact loads, and when it is missing or failed to load. */
export function NotLoaded({
  resource,
  what,
  list,
}: {
  resource: { failure: Signal<Failure | null>; load: () => Promise<void> }
  what: string
  list: { href: string; label: string }
}) {
  const failure = resource.failure.value
  if (!failure) return <Skeleton rows={6} label={`Loading the ${what}`} />
  if (failure.code === 'not_found' || failure.code === 'validation_failed') {
    return (
      <EmptyState
        card
        level={2}
        icon="search"
        title={`This ${what} is not here`}
        actions={<ButtonLink href={list.href}>Go to {list.label.toLowerCase()}</ButtonLink>}
      >
        It may belong to another organization, or the address is mistyped.
      </EmptyState>
    )
  }
  return (
    <ErrorState card level={2} title={`The ${what} did not load`} onRetry={resource.load}>
      {loadFailureText(failure)}
    </ErrorState>
  )
}
