import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { IconButton, IconLink } from '../../shared/ui/button.tsx'
import { useConsole } from '../core/console.ts'
import type { Failure } from '../core/failure.ts'
import { isBusyAt, isTyping } from '../core/isTyping.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { readQuery, referralUrl } from '../referrals/listQuery.ts'
import { createNeighbors, type NeighborSteps } from './neighbors.model.ts'

/**
 * What stands beside a referral in the list of its URL. `keepPlace` writes its place there into the URL, so that a
 * reload finds the same neighbors after the referral has changed.
 */
export function useNeighbors(id: string) {
  const { client } = useConsole()
  const { route } = useLocation()
  const go = useRef(route)
  go.current = route
  const query = useRouteQuery()
  const model = useMemo(() => createNeighbors(client, id), [client, id])
  const list = useMemo(() => readQuery(query), [query])
  const place = query.place ?? null
  useEffect(() => model.show(list, place), [model, list, place])
  const keepPlace = useCallback(() => {
    const known = model.steps.data.value?.place
    const here = new URL(location.href)
    // The change may be answered after its page was left.
    if (!known || here.pathname !== `/console/referrals/${id}` || here.searchParams.has('place')) return
    go.current(referralUrl(id, readQuery(Object.fromEntries(here.searchParams)), known), true)
  }, [model, id])
  const step = useSteps(model.steps)
  useKeys(step)
  return { list, steps: model.steps, step, keepPlace }
}

/**
 * Steps to a neighbor, and waits for the neighbors if they are still loading. Those that did not load are asked for
 * again. It follows the links, so that the leave guard runs.
 */
function useSteps({ data, failure, loading, load }: NeighborSteps) {
  const { toasts } = useConsole()
  /** Steps that were asked for and not taken yet: above zero onward, below zero back. */
  const asked = useRef(0)
  const [found, isLoading, failed] = [data.value, loading.value, failure.value !== null]
  const isLost = mayRetry(failure.value)
  const follow = useCallback(() => {
    if (asked.current === 0 || isLoading || (!found && !failed)) return
    const { rel } = asked.current > 0 ? sides.next : sides.previous
    const link = document.querySelector<HTMLElement>(`.neighbors a[rel=${rel}]`)
    if (!link || isBusyAt(document.activeElement)) {
      asked.current = 0
      if (isLost) toasts.show({ icon: 'alert', text: 'The neighbors of this referral did not load. Try again.' })
      return
    }
    asked.current -= Math.sign(asked.current)
    link.click()
  }, [found, isLoading, failed, isLost, toasts])
  useEffect(follow, [follow])
  return useCallback(
    (by: 1 | -1) => {
      asked.current += by
      if (isLost && !isLoading) void load()
      else follow()
    },
    [follow, isLost, isLoading, load],
  )
}

/** Not if there is no such referral, or the list of the URL has a filter that the server refuses. */
const mayRetry = (failure: Failure | null): boolean =>
  failure !== null && failure.code !== 'not_found' && failure.code !== 'validation_failed'

/** J and K step on, as they do in the list. */
function useKeys(step: (by: 1 | -1) => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A key that is held down would go on after it is released.
      if (event.repeat || isTyping(event)) return
      if (event.key === 'j') step(1)
      if (event.key === 'k') step(-1)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [step])
}

const sides = {
  previous: { by: -1, rel: 'prev', icon: 'chevron-left', label: 'Previous referral', key: 'K' },
  next: { by: 1, rel: 'next', icon: 'chevron-right', label: 'Next referral', key: 'J' },
} as const

/** Previous and next referral of the list, in the head of the page; disabled at the ends. */
export function Neighbors({ list, steps, step }: Pick<ReturnType<typeof useNeighbors>, 'list' | 'steps' | 'step'>) {
  const { data, failure } = steps
  const isLost = mayRetry(failure.value)
  const button = (side: keyof typeof sides) => {
    const { by, rel, icon, label, key } = sides[side]
    const to = data.value?.[side]
    if (!to) return <IconButton icon={icon} label={label} disabled={!isLost} onClick={() => step(by)} />
    return (
      <IconLink
        icon={icon}
        label={label}
        hint={`${label} (${key})`}
        rel={rel}
        href={referralUrl(to.id, list, to.place)}
      />
    )
  }
  return (
    <span class="neighbors">
      {button('previous')}
      {button('next')}
    </span>
  )
}
