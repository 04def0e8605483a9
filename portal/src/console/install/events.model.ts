import type { Client } from '@goodword/client'
import { type EmbedEvent, embedEventKinds } from '@goodword/contracts'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { createResource } from '../core/resource.ts'
import { pageParams } from '../core/turning.ts'

export const outcomes = ['all', 'attributed', 'not_attributed', 'origin_not_allowed'] as const
export type Outcome = (typeof outcomes)[number]
export const outcomeLabels: Record<Outcome, string> = {
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
  return pathWithQuery('/console/install/events', { outcome: outcome === 'all' ? null : outcome, kind, site, cursor })
}

/** Events from websites, and why each was or was not attributed. */
export function createEvents({ client, navigate }: { client: Client; navigate: (url: string) => void }) {
  const paged = createPagedList<EventsQuery, EmbedEvent>({
    initial: { outcome: 'all', kind: null, site: null, cursor: null },
    write: writeEventsQuery,
    fetchPage: ({ outcome, kind, site, cursor }, abort) =>
      client.embedEvents.list(
        {
          query: {
            limit: 20,
            ...(outcome === 'all' ? {} : { outcome }),
            ...(kind ? { kind } : {}),
            ...(site ? { site } : {}),
            ...pageParams(cursor),
          },
        },
        { signal: abort },
      ),
    navigate,
  })
  return { ...paged, sites: createResource((abort) => client.sites.list(undefined, { signal: abort })) }
}

export type EventsModel = ReturnType<typeof createEvents>
