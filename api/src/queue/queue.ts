import { and, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../database/prepared.ts'
import type { Queries } from '../database/queries.ts'
import { queue } from './queue.table.ts'

/** The subject of the work, and the lane it shares turns with. */
export type Subject = { subjectId: string; organizationId: string | null; lane: string }
/** A transaction and the current time. */
type Tx = { db: Queries; clock: () => number }

const waitsAgain = {
  target: [queue.kind, queue.subjectId],
  set: { dueAt: sql`excluded.due_at`, attempts: 0, error: null },
  setWhere: isNull(queue.holder),
}

const add = prepared((db) =>
  db
    .insert(queue)
    .values({
      kind: sql.placeholder('kind'),
      subjectId: sql.placeholder('subjectId'),
      organizationId: sql.placeholder('organizationId'),
      lane: sql.placeholder('lane'),
      dueAt: sql.placeholder('dueAt'),
      attempts: 0,
    })
    .onConflictDoUpdate(waitsAgain)
    .prepare(),
)

/**
 * Makes a subject due now, within the caller's transaction. One that already waits starts over; one that is being
 * attempted continues.
 */
export async function enqueue(tx: Tx, kind: string, subject: Subject): Promise<void> {
  await add(tx.db).run({ kind, dueAt: tx.clock(), ...subject })
}

/** The same for many subjects of one lane. */
export async function enqueueAll(
  tx: Tx,
  kind: string,
  { subjectIds, organizationId, lane }: Omit<Subject, 'subjectId'> & { subjectIds: string[] },
): Promise<void> {
  if (subjectIds.length === 0) return
  await tx.db.run(sql`INSERT INTO ${queue} (kind, subject_id, organization_id, lane, due_at, attempts)
    SELECT ${kind}, value, ${organizationId}, ${lane}, ${tx.clock()}, 0 FROM json_each(${JSON.stringify(subjectIds)}) WHERE true
    ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = excluded.due_at, attempts = 0, error = NULL WHERE holder IS NULL`)
}

/** Removes the rows that nobody is attempting right now. Returns their subject ids. */
export async function withdraw(tx: Pick<Tx, 'db'>, kind: string, subjectIds: string[]): Promise<string[]> {
  const rows = await tx.db
    .delete(queue)
    .where(
      and(
        eq(queue.kind, kind),
        sql`${queue.subjectId} IN (SELECT value FROM json_each(${JSON.stringify(subjectIds)}))`,
        isNull(queue.holder),
      ),
    )
    .returning({ subjectId: queue.subjectId })
  return rows.map(({ subjectId }) => subjectId)
}
