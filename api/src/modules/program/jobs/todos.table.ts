import { type JobEffectReason, jobTodoKinds, jobTodoStates } from '@goodword/contracts'
import type { Facts } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { referrals } from '../referrals/referrals.table.ts'
import { jobs } from './jobs.table.ts'

/** What a job leaves for a person to decide. */
export const jobTodos = sqliteTable(
  'job_todos',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    jobId: text()
      .notNull()
      .references(() => jobs.id),
    /** The event that brought it up, and needs a person as long as this is open. */
    eventId: text(),
    kind: text({ enum: [...jobTodoKinds] }).notNull(),
    state: text({ enum: [...jobTodoStates] }).notNull(),
    reason: text().$type<JobEffectReason>().notNull(),
    facts: text({ mode: 'json' }).$type<Facts>().notNull(),
    /** The referral whose rewards it is about; null while staff choose one. */
    referralId: text(),
    openedAt: integer().notNull(),
    closedAt: integer(),
    closedBy: text(),
  },
  (table) => [
    uniqueIndex('job_todos_open_once').on(table.jobId, table.kind).where(sql`state = 'open'`),
    index('job_todos_open').on(table.organizationId).where(sql`state = 'open'`),
    index('job_todos_of_job').on(table.jobId, table.kind),
    index('job_todos_of_referral').on(table.referralId).where(sql`referral_id IS NOT NULL`),
    foreignKey({
      columns: [table.organizationId, table.referralId],
      foreignColumns: [referrals.organizationId, referrals.id],
    }),
  ],
)

export type JobTodoRow = typeof jobTodos.$inferSelect
