import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { countText } from '../../shared/ui/count.ts'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { WithCampaignNames } from './campaignNamesOf.tsx'
import { EventDialogs } from './eventDialogs.tsx'
import { EventRow } from './eventRow.tsx'
import { createJobEvents, noFilter } from './jobEvents.model.ts'
import './jobs.css'

const shown = 3

/** The newest of what jobs leave to decide, to be decided here; `count` is how many there are. */
export function JobsToDecide({ count }: { count: number }) {
  const { client, jobs, now } = useConsole()
  const { route } = useLocation()
  const model = useMemo(
    () => createJobEvents({ client, navigate: route, counts: jobs, limit: shown }),
    [client, jobs, route],
  )
  useEffect(() => model.show({ ...noFilter, tab: 'needs_you', cursor: null }), [model])
  const minute = now.value
  useEffect(() => {
    if (document.visibilityState === 'visible') void jobs.load()
  }, [jobs, minute])
  // Something was decided elsewhere, or has arrived.
  const isLoaded = model.page.data.value !== null
  useEffect(() => {
    if (isLoaded) void model.page.load()
  }, [model, count])
  const items = model.page.data.value?.items ?? []
  return (
    <WithCampaignNames>
      {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
      {model.page.failure.value && items.length === 0 && (
        <Notice tone="bad">What jobs leave to decide did not load.</Notice>
      )}
      {items.length > 0 && (
        <ol class="job-events">
          {items.map((event) => (
            <EventRow key={event.id} event={event} model={model} />
          ))}
        </ol>
      )}
      {(count > shown || items.length === 0) && (
        <p class="more">
          <a class="link" href="/console/jobs?tab=needs_you">
            {count === 1 ? 'The job that needs you' : `All ${countText(count)} from jobs`}
          </a>
        </p>
      )}
      <EventDialogs model={model} />
    </WithCampaignNames>
  )
}
