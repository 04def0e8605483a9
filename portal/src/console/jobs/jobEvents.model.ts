import type { Client } from '@goodword/client'
import { type JobEvent, type JobEventDetail, type JobEventTab, jobEventTabs, jobEventTypes } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { createSearchedList, pathWithQuery } from '../core/pagedList.ts'
import { createResource, type Resource } from '../core/resource.ts'
import { pageParams } from '../core/turning.ts'

export const periods = { day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days' } as const
export type Period = keyof typeof periods
const periodMs: Record<Period, number> = { day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 }
const periodNames = Object.keys(periods) as Period[]

export type JobEventsQuery = {
  tab: JobEventTab | null
  type: JobEvent['type']
  period: Period | null
  connectionId: string | null
  jobId: string | null
  q: string
  cursor: string | null
}

export const noFilter = { tab: null, type: null, period: null, connectionId: null, jobId: null, q: '' } as const

export const readJobEventsQuery = (query: Readonly<Record<string, string>>): JobEventsQuery => ({
  tab: jobEventTabs.find((tab) => tab === query.tab) ?? null,
  type: jobEventTypes.find((type) => type === query.type) ?? null,
  period: periodNames.find((period) => period === query.period) ?? null,
  connectionId: query.connection ?? null,
  jobId: query.job ?? null,
  q: query.q?.trim() ?? '',
  cursor: query.cursor ?? null,
})

export const writeJobEventsQuery = ({ tab, type, period, connectionId, jobId, q, cursor }: JobEventsQuery): string =>
  pathWithQuery('/console/jobs', { tab, type, period, connection: connectionId, job: jobId, q, cursor })

export const isFiltered = (query: JobEventsQuery): boolean =>
  writeJobEventsQuery({ ...query, cursor: null }) !== writeJobEventsQuery({ ...noFilter, cursor: null })

type Options = {
  client: Client
  navigate: (url: string, replace?: boolean) => void
  /** Reloaded after each change. */
  counts: Resource<unknown>
  /** Rows on a page. */
  limit?: number
  clock?: () => number
}

/** What connected systems and the team reported, newest first, and what one can do about an event. */
export function createJobEvents({ client, navigate, counts, limit = 20, clock = Date.now }: Options) {
  const opened = signal<string | null>(null)
  const deciding = signal<string | null>(null)
  const list = createSearchedList<JobEventsQuery, JobEvent>({
    initial: { ...noFilter, cursor: null },
    write: writeJobEventsQuery,
    fetchPage: ({ tab, type, period, connectionId, jobId, q, cursor }, abort) =>
      client.jobEvents.list(
        {
          query: {
            limit,
            ...(tab ? { tab } : {}),
            ...(type ? { type } : {}),
            ...(period ? { since: new Date(clock() - periodMs[period]).toISOString() } : {}),
            ...(connectionId ? { connectionId } : {}),
            ...(jobId ? { jobId } : {}),
            ...(q ? { q } : {}),
            ...pageParams(cursor),
          },
        },
        { signal: abort },
      ),
    navigate,
  })
  const detail = createResource<JobEventDetail>((abort) =>
    client.jobEvents.get({ params: { id: opened.value ?? '' } }, { signal: abort }),
  )

  const { busy, problem, run } = createOneAtATime(() =>
    Promise.all([list.page.load(), counts.load(), ...(opened.value === null ? [] : [detail.load()])]),
  )

  return {
    ...list,
    opened,
    /** The job whose to-do is on screen. */
    deciding,
    detail,
    busy,
    problem,
    open(id: string) {
      detail.data.value = null
      detail.failure.value = null
      problem.value = null
      opened.value = id
      void detail.load()
    },
    close() {
      opened.value = null
    },
    /** Keeps a job's customer from being asked, or lets it happen after all. */
    holdBack: (id: string, jobId: string, dontAsk: boolean) =>
      run(id, () => client.jobs.holdBack({ params: { id: jobId }, body: { dontAsk } })),
    decide(jobId: string | null) {
      opened.value = null
      deciding.value = jobId
    },
    async decided() {
      await Promise.all([list.page.load(), counts.load()])
    },
    retry: (id: string) => run(id, () => client.jobEvents.retry({ params: { id } })),
    markDone: (id: string) => run(id, () => client.jobEvents.done({ params: { id } })),
  }
}

export type JobEventsModel = ReturnType<typeof createJobEvents>
