import { sign } from '@goodword/webhooks'
import { and, asc, eq, inArray, isNull, lt, lte, notInArray, or, sql } from 'drizzle-orm'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { writeAudit } from '../audit/audit.ts'
import { type EndpointRow, overlapOf, switchOff } from './endpoints.ts'
import { notifyAdmins } from './notices.ts'
import type { Post, Reply } from './post.ts'
import { afterAttempt, givenUpAfterMs } from './retries.ts'
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookEvents } from './webhooks.table.ts'

type Claimed = typeof webhookDeliveries.$inferSelect

const batch = 24
/** So that one address that does not answer leaves room for the others. */
const perEndpoint = 6
const leaseMs = 60_000
const keptMs = 30 * 24 * 3_600_000

/**
 * Sends what is due, a batch at most, and answers how many deliveries it took. Several processes may do so at once: a
 * delivery is claimed under a lease, and one whose process died is claimed again when the lease is over.
 */
export async function deliverWebhooks(services: Services, post: Post): Promise<number> {
  const now = services.clock()
  const [waiting] = await services.database.read
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(isDue(now))
    .limit(1)
  if (!waiting) return 0
  const claimed = await claim(services, now)
  const ended = await Promise.allSettled(claimed.map((delivery) => handOver(services, post, delivery)))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return claimed.length
}

const isDue = (now: number) =>
  or(
    and(eq(webhookDeliveries.state, 'queued'), lte(webhookDeliveries.nextAttemptAt, now)),
    and(eq(webhookDeliveries.state, 'sending'), lt(webhookDeliveries.leaseUntil, now)),
  )

const claim = (services: Services, now: number): Promise<Claimed[]> =>
  services.database.write(async (tx) => {
    const claimed: Claimed[] = []
    const crowded: string[] = []
    while (claimed.length < batch) {
      const due = await tx
        .select({ id: webhookDeliveries.id, endpointId: webhookDeliveries.endpointId })
        .from(webhookDeliveries)
        .where(and(isDue(now), crowded.length > 0 ? notInArray(webhookDeliveries.endpointId, crowded) : undefined))
        .orderBy(asc(webhookDeliveries.nextAttemptAt), asc(webhookDeliveries.id))
        .limit(perEndpoint)
      if (due.length === 0) break
      for (const { id, endpointId } of due) {
        if (claimed.filter((one) => one.endpointId === endpointId).length >= perEndpoint) continue
        const rows = await tx
          .update(webhookDeliveries)
          .set({ state: 'sending', attempts: sql`${webhookDeliveries.attempts} + 1`, leaseUntil: now + leaseMs })
          .where(and(eq(webhookDeliveries.id, id), isDue(now)))
          .returning()
        claimed.push(...rows)
      }
      for (const { endpointId } of claimed) {
        const taken = claimed.filter((one) => one.endpointId === endpointId).length
        if (taken >= perEndpoint && !crowded.includes(endpointId)) crowded.push(endpointId)
      }
    }
    return claimed
  })

async function handOver(services: Services, post: Post, delivery: Claimed): Promise<void> {
  const ctx = contextFor(services, delivery.organizationId, { type: 'system' })
  const [found] = await ctx.db
    .select({ endpoint: webhookEndpoints, payload: webhookEvents.payload })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(and(eq(webhookDeliveries.id, delivery.id), isNull(webhookEndpoints.disabledAt)))
  if (!found) {
    await transaction(ctx, (tx) => standsAsFailed(tx, delivery.id))
    return
  }
  const headers = await headersOf(found.endpoint, delivery, found.payload, services.clock())
  const reply = await post(found.endpoint.url, headers, found.payload)
  await transaction(ctx, (tx) => settle(tx, { delivery, headers, reply }))
}

/** While the secret is changing over there is a signature of each. */
async function headersOf(endpoint: EndpointRow, delivery: Claimed, body: string, now: number) {
  const previous = overlapOf(endpoint, now) === null ? [] : [endpoint.previousSecret ?? '']
  const signed = await sign({
    id: delivery.eventId,
    timestamp: Math.floor(now / 1_000),
    body,
    secrets: [endpoint.secret, ...previous],
  })
  return { 'content-type': 'application/json', 'user-agent': 'Goodword-Webhooks/1', ...signed }
}

type Attempt = { delivery: Claimed; headers: Record<string, string>; reply: Reply }

/** Only the attempt that holds the lease may say how it ended. */
async function settle(tx: Ctx, { delivery, headers, reply }: Attempt): Promise<void> {
  const now = tx.clock()
  const next = afterAttempt({ number: delivery.attempts, ...reply }, Math.random())
  const [kept] = await tx.db
    .update(webhookDeliveries)
    .set({
      state: next.state,
      lastStatus: reply.status,
      nextAttemptAt: next.state === 'queued' ? now + next.waitMs : null,
      leaseUntil: null,
    })
    .where(
      and(
        eq(webhookDeliveries.id, delivery.id),
        eq(webhookDeliveries.state, 'sending'),
        eq(webhookDeliveries.leaseUntil, delivery.leaseUntil ?? 0),
      ),
    )
    .returning({ id: webhookDeliveries.id })
  if (!kept) return
  await tx.db.insert(webhookAttempts).values({
    id: tx.newId('webhookAttempt'),
    organizationId: tx.organizationId,
    deliveryId: delivery.id,
    at: now,
    requestHeaders: headers,
    status: reply.status,
    answer: reply.answer,
    error: reply.error,
    tookMs: reply.tookMs,
  })
  if (next.state === 'delivered') return endpointAnswers(tx, delivery.endpointId)
  const [endpoint] = await tx.db
    .update(webhookEndpoints)
    .set({ failingSince: sql`coalesce(${webhookEndpoints.failingSince}, ${now})` })
    .where(and(eq(webhookEndpoints.id, delivery.endpointId), isNull(webhookEndpoints.disabledAt)))
    .returning()
  if (!endpoint) {
    await standsAsFailed(tx, delivery.id)
    return
  }
  if (next.state !== 'failed') return
  const forLong = now - (endpoint.failingSince ?? now) >= givenUpAfterMs
  if (next.gone || forLong) await giveUp(tx, endpoint, next.gone ? 'gone' : 'failing')
}

/** Switched off while it was on its way: it does not go out again by itself. */
async function standsAsFailed(tx: Ctx, id: string): Promise<void> {
  await tx.db
    .update(webhookDeliveries)
    .set({ state: 'failed', nextAttemptAt: null, leaseUntil: null })
    .where(eq(webhookDeliveries.id, id))
}

async function endpointAnswers(tx: Ctx, id: string): Promise<void> {
  await tx.db.update(webhookEndpoints).set({ failingSince: null }).where(eq(webhookEndpoints.id, id))
}

async function giveUp(tx: Ctx, endpoint: EndpointRow, because: 'gone' | 'failing'): Promise<void> {
  await switchOff(tx, endpoint.id, because)
  await writeAudit(tx, { action: 'webhook.disabled', subjectId: endpoint.id, data: { because } })
  await notifyAdmins(tx, endpoint, because)
}

/** Events older than 30 days with everything sent of them. A bounded piece; answers how many deliveries. */
export function pruneWebhooks(services: Services): Promise<number> {
  const before = services.clock() - keptMs
  return services.database.write(async (tx) => {
    const old = await tx
      .select({ id: webhookDeliveries.id, eventId: webhookDeliveries.eventId })
      .from(webhookDeliveries)
      .where(and(lt(webhookDeliveries.createdAt, before), inArray(webhookDeliveries.state, ['delivered', 'failed'])))
      .limit(200)
    for (const { id } of old) {
      await tx.delete(webhookAttempts).where(eq(webhookAttempts.deliveryId, id))
      await tx.delete(webhookDeliveries).where(eq(webhookDeliveries.id, id))
    }
    for (const eventId of new Set(old.map((one) => one.eventId))) {
      const [still] = await tx
        .select({ id: webhookDeliveries.id })
        .from(webhookDeliveries)
        .where(eq(webhookDeliveries.eventId, eventId))
        .limit(1)
      if (!still) await tx.delete(webhookEvents).where(eq(webhookEvents.id, eventId))
    }
    return old.length
  })
}
