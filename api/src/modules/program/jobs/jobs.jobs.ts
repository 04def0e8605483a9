import { dayMs } from '@goodword/domain'
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { jobEvents } from './jobs.table.ts'

const waitMs = 30 * dayMs
const keptMs = 90 * dayMs
const batch = 200

/** Until when an event waits for the one it belongs to. */
export const waitsUntil = (receivedAt: number): number => receivedAt + waitMs

/** Gives up on a batch of events that waited for 30 days; a refund among them is for a person. Returns how many. */
export function expireWaitingEvents(services: Services): Promise<number> {
  const before = services.clock() - waitMs
  return services.database.write(async (tx) => {
    const due = await tx
      .select({ id: jobEvents.id })
      .from(jobEvents)
      .where(and(sql`${jobEvents.waitsFor} IS NOT NULL`, lt(jobEvents.receivedAt, before)))
      .orderBy(asc(jobEvents.receivedAt))
      .limit(batch)
    if (due.length === 0) return 0
    const ids = idsOf(due)
    await tx
      .update(jobEvents)
      .set({
        outcome: 'rejected',
        reason: 'job_never_arrived',
        waitsFor: null,
        needsPerson: sql`${eq(jobEvents.type, 'job.refunded')}`,
      })
      .where(inArray(jobEvents.id, ids))
    return ids.length
  })
}

/**
 * Deletes what was sent more than 90 days ago, a batch at a time. Its event goes with it, unless a person has still to see to
 * it; its job stays. Returns how many.
 */
export function pruneEvents(services: Services): Promise<number> {
  const before = services.clock() - keptMs
  return services.database.write(async (tx) => {
    const old = await tx
      .select({ id: jobEvents.id })
      .from(jobEvents)
      .where(and(sql`NOT ${jobEvents.needsPerson}`, lt(jobEvents.receivedAt, before)))
      .orderBy(asc(jobEvents.receivedAt))
      .limit(batch)
    const kept = await tx
      .select({ id: jobEvents.id })
      .from(jobEvents)
      .where(
        and(sql`${jobEvents.needsPerson}`, sql`${jobEvents.payload} IS NOT NULL`, lt(jobEvents.receivedAt, before)),
      )
      .orderBy(asc(jobEvents.receivedAt))
      .limit(batch)
    if (old.length > 0) await tx.delete(jobEvents).where(inArray(jobEvents.id, idsOf(old)))
    if (kept.length > 0)
      await tx
        .update(jobEvents)
        .set({ payload: null })
        .where(inArray(jobEvents.id, idsOf(kept)))
    return old.length + kept.length
  })
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)
