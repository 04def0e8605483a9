import type { Client } from '@goodword/client'
import {
  type WebhookDelivery,
  type WebhookDeliveryDetail,
  type WebhookDeliveryState,
  type WebhookEndpoint,
  type WebhookSecret,
  webhookDeliveryStates,
} from '@goodword/contracts'
import { signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { createResource } from '../core/resource.ts'
import { pageParams } from '../core/turning.ts'
import type { WebhookForm } from './form.model.ts'

/** How often the log reloads while a delivery is in progress. */
export const pollMs = 2_000

export type LogQuery = { state: WebhookDeliveryState | null; cursor: string | null }

export const readLogQuery = (query: Readonly<Record<string, string>>): LogQuery => ({
  state: webhookDeliveryStates.find((state) => state === query.state) ?? null,
  cursor: query.cursor ?? null,
})

export const writeLogQuery = (id: string, { state, cursor }: LogQuery): string =>
  pathWithQuery(`/console/settings/webhooks/${id}`, { state, cursor })

/** One webhook: its log with requests and responses, its secret, and resending. */
export function createWebhook({
  client,
  id,
  navigate,
}: {
  client: Client
  id: string
  navigate: (url: string) => void
}) {
  const params = { id }
  const endpoint = createResource<WebhookEndpoint>((abort) =>
    client.webhookEndpoints.get({ params }, { signal: abort }),
  )
  const { page: log, ...paged } = createPagedList<LogQuery, WebhookDelivery>({
    initial: { state: null, cursor: null },
    write: (query) => writeLogQuery(id, query),
    fetchPage: ({ state, cursor }, abort) =>
      client.webhookEndpoints.deliveries(
        { params, query: { limit: 20, ...(state ? { state } : {}), ...pageParams(cursor) } },
        { signal: abort },
      ),
    navigate,
  })
  const opened = signal<string | null>(null)
  const detail = createResource<WebhookDeliveryDetail>((abort) =>
    client.webhookDeliveries.get({ params: { id: opened.value ?? '' } }, { signal: abort }),
  )
  const secret = signal<WebhookSecret | null>(null)
  const loadAll = () =>
    Promise.all([endpoint.load(), log.load(), opened.value === null ? Promise.resolve() : detail.load()])
  const { busy, problem, run } = createOneAtATime(loadAll)
  const isInProgress = ({ state, nextAttemptAt }: WebhookDelivery) =>
    state === 'sending' || (state === 'queued' && nextAttemptAt !== null && Date.parse(nextAttemptAt) <= Date.now())

  return {
    id,
    ...paged,
    endpoint,
    log,
    opened,
    detail,
    secret,
    busy,
    problem,
    /** Polls while a delivery is in progress. */
    poll() {
      if (log.data.value?.items.some(isInProgress)) void loadAll()
    },
    open(delivery: string) {
      detail.data.value = null
      detail.failure.value = null
      opened.value = delivery
      void detail.load()
    },
    close() {
      opened.value = null
    },
    async update(form: WebhookForm): Promise<boolean> {
      const body = form.toUpdate()
      const updated = body && (await form.sending.send(() => client.webhookEndpoints.update({ params, body })))
      if (!updated) return false
      endpoint.data.value = updated
      return true
    },
    async showSecret() {
      secret.value = await run('secret', () => client.webhookEndpoints.secret({ params }))
    },
    async rotate() {
      const fresh = await run('rotate', () => client.webhookEndpoints.rotate({ params }))
      if (fresh) secret.value = fresh
      return fresh !== null
    },
    hideSecret() {
      secret.value = null
    },
    test: () => run('test', () => client.webhookEndpoints.test({ params })),
    enable: () => run('enable', () => client.webhookEndpoints.enable({ params })),
    disable: () => run('disable', () => client.webhookEndpoints.disable({ params })),
    replay: (delivery: string) =>
      run(`replay ${delivery}`, () => client.webhookDeliveries.replay({ params: { id: delivery } })),
    /** Resolves to the number of deliveries resent; null on failure. */
    async replayFailed(since: string | null): Promise<number | null> {
      const body = since === null ? {} : { since }
      const answer = await run('replay all', () => client.webhookEndpoints.replayFailed({ params, body }))
      return answer?.replayed ?? null
    },
    /** After deleting, there is nothing to load. */
    async remove(): Promise<boolean> {
      try {
        await client.webhookEndpoints.remove({ params })
        return true
      } catch (error) {
        problem.value = toFailure(error).sentence
        return false
      }
    },
  }
}

export type WebhookModel = ReturnType<typeof createWebhook>
