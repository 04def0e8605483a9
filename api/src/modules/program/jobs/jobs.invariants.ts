import { refundedAmount } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Invariant } from '../../../shared/module.ts'
import { jobs } from './jobs.table.ts'

const walkedAtOnce = 500

export const jobsInvariants: Invariant[] = [
  {
    invariant: 'Every received job event is in the queue.',
    broken: `SELECT id FROM job_events e WHERE outcome = 'received'
        AND NOT EXISTS (SELECT 1 FROM queue q WHERE q.kind = 'job_event' AND q.subject_id = e.id)`,
  },
  {
    invariant: 'A job event names what it waits for exactly while it waits, and a repetition has no key of its own.',
    broken: `SELECT id FROM job_events WHERE (outcome = 'waiting') <> (waits_for IS NOT NULL)
      UNION ALL SELECT id FROM job_events WHERE reason = 'sent_again' AND delivery_key IS NOT NULL`,
  },
  {
    invariant: 'The state of a job follows from its dates and its refunds.',
    broken: `SELECT id FROM jobs WHERE state <> CASE
        WHEN invoiced_at IS NOT NULL AND value > 0 AND refunded_amount >= value THEN 'refunded'
        WHEN invoiced_at IS NOT NULL THEN 'invoiced' WHEN canceled_at IS NOT NULL THEN 'canceled'
        WHEN completed_at IS NOT NULL THEN 'completed' ELSE 'open' END`,
  },
  {
    invariant: 'An open to-do is about a job of its organization, and a closed one says when.',
    broken: `SELECT t.id FROM job_todos t LEFT JOIN jobs j ON j.id = t.job_id AND j.organization_id = t.organization_id
      WHERE j.id IS NULL OR (t.state = 'open') <> (t.closed_at IS NULL)`,
  },
  {
    invariant: 'What is open about a job stands in the feed, with an event that needs a person.',
    broken: `SELECT id FROM job_todos t WHERE state = 'open' AND NOT EXISTS (
      SELECT 1 FROM job_events e WHERE e.id = t.event_id AND e.needs_person)`,
  },
  {
    invariant: 'The refunded amount of a job is what its refunds add up to.',
    async broken(db) {
      const wrong: unknown[] = []
      for (let after = ''; ; ) {
        const rows = await db
          .select({ id: jobs.id, refunds: jobs.refunds, refundedAmount: jobs.refundedAmount })
          .from(jobs)
          .where(sql`${jobs.id} > ${after}`)
          .orderBy(jobs.id)
          .limit(walkedAtOnce)
        wrong.push(...rows.filter((row) => refundedAmount(row.refunds) !== row.refundedAmount).map(({ id }) => id))
        if (rows.length < walkedAtOnce) return wrong
        after = rows.at(-1)?.id ?? ''
      }
    },
  },
]
