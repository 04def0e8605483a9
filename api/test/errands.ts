import { sql } from 'drizzle-orm'
import type { Queries } from '../src/database/queries.ts'
import type { Ended, Handler, Limits, Outcome, QueueKind } from '../src/queue/kind.ts'
import { enqueue } from '../src/queue/queue.ts'
import { defineQueue } from '../src/queue/worker.ts'
import type { Services } from '../src/shared/context.ts'

/** A queue kind for tests. Each errand is a row with its state (waiting, done or parked) and number of attempts. */
export const errandKind = 'errand'
export const leaseMs = 60_000
/** The delays between attempts: a second, a minute, an hour. */
export const waitsMs = [1_000, 60_000, 3_600_000]

type Attempt = (id: string, attempts: number) => Promise<Outcome<string>>
type Settled = (ended: Ended<string, string>[]) => void

export const createErrands = ({ database }: Services): Promise<void> =>
  database.write(async (tx) => {
    await tx.run(sql`CREATE TABLE errands (id TEXT PRIMARY KEY, state TEXT NOT NULL, attempts INTEGER NOT NULL)`)
  })

/**
 * What errands do: `attempt` makes the outside call, `settled` receives the results just written, before the commit.
 */
export function errandQueue(attempt: Attempt, { settled, ...limits }: Partial<Limits> & { settled?: Settled } = {}) {
  const handler: Handler<string, string> = {
    limits: { batch: 100, perLane: 100, strict: false, ...limits },
    prepare: async (_, rows) => new Map(rows.map((row) => [row, row.subjectId])),
    attempt: (id, { attempts }) => attempt(id, attempts),
    async settle(tx, ended) {
      for (const { work: id, became, row } of ended) {
        await tx.run(sql`UPDATE errands SET state = ${became}, attempts = ${row.attempts} WHERE id = ${id}`)
      }
      settled?.(ended)
    },
  }
  return defineQueue<string, string>({ name: errandKind, leaseMs, waitsMs, open: () => handler } satisfies QueueKind<
    string,
    string
  >)
}

/** Enqueues an errand. */
export const addErrand = ({ database, clock }: Services, id: string, lane = 'all'): Promise<void> =>
  database.write(async (db) => {
    await db.run(sql`INSERT INTO errands VALUES (${id}, 'waits', 0)
      ON CONFLICT (id) DO UPDATE SET state = 'waits', attempts = 0`)
    await enqueue({ db, clock }, errandKind, { subjectId: id, organizationId: null, lane })
  })

export async function errandsIn(db: Queries): Promise<Record<string, { state: string; attempts: number }>> {
  const rows = await db.all<[string, string, number]>(sql`SELECT id, state, attempts FROM errands ORDER BY id`)
  return Object.fromEntries(rows.map(([id, state, attempts]) => [id, { state, attempts }]))
}

/** The errands in the queue. */
export async function waitingIn(db: Queries): Promise<string[]> {
  const rows = await db.all<[string]>(sql`SELECT subject_id FROM queue WHERE kind = ${errandKind} ORDER BY 1`)
  return rows.map(([id]) => id)
}
