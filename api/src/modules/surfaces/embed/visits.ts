import { sql } from 'drizzle-orm'
import { isbot } from 'isbot'
import { LRUCache } from 'lru-cache'
import type { Ctx, Services } from '../../../shared/context.ts'
import type { Http } from '../../../shared/router.ts'
import { findByCode } from '../../program/advocates/advocates.ts'
import { visits } from './visits.table.ts'

type Visit = typeof visits.$inferInsert

const maxBuffered = 10_000
const buffer = new WeakMap<Services['database'], Visit[]>()

/** Robots name themselves early in the header, so the rest isn't read, however long it is. */
const agentRead = 500
/** Most browsers send one of the same few hundred user agents. */
const bots = new LRUCache<string, boolean>({ max: 1_000 })

function isBot(agent: string): boolean {
  const known = bots.get(agent) ?? isbot(agent)
  bots.set(agent, known)
  return known
}

/**
 * Whether a person followed the link, rather than a message preview, a scanner, a program, or a browser that
 * prefetches.
 */
export function isPerson({ req }: Http): boolean {
  const agent = (req.header('user-agent') ?? '').slice(0, agentRead)
  const purpose = req.header('sec-purpose') ?? req.header('purpose') ?? ''
  return agent !== '' && !isBot(agent) && !/prefetch|preview/i.test(purpose)
}

/**
 * Records a visit. Visits may be lost: they are buffered in memory until the next flush, so that following a link never
 * waits for the disk, and dropped beyond a limit.
 */
export async function recordVisit(ctx: Ctx, code: string, source: Visit['source']): Promise<void> {
  const enrollment = await findByCode(ctx, code)
  if (enrollment?.organizationId === ctx.organizationId) countVisit(ctx, enrollment, source)
}

export function countVisit(
  services: Services,
  enrollment: { id: string; organizationId: string },
  source: Visit['source'],
): void {
  const list = buffer.get(services.database) ?? []
  buffer.set(services.database, list)
  if (list.length >= maxBuffered) return
  list.push({
    id: services.newId('visit'),
    organizationId: enrollment.organizationId,
    enrollmentId: enrollment.id,
    source,
    at: services.clock(),
  })
}

/** Writes the buffered visits in limited batches. Returns how many. */
export async function flushVisits(services: Services): Promise<number> {
  const rows = buffer.get(services.database)?.splice(0, 500) ?? []
  if (rows.length > 0) await services.database.write((tx) => tx.run(insertAll(rows)))
  return rows.length
}

/** One parameter for all rows, because a popular link brings thousands of visits a second. */
const insertAll = (rows: Visit[]) => sql`INSERT INTO ${visits} (id, organization_id, enrollment_id, source, at)
  SELECT value ->> 'id', value ->> 'organizationId', value ->> 'enrollmentId', value ->> 'source', value ->> 'at'
  FROM json_each(${JSON.stringify(rows)})`
