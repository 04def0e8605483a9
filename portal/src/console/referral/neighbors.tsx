import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { IconButton, IconLink } from '../../shared/ui/button.tsx'
import { useConsole } from '../core/console.ts'
import { isTyping } from '../core/isTyping.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { type ListQuery, readQuery, referralUrl } from '../referrals/listQuery.ts'
import { createNeighbors, type NeighborSteps, type Step } from './neighbors.model.ts'

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
  return { list, steps: model.steps, keepPlace }
}

/** J and K step on, as they do in the list. They follow the links, so that the leave guard runs. */
function useKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const rel = { j: 'next', k: 'prev' }[event.key]
      if (rel === undefined || isTyping(event)) return
      document.querySelector<HTMLElement>(`.neighbors a[rel=${rel}]`)?.click()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

/** Previous and next referral of the list, in the head of the page; disabled at the ends. */
export function Neighbors({ list, steps }: { list: ListQuery; steps: NeighborSteps }) {
  useKeys()
  const { data } = steps
  const button = (step: Step, icon: 'chevron-left' | 'chevron-right', label: string, key: string, rel: string) =>
    step ? (
      <IconLink
        icon={icon}
        label={label}
        hint={`${label} (${key})`}
        rel={rel}
        href={referralUrl(step.id, list, step.place)}
      />
    ) : (
      <IconButton icon={icon} label={label} disabled onClick={() => {}} />
    )
  return (
    <span class="neighbors">
      {button(data.value?.previous ?? null, 'chevron-left', 'Previous referral', 'K', 'prev')}
      {button(data.value?.next ?? null, 'chevron-right', 'Next referral', 'J', 'next')}
    </span>
  )
}
