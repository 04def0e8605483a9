import type { ContactDetail, Job, JobState } from '@goodword/contracts'
import { formatAnyMoney } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Icon, type IconName } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { shortDay } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import { FinishJobDialog } from '../jobs/finishJob.dialog.tsx'
import type { FinishedFor } from '../jobs/finishJob.model.ts'
import { noFilter, writeJobEventsQuery } from '../jobs/jobEvents.model.ts'

const states: Record<JobState, { label: string; look: string; icon: IconName }> = {
  open: { label: 'Open', look: 'pending', icon: 'pending' },
  completed: { label: 'Completed', look: 'accepted', icon: 'accepted' },
  invoiced: { label: 'Invoiced', look: 'converted', icon: 'converted' },
  canceled: { label: 'Canceled', look: 'declined', icon: 'declined' },
  refunded: { label: 'Refunded', look: 'expired', icon: 'undo' },
}

const shownAtMost = 10

function JobLine({ job, onMore }: { job: Job; onMore: (() => void) | null }) {
  const { now, me } = useConsole()
  const { timeZone, currency } = me.organization
  const { label, look, icon } = states[job.state]
  const name = job.title ?? (job.externalId ? `Job ${job.externalId}` : 'Job')
  const at = job.invoicedAt ?? job.completedAt ?? job.canceledAt ?? job.createdAt
  const facts = [
    job.title && job.externalId && `Job ${job.externalId}`,
    shortDay(Date.parse(at), now.value, timeZone),
    job.value !== null && formatAnyMoney(job.value, job.currency ?? currency),
    job.refundedAmount > 0 && `${formatAnyMoney(job.refundedAmount, job.currency ?? currency)} refunded`,
    job.score !== null && `score ${job.score} of 5`,
  ]
  return (
    <li>
      <span>
        <a href={writeJobEventsQuery({ ...noFilter, jobId: job.id, cursor: null })}>{name}</a>
        <small>{facts.filter(Boolean).join(' · ')}</small>
      </span>
      <span class={`badge ${look}`}>
        <Icon name={icon} />
        {label}
      </span>
      {onMore && (
        <Button size="sm" onClick={onMore}>
          Update<span class="sr-only"> {name}</span>
        </Button>
      )}
    </li>
  )
}

/** The contact's jobs, the newest ten; a finished one is entered here, too. */
export function JobsCard({ contact, onChanged }: { contact: ContactDetail; onChanged: () => void }) {
  const { client, jobs: counts, toasts } = useConsole()
  const { id, name } = contact
  const list = useMemo(
    () =>
      createResource((abort) => client.jobs.list({ query: { contactId: id, limit: shownAtMost } }, { signal: abort })),
    [client, id],
  )
  const open = useSignal<FinishedFor>(null)
  useEffect(() => void list.load(), [list])
  const gone = contact.mergedInto !== null || contact.erasedAt !== null
  const items = list.data.value?.items ?? []
  return (
    <section class="card" aria-labelledby="jobs-head">
      <header>
        <h2 id="jobs-head">Jobs</h2>
        {!gone && (
          <Button
            size="sm"
            icon="wrench"
            onClick={() => {
              open.value = { contact: { id, name } }
            }}
          >
            Job finished…
          </Button>
        )}
      </header>
      {list.failure.value && <Notice tone="bad">{loadFailureText(list.failure.value)}</Notice>}
      {list.data.value && items.length === 0 && <p class="body muted">No jobs yet.</p>}
      <ul class="lines">
        {items.map((job) => (
          <JobLine
            key={job.id}
            job={job}
            onMore={
              gone || job.state === 'canceled' || job.state === 'refunded'
                ? null
                : () => {
                    open.value = { job }
                  }
            }
          />
        ))}
      </ul>
      {list.data.value?.nextCursor && <p class="body muted">The newest {shownAtMost} are shown.</p>}
      {open.value && (
        <FinishJobDialog
          of={open.value}
          onClose={() => {
            open.value = null
          }}
          onSaved={() => {
            open.value = null
            toasts.show({ text: 'Job saved.' })
            void list.load()
            void counts.load()
            onChanged()
          }}
        />
      )}
    </section>
  )
}
