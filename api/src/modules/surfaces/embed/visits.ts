import { sql } from 'drizzle-orm'
import type { Ctx, Services } from '../../../shared/context.ts'
import { findByCode } from '../../program/advocates/advocates.ts'
import { visits } from './visits.view.ts'

type Visits = typeof visits.$inferSelect
export type VisitSource = Visits['source']

const quarterHour = 900_000
/** Links with visits that wait to be written. */
const maxBuffered = 10_000
const rowsPerWrite = 500
/** By link, source and quarter of an hour: a popular link is one row, however many people follow it. */
const buffer = new WeakMap<Services['database'], Map<string, Visits>>()

/**
 * Records a visit. Visits may be lost: they are buffered in memory until the next flush, so that following a link never
 * waits for the disk, and dropped beyond a limit.
 */
export async function recordVisit(ctx: Ctx, code: string, source: VisitSource): Promise<void> {
  const enrollment = await findByCode(ctx, code)
  if (enrollment?.organizationId === ctx.organizationId) countVisit(ctx, enrollment, source)
}

export function countVisit(
  services: Services,
  enrollment: { id: string; organizationId: string },
  source: VisitSource,
): void {
  const waiting = buffer.get(services.database) ?? new Map<string, Visits>()
  buffer.set(services.database, waiting)
  const now = services.clock()
  const at = now - (now % quarterHour)
  const key = `${at} ${source} ${enrollment.id}`
  const known = waiting.get(key)
  if (known) known.count += 1
  else if (waiting.size < maxBuffered) {
    const { organizationId, id: enrollmentId } = enrollment
    waiting.set(key, { organizationId, at, enrollmentId, source, count: 1 })
  }
}

/** Writes the buffered visits in limited batches. Returns how many visits they are. */
export async function flushVisits(services: Services): Promise<number> {
  const waiting = buffer.get(services.database)
  if (!waiting || waiting.size === 0) return 0
  const rows: Visits[] = []
  for (const [key, row] of waiting) {
    rows.push(row)
    waiting.delete(key)
    if (rows.length === rowsPerWrite) break
  }
  await services.database.write((tx) => tx.run(addAll(rows)))
  return rows.reduce((sum, { count }) => sum + count, 0)
}

/** One parameter for all rows. The view adds them to what is counted already. */
const addAll = (rows: Visits[]) => sql`INSERT INTO ${visits} (organization_id, at, enrollment_id, source, count)
  SELECT value ->> 'organizationId', value ->> 'at', value ->> 'enrollmentId', value ->> 'source', value ->> 'count'
  FROM json_each(${JSON.stringify(rows)})`
