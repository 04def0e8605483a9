import { type AskReasonFacts, askKinds, askStates } from '@goodword/contracts'
import type { AskChannel } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { jobs } from '../jobs/jobs.table.ts'

/** The name of the queue that sends invitations. */
export const askKind = 'ask'

/** A contact asked to refer, because of a job or by staff. One for each job and campaign. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    campaignId: text().notNull(),
    /** Null if staff asked without one. */
    jobId: text().references(() => jobs.id),
    kind: text({ enum: [...askKinds] }).notNull(),
    state: text({ enum: [...askStates] }).notNull(),
    enrollmentId: text(),
    /** When it made or reactivated the enrollment, and when it took that back because it was canceled. */
    enrolledAt: integer(),
    unenrolledAt: integer(),
    /** When it is to be sent, outside of quiet hours. */
    sendAt: integer(),
    sentAt: integer(),
    channels: text({ mode: 'json' }).$type<AskChannel[]>().notNull().default([]),
    /** Its messages that were handed to the outbox and whose end wasn't taken note of. */
    handedOver: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    /** When the follow-up is to be sent; null once it was, or if there is none. */
    followUpAt: integer(),
    followUpSentAt: integer(),
    openedAt: integer(),
    joinedAt: integer(),
    /** Why it was skipped or canceled. */
    reason: text({ mode: 'json' }).$type<AskReasonFacts>(),
    /** Who asked without a job, as an actor key. */
    askedBy: text(),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('invitations_in_organization').on(table.organizationId, table.id),
    uniqueIndex('invitations_job_once').on(table.jobId, table.campaignId).where(sql`job_id IS NOT NULL`),
    uniqueIndex('invitations_scheduled_once').on(table.contactId, table.campaignId).where(sql`state = 'scheduled'`),
    index('invitations_by_contact').on(table.contactId, table.id),
    index('invitations_by_enrollment').on(table.enrollmentId, table.id).where(sql`enrollment_id IS NOT NULL`),
    index('invitations_not_opened').on(table.organizationId, table.sentAt).where(sql`state = 'sent'`),
    index('invitations_not_opened_of_campaign').on(table.campaignId, table.sentAt).where(sql`state = 'sent'`),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.enrollmentId],
      foreignColumns: [enrollments.organizationId, enrollments.id],
    }),
  ],
)
