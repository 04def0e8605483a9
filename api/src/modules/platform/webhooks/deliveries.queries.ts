import type { Page, WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryQuery } from '@goodword/contracts'
import { and, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import { queue } from '../../../queue/queue.table.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { type PreparedSlice, preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { byRowid, inWalks, walkEach, walked } from '../../../shared/walks.ts'
import { endpointRow } from './endpoints.ts'
import {
  deliveryKind,
  storedStates,
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  webhookEvents,
} from './webhooks.table.ts'

const triesShown = 50

const deliveries = (db: Queries) =>
  db
    .select({
      delivery: getTableColumns(webhookDeliveries),
      type: webhookEvents.type,
      url: webhookEndpoints.url,
      waiting: { dueAt: queue.dueAt, holder: queue.holder, attempts: queue.attempts },
    })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .leftJoin(queue, and(eq(queue.kind, deliveryKind), eq(queue.subjectId, webhookDeliveries.id)))

type DeliveryRow = Awaited<ReturnType<typeof deliveries>>[number]

function toDelivery({ delivery, type, waiting }: DeliveryRow): WebhookDelivery {
  const isSending = waiting !== null && waiting.holder !== null
  return {
    id: delivery.id,
    endpointId: delivery.endpointId,
    eventId: delivery.eventId,
    type,
    state: isSending ? 'sending' : delivery.state,
    attempts: waiting?.attempts ?? delivery.attempts,
    lastStatus: delivery.lastStatus,
    nextAttemptAt: isoOrNull(waiting && !isSending ? waiting.dueAt : null),
    createdAt: iso(delivery.createdAt),
  }
}

const held = sql`(SELECT ${queue.subjectId} FROM ${queue} WHERE ${queue.kind} = ${deliveryKind} AND ${queue.holder} IS NOT NULL)`

const inOrganization = eq(webhookDeliveries.organizationId, sql.placeholder('organizationId'))
const mine = and(inOrganization, eq(webhookDeliveries.endpointId, sql.placeholder('endpointId')))

/** The deliveries of a slice. Those being sent are few; the others are walked state by state. */
function inSlice(state: WebhookDelivery['state'] | 'any', slice: PreparedSlice): SQL | undefined {
  const { id, state: stored } = webhookDeliveries
  if (state === 'sending') return and(mine, eq(stored, 'queued'), sql`${id} IN ${held}`, slice.where)
  const stretch = and(mine, sql`${stored} = ${walked}`, state === 'queued' ? sql`${id} NOT IN ${held}` : undefined)
  return inWalks(webhookDeliveries, walkEach(state === 'any' ? storedStates : [state]), stretch, slice)
}

const newestFirst = [
  descending<DeliveryRow>(webhookDeliveries.createdAt, ({ delivery }) => delivery.createdAt),
  byRowid<DeliveryRow>(webhookDeliveries, 'desc', ({ delivery }) => delivery.id),
]

const pagesIn = shapes(({ state }: { state: WebhookDelivery['state'] | 'any' }) =>
  preparedPages<DeliveryRow>(newestFirst, (db, slice) =>
    deliveries(db)
      .where(inSlice(state, slice))
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare(),
  ),
)

/** The deliveries to an endpoint, newest first. Throws not_found. */
export async function listDeliveries(
  ctx: Ctx,
  endpointId: string,
  query: WebhookDeliveryQuery,
): Promise<Page<WebhookDelivery>> {
  await endpointRow(ctx, endpointId)
  const { db, organizationId } = ctx
  const request = { of: endpointId, ...query }
  const page = await pagesIn({ state: query.state ?? 'any' })(db, request, { organizationId, endpointId })
  return mapPage(page, toDelivery)
}

/** A delivery as listed. Throws not_found. */
export const loadDelivery = async (ctx: Ctx, id: string): Promise<WebhookDelivery> =>
  toDelivery(await deliveryRow(ctx, id))

/** A delivery with each request and response. Throws not_found. */
export async function getDelivery(ctx: Ctx, id: string): Promise<WebhookDeliveryDetail> {
  const found = await deliveryRow(ctx, id)
  const event = await eventById(ctx.db).get({ organizationId: ctx.organizationId, id: found.delivery.eventId })
  const tries = await ctx.db
    .select()
    .from(webhookAttempts)
    .where(and(eq(webhookAttempts.organizationId, ctx.organizationId), eq(webhookAttempts.deliveryId, id)))
    .orderBy(desc(webhookAttempts.at), desc(webhookAttempts.id))
    .limit(triesShown)
  return {
    ...toDelivery(found),
    url: found.url,
    payload: event?.payload ?? '',
    tries: tries.map((one) => ({
      id: one.id,
      at: iso(one.at),
      requestHeaders: one.requestHeaders,
      status: one.status,
      answer: one.answer,
      error: one.error,
      tookMs: one.tookMs,
    })),
  }
}

/** A list doesn't read what was sent. */
const eventById = prepared((db) =>
  db
    .select({ payload: webhookEvents.payload })
    .from(webhookEvents)
    .where(
      and(
        eq(webhookEvents.organizationId, sql.placeholder('organizationId')),
        eq(webhookEvents.id, sql.placeholder('id')),
      ),
    )
    .prepare(),
)

const deliveryById = prepared((db) =>
  deliveries(db)
    .where(and(inOrganization, eq(webhookDeliveries.id, sql.placeholder('id'))))
    .prepare(),
)

async function deliveryRow({ db, organizationId }: Ctx, id: string): Promise<DeliveryRow> {
  const row = await deliveryById(db).get({ organizationId, id })
  if (!row) throw new AppError('not_found')
  return row
}
