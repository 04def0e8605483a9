import type { Client } from '@goodword/client'
import { type EmbedEvent, embedEventKinds } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createResource } from '../core/resource.ts'
import { createTrail } from '../core/trail.ts'

export const outcomes = ['all', 'attributed', 'not_attributed', 'origin_not_allowed'] as const
export type Outcome = (typeof outcomes)[number]
export const outcomeWords: Record<Outcome, string> = {
  all: 'All',
  attributed: 'Attributed',
  not_attributed: 'Not attributed',
  origin_not_allowed: 'Website not allowed',
}

export type EventsQuery = {
  outcome: Outcome
  kind: EmbedEvent['kind'] | null
  site: string | null
  cursor: string | null
}

export const readEventsQuery = (query: Readonly<Record<string, string>>): EventsQuery => ({
  outcome: outcomes.find((outcome) => outcome === query.outcome) ?? 'all',
  kind: embedEventKinds.find((kind) => kind === query.kind) ?? null,
  site: query.site ?? null,
  cursor: query.cursor ?? null,
})

export function writeEventsQuery({ outcome, kind, site, cursor }: EventsQuery): string {
  const given = { outcome: outcome === 'all' ? null : outcome, kind, site, cursor }
  const text = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString()
  return text ? `/console/install/events?${text}` : '/console/install/events'
}

/** Everything that arrived from websites, and why it was or was not attributed. */
export function createEvents({ client, go }: { client: Client; go: (url: string) => void }) {
  const query = signal<EventsQuery>({ outcome: 'all', kind: null, site: null, cursor: null })
  const trail = createTrail()
  const page = createResource((abort) => {
    const { outcome, kind, site, cursor } = query.value
    const given = {
      limit: 20,
      ...(outcome === 'all' ? {} : { outcome }),
      ...(kind ? { kind } : {}),
      ...(site ? { site } : {}),
      ...(cursor ? { cursor } : {}),
    }
    return client.embedEvents.list({ query: given }, { signal: abort })
  })
  const sites = createResource((abort) => client.sites.list(undefined, { signal: abort }))
  return {
    query,
    page,
    sites,
    show(next: EventsQuery) {
      query.value = next
      void page.load()
    },
    choose(change: Partial<Omit<EventsQuery, 'cursor'>>) {
      trail.clear()
      go(writeEventsQuery({ ...query.value, ...change, cursor: null }))
    },
    next() {
      const cursor = page.data.value?.nextCursor
      if (!cursor) return
      trail.push(query.value.cursor)
      go(writeEventsQuery({ ...query.value, cursor }))
    },
    previous() {
      go(writeEventsQuery({ ...query.value, cursor: trail.pop() }))
    },
  }
}

export type EventsModel = ReturnType<typeof createEvents>
