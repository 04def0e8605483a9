import type { AddWebhook, UpdateWebhook, WebhookEndpoint, WebhookSecret } from '@goodword/contracts'
import { newSecret } from '@goodword/webhooks'
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { withdraw } from '../../../queue/queue.ts'
import { assertAdmin } from '../../../shared/admins.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { countUpTo } from '../../../shared/countUpTo.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { reachOf, refusalOf } from './addresses.ts'
import { previousSecretOf, sealSecret, secretOf } from './secrets.ts'
import { endpointsChanged } from './subscription.ts'
import { writeAudit } from './webhooks.audit.ts'
import { deliveryKind, webhookAttempts, webhookDeliveries, webhookEndpoints, webhookEvents } from './webhooks.table.ts'

const overlapMs = 24 * 3_600_000
const mostEndpoints = 20

export type EndpointRow = typeof webhookEndpoints.$inferSelect

/** The organization's endpoints, oldest first. */
export async function listEndpoints(ctx: Ctx): Promise<{ items: WebhookEndpoint[] }> {
  const rows = await ctx.db
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.organizationId, ctx.organizationId))
    .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id))
  return { items: await toEndpoint(ctx, rows) }
}

/** Throws not_found. */
export async function getEndpoint(ctx: Ctx, id: string): Promise<WebhookEndpoint> {
  const [endpoint] = await toEndpoint(ctx, [await endpointRow(ctx, id)])
  if (!endpoint) throw new AppError('not_found')
  return endpoint
}

/**
 * Creates an endpoint that receives events from now on. Throws forbidden, webhook_url_refused, webhook_limit_reached.
 */
export function addEndpoint(ctx: Ctx, input: AddWebhook): Promise<WebhookEndpoint & { secret: string }> {
  assertAdmin(ctx)
  assertUrl(ctx, input.url)
  return transaction(ctx, async (tx) => {
    const [known] = await tx.db
      .select({ n: count() })
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.organizationId, tx.organizationId))
    if ((known?.n ?? 0) >= mostEndpoints) throw new AppError('webhook_limit_reached')
    const [id, secret] = [tx.newId('webhookEndpoint'), newSecret()]
    const row: EndpointRow = {
      id,
      organizationId: tx.organizationId,
      url: input.url,
      description: input.description,
      events: input.events,
      secret: sealSecret(tx, id, secret),
      previousSecret: null,
      previousSecretUntil: null,
      isPlain: false,
      failingSince: null,
      disabledAt: null,
      disabledBecause: null,
      createdAt: tx.clock(),
    }
    await tx.db.insert(webhookEndpoints).values(row)
    endpointsChanged(tx)
    await writeAudit(tx, { action: 'webhook.added', subjectId: row.id, data: { host: new URL(row.url).host } })
    return { ...(await getEndpoint(tx, id)), secret }
  })
}

/** Updates the given fields. Throws forbidden, not_found, webhook_url_refused. */
export function updateEndpoint(ctx: Ctx, id: string, input: UpdateWebhook): Promise<WebhookEndpoint> {
  assertAdmin(ctx)
  if (input.url !== undefined) assertUrl(ctx, input.url)
  const change = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  return changed(ctx, id, 'webhook.updated', change)
}

/** Deletes an endpoint and its delivery log. Throws forbidden, not_found. */
export function removeEndpoint(ctx: Ctx, id: string): Promise<undefined> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    await endpointRow(tx, id)
    const sent = and(eq(webhookDeliveries.organizationId, tx.organizationId), eq(webhookDeliveries.endpointId, id))
    const deliveries = tx.db.select({ id: webhookDeliveries.id }).from(webhookDeliveries).where(sent)
    await tx.db.delete(webhookAttempts).where(inArray(webhookAttempts.deliveryId, deliveries))
    await tx.db.delete(webhookDeliveries).where(sent)
    await tx.db.delete(webhookEndpoints).where(mine(tx, id))
    endpointsChanged(tx)
    await tx.db.run(sql`DELETE FROM ${webhookEvents} WHERE organization_id = ${tx.organizationId}
      AND NOT EXISTS (SELECT 1 FROM ${webhookDeliveries} d WHERE d.event_id = ${webhookEvents}.id)`)
    await writeAudit(tx, { action: 'webhook.removed', subjectId: id })
    return undefined
  })
}

/** The signing secret. Throws forbidden, not_found, secret_unreadable. */
export async function showSecret(ctx: Ctx, id: string): Promise<WebhookSecret> {
  assertAdmin(ctx)
  const row = await endpointRow(ctx, id)
  const secret = secretOf(ctx, row)
  if (secret === null) throw new AppError('secret_unreadable')
  return { secret, previousSecretUntil: overlapOf(ctx, row) }
}

/**
 * Rotates the secret. The previous one keeps signing for a day, so that the receiver can switch, if it can be read. Throws
 * forbidden, not_found.
 */
export function rotateSecret(ctx: Ctx, id: string): Promise<WebhookSecret> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const before = await endpointRow(tx, id)
    const overlap =
      secretOf(tx, before) === null
        ? { previousSecret: null, previousSecretUntil: null }
        : { previousSecret: before.secret, previousSecretUntil: tx.clock() + overlapMs }
    const secret = newSecret()
    await tx.db
      .update(webhookEndpoints)
      .set({ secret: sealSecret(tx, id, secret), ...overlap })
      .where(mine(tx, id))
    await writeAudit(tx, { action: 'webhook.secret_rotated', subjectId: id })
    return { secret, previousSecretUntil: isoOrNull(overlap.previousSecretUntil) }
  })
}

/**
 * Disables an endpoint until it is enabled again. Waiting deliveries are marked as failed. Throws forbidden, not_found.
 */
export function disableEndpoint(ctx: Ctx, id: string): Promise<WebhookEndpoint> {
  assertAdmin(ctx)
  return transaction(ctx, async (tx) => {
    const row = await endpointRow(tx, id)
    if (row.disabledAt !== null) return getEndpoint(tx, id)
    await disableWithin(tx, id, 'member')
    await writeAudit(tx, { action: 'webhook.disabled', subjectId: id })
    return getEndpoint(tx, id)
  })
}

/**
 * Enables an endpoint. Deliveries that failed in the meantime are sent when they are replayed. Throws forbidden,
 * not_found.
 */
export function enableEndpoint(ctx: Ctx, id: string): Promise<WebhookEndpoint> {
  assertAdmin(ctx)
  return changed(ctx, id, 'webhook.enabled', { disabledAt: null, disabledBecause: null, failingSince: null })
}

/** Within a transaction: stops events to the endpoint and marks waiting deliveries as failed. */
export async function disableWithin(tx: Ctx, id: string, because: 'member' | 'gone' | 'failing'): Promise<void> {
  await tx.db
    .update(webhookEndpoints)
    .set({ disabledAt: tx.clock(), disabledBecause: because })
    .where(and(mine(tx, id), isNull(webhookEndpoints.disabledAt)))
  endpointsChanged(tx)
  const withdrawn = await withdraw(tx, deliveryKind, await waitingFor(tx, id))
  await tx.db
    .update(webhookDeliveries)
    .set({ state: 'failed' })
    .where(sql`${webhookDeliveries.id} IN (SELECT value FROM json_each(${JSON.stringify(withdrawn)}))`)
}

async function waitingFor(tx: Ctx, endpointId: string): Promise<string[]> {
  const { organizationId } = tx
  const rows = await tx.db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.organizationId, organizationId),
        eq(webhookDeliveries.endpointId, endpointId),
        eq(webhookDeliveries.state, 'queued'),
      ),
    )
  return rows.map(({ id }) => id)
}

const mine = (ctx: Ctx, id: string) =>
  and(eq(webhookEndpoints.organizationId, ctx.organizationId), eq(webhookEndpoints.id, id))

/** Throws not_found. */
export async function endpointRow(ctx: Ctx, id: string): Promise<EndpointRow> {
  const [row] = await ctx.db.select().from(webhookEndpoints).where(mine(ctx, id))
  if (!row) throw new AppError('not_found')
  return row
}

function changed(
  ctx: Ctx,
  id: string,
  action: 'webhook.updated' | 'webhook.enabled',
  change: Partial<EndpointRow>,
): Promise<WebhookEndpoint> {
  return transaction(ctx, async (tx) => {
    await endpointRow(tx, id)
    if (Object.keys(change).length > 0) {
      await tx.db.update(webhookEndpoints).set(change).where(mine(tx, id))
      endpointsChanged(tx)
      await writeAudit(tx, { action, subjectId: id })
    }
    return getEndpoint(tx, id)
  })
}

function assertUrl(ctx: Ctx, url: string): void {
  const message = refusalOf(url, reachOf(ctx.config))
  if (message === null) return
  throw new AppError('webhook_url_refused', {
    detail: message,
    errors: [{ path: 'url', message }],
  })
}

/** Until when the previous secret also signs; null if it doesn't. */
const overlapOf = (ctx: Ctx, row: EndpointRow): string | null =>
  previousSecretOf(ctx, row, ctx.clock()) === null ? null : isoOrNull(row.previousSecretUntil)

function toEndpoint(ctx: Ctx, rows: EndpointRow[]): Promise<WebhookEndpoint[]> {
  return Promise.all(
    rows.map(async (row) => {
      const ofState = (state: 'failed' | 'delivered') =>
        and(eq(webhookDeliveries.endpointId, row.id), eq(webhookDeliveries.state, state))
      // The order and the column of the index, so that it counts alone, even where most fail.
      const ofFailed = ctx.db
        .select({ at: webhookDeliveries.createdAt })
        .from(webhookDeliveries)
        .where(ofState('failed'))
        .orderBy(desc(webhookDeliveries.createdAt))
      const [delivered] = await ctx.db
        .select({ at: webhookDeliveries.createdAt })
        .from(webhookDeliveries)
        .where(ofState('delivered'))
        .orderBy(desc(webhookDeliveries.createdAt))
        .limit(1)
      return {
        id: row.id,
        url: row.url,
        description: row.description,
        events: row.events,
        state: row.disabledAt !== null ? 'disabled' : row.failingSince !== null ? 'failing' : 'active',
        failingSince: isoOrNull(row.failingSince),
        disabledAt: isoOrNull(row.disabledAt),
        disabledBecause: row.disabledBecause,
        isSecretReadable: secretOf(ctx, row) !== null,
        previousSecretUntil: overlapOf(ctx, row),
        failed: (await countUpTo(ctx, ofFailed)).count,
        lastDeliveredAt: isoOrNull(delivered?.at ?? null),
        createdAt: iso(row.createdAt),
      }
    }),
  )
}
