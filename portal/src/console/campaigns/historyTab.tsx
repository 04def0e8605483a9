import type { Campaign, TermsVersion } from '@goodword/contracts'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { dayAndTime } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'

function Version({ entry, current }: { entry: TermsVersion; current: boolean }) {
  const { now, me } = useConsole()
  return (
    <li>
      <div class="v">
        <h3>
          Version {entry.version}
          {current && <span class="tag">Current</span>}
        </h3>
        <p class="muted">
          <time dateTime={entry.publishedAt}>{dayAndTime(entry.publishedAt, now.value, me.organization.timeZone)}</time>
          {' · '}
          {entry.by}
        </p>
      </div>
      {entry.version === 1 ? (
        <p>The first terms of this campaign.</p>
      ) : (
        <ul>
          {entry.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** Every version of the terms: when, by whom, and what changed. */
export function HistoryTab({ campaign }: { campaign: Campaign }) {
  const { client } = useConsole()
  const earlier = useSignal<TermsVersion[]>([])
  const cursor = useSignal<string | null>(null)
  const page = useMemo(
    () =>
      createResource(async (abort) => {
        const at = cursor.value
        const query = { limit: 20, ...(at ? { cursor: at } : {}) }
        const answer = await client.campaigns.terms({ params: { id: campaign.id }, query }, { signal: abort })
        earlier.value = at === null ? answer.items : [...earlier.value, ...answer.items]
        return answer
      }),
    [client, campaign.id, cursor, earlier],
  )
  useEffect(() => {
    cursor.value = null
    void page.load()
  }, [page, campaign.termsVersion, cursor])
  const { data, failure, loading } = page
  return (
    <section class="card" aria-label="History of the terms" aria-busy={loading.value}>
      <header>
        <h2>Terms, version by version</h2>
      </header>
      {!data.value && !failure.value && <Skeleton rows={4} label="Loading the history" />}
      {earlier.value.length > 0 && (
        <ol class="versions">
          {earlier.value.map((entry) => (
            <Version key={entry.version} entry={entry} current={entry.version === campaign.termsVersion} />
          ))}
        </ol>
      )}
      {failure.value && (
        <ErrorState title="The history did not load" onRetry={page.load}>
          {loadFailureText(failure.value)}
        </ErrorState>
      )}
      {data.value?.nextCursor && !failure.value && (
        <div class="older">
          <Button
            size="sm"
            busy={loading.value}
            onClick={() => {
              cursor.value = data.value?.nextCursor ?? null
              void page.load()
            }}
          >
            Show earlier versions
          </Button>
        </div>
      )}
    </section>
  )
}
