import type { JobEffect, JobEventNote, JobEventReason, JobEventTab } from '@goodword/contracts'
import { jobEventOutcomes, jobEventTypes, jobStates } from '@goodword/contracts'
import type { Facts, Refunds } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { blob, foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { connections } from '../../platform/connections/connections.table.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/** The name of the queue that reads events. */
export const jobEventKind = 'job_event'

/** Work for a customer, as events of a connected system tell it. Moments are those of the events. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    connectionId: text(),
    externalId: text(),
    contactId: text(),
    title: text(),
    titleAt: integer(),
    invoiceNumber: text(),
    /** Follows from the moments below; kept, because lists ask for it. */
    state: text({ enum: [...jobStates] }).notNull(),
    value: integer(),
    valueAt: integer(),
    currency: text(),
    score: integer(),
    scoreAt: integer(),
    openedAt: integer(),
    completedAt: integer(),
    invoicedAt: integer(),
    canceledAt: integer(),
    /** What is known of its refunds, and the amount that follows from it. */
    refunds: text({ mode: 'json' }).$type<Refunds>().notNull(),
    refundedAmount: integer().notNull().default(0),
    /** When we first heard that it was completed, and that it was invoiced. */
    completedHeardAt: integer(),
    invoicedHeardAt: integer(),
    /** Finished before the system was connected, or more than 7 days before we heard of it. */
    isHistory: integer({ mode: 'boolean' }).notNull().default(false),
    /** Staff chose not to ask its customer to refer. */
    dontAsk: integer({ mode: 'boolean' }).notNull().default(false),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('jobs_external_once').on(table.connectionId, table.externalId),
    index('jobs_newest').on(table.organizationId, table.id),
    index('jobs_by_state').on(table.organizationId, table.state, table.id),
    index('jobs_by_contact').on(table.contactId),
    index('jobs_by_score_date').on(table.organizationId, table.scoreAt, table.score).where(sql`score_at IS NOT NULL`),
    foreignKey({
      columns: [table.organizationId, table.connectionId],
      foreignColumns: [connections.organizationId, connections.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** Further ids of a job in the other system: the payment of an invoice, which its refunds name. */
export const jobAliases = sqliteTable(
  'job_aliases',
  {
    organizationId: text().notNull(),
    connectionId: text().notNull(),
    alias: text().notNull(),
    externalId: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.alias] }),
    foreignKey({
      columns: [table.organizationId, table.connectionId],
      foreignColumns: [connections.organizationId, connections.id],
    }),
  ],
)

/** The contacts that a connected system knows by an id. */
export const connectionContacts = sqliteTable(
  'connection_contacts',
  {
    organizationId: text().notNull(),
    connectionId: text().notNull(),
    externalId: text().notNull(),
    contactId: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.externalId] }),
    index('connection_contacts_by_contact').on(table.contactId),
    foreignKey({
      columns: [table.organizationId, table.connectionId],
      foreignColumns: [connections.organizationId, connections.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** The names that came with an address, as keyed hashes: three for one address make it a placeholder. */
export const addressNames = sqliteTable(
  'address_names',
  {
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    addressHash: text().notNull(),
    nameHash: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.addressHash, table.nameHash] })],
)

/** What a connected system sent, and what came of it. Deleted after 90 days, once it needs nobody. */
export const jobEvents = sqliteTable(
  'job_events',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    connectionId: text(),
    /** By which a repetition is recognized; null for the repetition itself. */
    deliveryKey: text(),
    /** The sender's id of the delivery, to be shown. */
    deliveryId: text('delivery_ref'),
    /** What a shop says in a header: "orders/paid". */
    topic: text().notNull().default(''),
    /** The bytes as they were received; null once they are erased. */
    payload: blob({ mode: 'buffer' }),
    receivedAt: integer().notNull(),
    /** The sender's clock less ours, where the signature holds a time. */
    clockDifferenceMs: integer(),
    type: text({ enum: [...jobEventTypes] }),
    sentType: text(),
    occurredAt: integer(),
    isTest: integer({ mode: 'boolean' }).notNull().default(false),
    outcome: text({ enum: [...jobEventOutcomes] }).notNull(),
    reason: text().$type<JobEventReason>(),
    facts: text({ mode: 'json' }).$type<Facts>().notNull().default({}),
    notes: text({ mode: 'json' }).$type<JobEventNote[]>().notNull().default([]),
    /** What it led to, or why to nothing. */
    effects: text({ mode: 'json' }).$type<JobEffect[]>().notNull().default([]),
    needsPerson: integer({ mode: 'boolean' }).notNull().default(false),
    /** The id in the other system that it waits for. */
    waitsFor: text(),
    /** Whether it had to wait before it was used. */
    waited: integer({ mode: 'boolean' }).notNull().default(false),
    duplicateOf: text(),
    /** What happens once, however often and under whatever delivery it is told. */
    effectKey: text(),
    mappingVersion: integer(),
    contactId: text(),
    jobId: text().references(() => jobs.id),
    tab: text()
      .$type<JobEventTab>()
      .generatedAlwaysAs(
        sql`CASE WHEN needs_person THEN 'needs_you' WHEN outcome = 'applied' THEN 'did_something' WHEN outcome = 'rejected' THEN 'refused' ELSE 'did_nothing' END`,
        { mode: 'virtual' },
      ),
  },
  (table) => [
    uniqueIndex('job_events_delivery_once').on(table.connectionId, table.deliveryKey),
    uniqueIndex('job_events_effect_once').on(table.connectionId, table.effectKey),
    // The id makes each index tell rows apart: where there is one organization, the planner takes no notice of one that doesn't.
    // Each combination of filters has its own, because nothing that is filtered out is walked over.
    index('job_events_newest').on(table.organizationId, table.id),
    index('job_events_by_tab').on(table.organizationId, table.tab, table.id),
    index('job_events_by_type').on(table.organizationId, table.type, table.id),
    index('job_events_by_type_and_tab').on(table.organizationId, table.type, table.tab, table.id),
    index('job_events_of_connection').on(table.connectionId, table.id),
    index('job_events_of_connection_by_tab').on(table.connectionId, table.tab, table.id),
    index('job_events_of_connection_by_type').on(table.connectionId, table.type, table.id),
    index('job_events_of_connection_by_type_and_tab').on(table.connectionId, table.type, table.tab, table.id),
    index('job_events_by_contact').on(table.contactId),
    index('job_events_by_job').on(table.jobId, table.id),
    index('job_events_waiting').on(table.connectionId, table.waitsFor).where(sql`waits_for IS NOT NULL`),
    index('job_events_waiting_since').on(table.receivedAt).where(sql`waits_for IS NOT NULL`),
    index('job_events_by_age').on(table.receivedAt).where(sql`NOT needs_person`),
    index('job_events_kept').on(table.receivedAt).where(sql`needs_person AND payload IS NOT NULL`),
    foreignKey({
      columns: [table.organizationId, table.connectionId],
      foreignColumns: [connections.organizationId, connections.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** How many events are in each tab. Triggers keep it. */
export const jobEventCounts = sqliteTable(
  'job_event_counts',
  {
    organizationId: text().notNull(),
    tab: text().$type<JobEventTab>().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.tab] })],
)
