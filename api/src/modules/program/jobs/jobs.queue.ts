import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { defineQueue } from '../../../queue/worker.ts'
import { contextFor } from '../../../shared/context.ts'
import { jobEventKind, jobEvents } from './jobs.table.ts'
import { processEvent } from './processing.ts'

const seconds = (count: number) => count * 1_000

const openEvents = prepared((db) =>
  db
    .select({ id: jobEvents.id, organizationId: jobEvents.organizationId })
    .from(jobEvents)
    .where(
      and(
        sql`${jobEvents.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
        inArray(jobEvents.outcome, ['received', 'waiting']),
      ),
    )
    .prepare(),
)

/** Events that wait to be read. Each connection has its own lane, so that a flood of one delays no other. */
export const jobEventQueue = defineQueue<{ organizationId: string }, null>({
  name: jobEventKind,
  leaseMs: seconds(60),
  prompt: true,
  waitsMs: [seconds(1), seconds(10), seconds(60), seconds(600), seconds(3_600)],
  jitter: 0.1,
  open: (services) => ({
    limits: { batch: 160, perLane: 80, atOnce: 8, strict: false },
    async prepare(tx, rows) {
      const open = await openEvents(tx).all({ ids: JSON.stringify(rows.map(({ subjectId }) => subjectId)) })
      const byId = new Map(open.map(({ id, organizationId }) => [id, { organizationId }]))
      return new Map(
        rows.flatMap((row) => {
          const work = byId.get(row.subjectId)
          return work ? [[row, work] as const] : []
        }),
      )
    },
    async attempt({ organizationId }, { subjectId }) {
      await processEvent(contextFor(services, organizationId, { type: 'system' }), subjectId)
      return { went: 'done', result: null }
    },
    // What an attempt did is in its own transaction. Only one that failed every time is left to be noted.
    async settle(tx, ended) {
      for (const { row, became } of ended)
        if (became === 'parked')
          await tx
            .update(jobEvents)
            .set({ outcome: 'rejected', reason: 'broke_on_our_side', needsPerson: true, waitsFor: null })
            .where(and(eq(jobEvents.id, row.subjectId), inArray(jobEvents.outcome, ['received', 'waiting'])))
    },
  }),
})
