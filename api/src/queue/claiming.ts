import { and, eq, lte, sql } from 'drizzle-orm'
import { prepared } from '../database/prepared.ts'
import type { Queries } from '../database/queries.ts'
import type { Claimed, Limits } from './kind.ts'
import { queue } from './queue.table.ts'

type Due = { subjectId: string; lane: string; dueAt: number }
type Wanted = { kind: string; now: number } & Omit<Limits, 'atOnce'>
/** The worker that claims rows, and when its lease ends. */
export type Lease = { holder: string; until: number }

const kindIs = eq(queue.kind, sql.placeholder('kind'))
const isDue = lte(queue.dueAt, sql.placeholder('now'))
// The unary plus makes the planner use the ids. By due date it would walk every due row.
const isStillDue = sql`+${queue.dueAt} <= ${sql.placeholder('now')}`
const ids = sql`${queue.subjectId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`

const anyDue = prepared((db) =>
  db.select({ dueAt: queue.dueAt }).from(queue).where(and(kindIs, isDue)).limit(1).prepare(),
)

/** Whether there is anything to claim: one step in an index. */
export const isAnyDue = async (db: Queries, given: { kind: string; now: number }): Promise<boolean> =>
  (await anyDue(db).get(given)) !== undefined

const dueRows = prepared((db) =>
  db
    .select({ subjectId: queue.subjectId, lane: queue.lane, dueAt: queue.dueAt })
    .from(queue)
    .where(
      and(
        kindIs,
        isDue,
        sql`(${queue.dueAt}, ${queue.lane}, ${queue.subjectId}) > (${sql.placeholder('dueAt')}, ${sql.placeholder('lane')}, ${sql.placeholder('subjectId')})`,
        sql`${queue.lane} NOT IN (SELECT value FROM json_each(${sql.placeholder('full')}))`,
      ),
    )
    .orderBy(queue.dueAt, queue.lane, queue.subjectId)
    .limit(sql.placeholder('most'))
    .prepare(),
)

/**
 * Picks the next rows, longest due first. A lane that has used its share is skipped while others wait, so that a
 * business with ten thousand messages doesn't delay everyone else.
 */
export async function pickDue(tx: Queries, { kind, now, batch, perLane, strict }: Wanted): Promise<string[]> {
  const picked: Due[] = []
  const passedOver: Due[] = []
  const taken = new Map<string, number>()
  let after: Due = { dueAt: 0, lane: '', subjectId: '' }
  while (picked.length < batch) {
    const full = [...taken].flatMap(([lane, count]) => (count >= perLane ? [lane] : []))
    const most = batch - picked.length
    const rows: Due[] = await dueRows(tx).all({ kind, now, ...after, full: JSON.stringify(full), most })
    for (const row of rows) {
      const count = taken.get(row.lane) ?? 0
      if (count >= perLane) passedOver.push(row)
      else picked.push(row)
      taken.set(row.lane, count + 1)
      after = row
    }
    if (rows.length < most) break
  }
  if (!strict) picked.push(...passedOver.slice(0, batch - picked.length))
  return picked.map(({ subjectId }) => subjectId)
}

const take = prepared((db) =>
  db
    .update(queue)
    .set({
      holder: sql`${sql.placeholder('holder')}`,
      dueAt: sql`${sql.placeholder('until')}`,
      attempts: sql`${queue.attempts} + 1`,
    })
    .where(and(kindIs, ids, isStillDue))
    .returning({
      subjectId: queue.subjectId,
      organizationId: queue.organizationId,
      lane: queue.lane,
      attempts: queue.attempts,
    })
    .prepare(),
)

/** Claims the next rows under a lease, in the order they were due. */
export async function claimDue(tx: Queries, wanted: Wanted, lease: Lease): Promise<Claimed[]> {
  const subjectIds = await pickDue(tx, wanted)
  if (subjectIds.length === 0) return []
  const { kind, now } = wanted
  const rows: Claimed[] = await take(tx).all({ kind, now, ids: JSON.stringify(subjectIds), ...lease })
  const place = new Map(subjectIds.map((subjectId, index) => [subjectId, index]))
  return rows.sort((a, b) => (place.get(a.subjectId) ?? 0) - (place.get(b.subjectId) ?? 0))
}

const held = and(kindIs, ids, eq(queue.holder, sql.placeholder('holder')), eq(queue.dueAt, sql.placeholder('until')))

const leave = prepared((db) => db.delete(queue).where(held).returning({ subjectId: queue.subjectId }).prepare())

/** Removes rows still held under the lease from the queue. Returns their ids. */
export async function leaveQueue(tx: Queries, kind: string, subjectIds: string[], lease: Lease): Promise<string[]> {
  if (subjectIds.length === 0) return []
  const rows = await leave(tx).all({ kind, ids: JSON.stringify(subjectIds), ...lease })
  return rows.map(({ subjectId }) => subjectId)
}

const putBack = prepared((db) =>
  db
    .update(queue)
    .set({ holder: null, dueAt: sql`${sql.placeholder('dueAt')}`, error: sql`${sql.placeholder('error')}` })
    .where(held)
    .returning({ subjectId: queue.subjectId })
    .prepare(),
)

/** Schedules a row's next attempt if it is still held under the lease. Returns whether it was. */
export async function scheduleRetry(
  tx: Queries,
  kind: string,
  subjectId: string,
  given: Lease & { dueAt: number; error: string | null },
): Promise<boolean> {
  const rows = await putBack(tx).all({ kind, ids: JSON.stringify([subjectId]), ...given })
  return rows.length > 0
}
