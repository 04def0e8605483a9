import type { JobEvent } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { createResource } from '../core/resource.ts'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { connectionMark } from './connectionMark.ts'
import { createJobEvents, isFiltered, readJobEventsQuery, writeJobEventsQuery } from './jobEvents.model.ts'

const event: JobEvent = {
  id: idOf('jev', 1),
  connection: null,
  type: 'job.completed',
  sentType: null,
  occurredAt: null,
  receivedAt: '2026-11-30T17:00:00.000Z',
  outcome: 'applied',
  reason: 'job_completed',
  facts: {},
  notes: [],
  effects: [],
  tab: 'needs_you',
  isTest: false,
  needsPerson: true,
  job: null,
  contact: null,
  canRetry: true,
}

describe('what happened', () => {
  it('is filtered by the URL, and ignores what it does not know', () => {
    const url = '/console/jobs?tab=needs_you&type=job.invoiced&period=week&job=job_1&q=rosa'
    const query = readJobEventsQuery(Object.fromEntries(new URLSearchParams(url.split('?')[1])))
    expect(writeJobEventsQuery(query)).toBe(url)
    expect(isFiltered(query)).toBe(true)
    expect(isFiltered(readJobEventsQuery({ tab: 'lost', type: 'lead.created', period: 'ever', cursor: 'c2' }))).toBe(
      false,
    )
  })

  it('asks for what its filter says, and reads everything again after a change', async () => {
    const { client, sent } = clientRespondingWith(({ method, path }) => {
      if (method === 'POST') return json({ ...event, needsPerson: false })
      if (path.endsWith('/summary')) return json({})
      return json({ items: [event], nextCursor: null, previousCursor: null })
    })
    const counts = createResource((abort) => client.jobEvents.summary(undefined, { signal: abort }))
    const clock = () => Date.UTC(2026, 10, 30)
    const model = createJobEvents({ client, navigate: () => {}, counts, clock })
    model.show(readJobEventsQuery({ tab: 'needs_you', period: 'day', job: idOf('job', 1), q: 'rosa' }))
    await model.page.load()
    const { limit, ...asked } = Object.fromEntries(sent.at(-1)?.query ?? [])
    expect(asked).toEqual({ tab: 'needs_you', since: '2026-11-29T00:00:00.000Z', jobId: idOf('job', 1), q: 'rosa' })
    const before = sent.length
    expect(await model.markDone(event.id)).not.toBeNull()
    expect(sent.slice(before).map(({ path }) => path)).toEqual([
      `/v1/job-events/${event.id}/done`,
      '/v1/job-events',
      '/v1/job-events/summary',
    ])
    expect(Number(limit)).toBe(20)
  })

  it('says why an event can’t be tried again', async () => {
    const { client } = clientRespondingWith(() => problemResponse('event_not_retryable'))
    const counts = createResource(async () => null)
    const model = createJobEvents({ client, navigate: () => {}, counts })
    expect(await model.retry(event.id)).toBeNull()
    expect(model.problem.value).toContain('can’t be tried again')
    expect(model.busy.value).toBeNull()
  })
})

describe('the mark of the connections', () => {
  const now = Date.UTC(2026, 10, 30, 18)
  const seen = (hours: number | null, state: 'active' | 'paused' = 'active') => ({
    state,
    lastSeenAt: hours === null ? null : new Date(now - hours * 3_600_000).toISOString(),
  })
  const mark = (...connections: ReturnType<typeof seen>[]) => {
    const { tone, text } = connectionMark(connections, now, 'America/Los_Angeles')
    return [tone, text]
  }

  it.each([
    [[], 'idle', 'Not connected'],
    [[seen(null)], 'idle', 'Connected, no event yet'],
    [[seen(200), seen(0.05), seen(null)], 'good', 'Connected, last event 3 min ago'],
    [[seen(72), seen(80)], 'good', 'Connected, last event Nov 27'],
    [[seen(73)], 'warn', 'Last event Nov 27'],
    [[seen(1, 'paused')], 'idle', 'Paused'],
  ] as const)('case %#', (connections, tone, text) => expect(mark(...connections)).toEqual([tone, text]))
})
