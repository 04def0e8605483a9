import type { ComponentChildren } from 'preact'
import { Button } from '../../shared/ui/button.tsx'
import { Pager } from '../../shared/ui/pager.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { loadFailureText } from './failure.ts'
import type { Resource } from './resource.ts'
import type { Page, Turning } from './turning.ts'

type Paged<Row> = Turning & { page: Resource<Page<Row>> }

/** A page of a list with its pager, or that it loads, failed to load or is empty. */
export function PagedBody<Row>({
  list,
  title,
  empty,
  children,
  words,
  rows = 8,
  level = 2,
  failureActions,
}: {
  list: Paged<Row>
  /** What is listed: "Messages". */
  title: string
  empty: ComponentChildren
  children: (items: Row[]) => ComponentChildren
  /** The position, between the buttons of the pager. */
  words?: string
  /** How many rows the placeholder has. */
  rows?: number
  level?: 2 | 3
  failureActions?: ComponentChildren
}) {
  const { data, failure, load } = list.page
  if (failure.value) {
    return (
      <ErrorState title={`${title} did not load`} level={level} onRetry={() => void load()} actions={failureActions}>
        {loadFailureText(failure.value)}
      </ErrorState>
    )
  }
  if (!data.value) return <Skeleton rows={rows} label={`Loading ${title.charAt(0).toLowerCase()}${title.slice(1)}`} />
  if (data.value.items.length === 0) {
    const onward = list.hasNext.value ? 'next' : list.hasPrevious.value ? 'previous' : null
    if (onward === null) return <>{empty}</>
    return (
      <EmptyState
        icon="search"
        title="Nothing found so far"
        level={level}
        actions={<Button onClick={() => list.turn(onward)}>Keep looking</Button>}
      >
        This list is long, and not all of it has been searched yet.
      </EmptyState>
    )
  }
  return (
    <>
      {children(data.value.items)}
      <Pager words={words} hasPrevious={list.hasPrevious.value} hasNext={list.hasNext.value} onTurn={list.turn} />
    </>
  )
}
