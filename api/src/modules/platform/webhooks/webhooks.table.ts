import type { EventType, WebhookDeliveryState } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../organizations/organizations.table.ts'

/** The name of the webhooks queue. */
export const deliveryKind = 'webhook'

export const storedStates = ['queued', 'delivered', 'failed'] as const satisfies WebhookDeliveryState[]

/** A URL where an organization receives events. */
export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    url: text().notNull(),
    description: text().notNull(),
    /** Empty means all events. */
    events: text({ mode: 'json' }).$type<EventType[]>().notNull(),
    /** "whsec_…", sealed, because it signs. */
    secret: text().notNull(),
    /** Also signs until `previousSecretUntil`, so that the receiver can switch. */
    previousSecret: text(),
    previousSecretUntil: integer(),
    /** From before secrets were sealed; the next start seals both. */
    isPlain: integer({ mode: 'boolean' }).notNull().default(true),
    /** When deliveries began to fail without a success since. */
    failingSince: integer(),
    disabledAt: integer(),
    disabledBecause: text({ enum: ['member', 'gone', 'failing'] }),
    createdAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('webhook_endpoints_in_organization').on(table.organizationId, table.id),
    index('webhook_endpoints_plain').on(table.id).where(sql`is_plain = 1`),
  ],
)

/** An event, written in the transaction it reports on. Contains only ids and amounts. */
export const webhookEvents = sqliteTable(
  'webhook_events',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    type: text().$type<EventType>().notNull(),
    /** The exact body that is signed and sent. */
    payload: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [index('webhook_events_by_time').on(table.organizationId, table.createdAt)],
)

/** The delivery of one event to one endpoint. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    endpointId: text().notNull(),
    eventId: text()
      .notNull()
      .references(() => webhookEvents.id),
    /** While it is `queued`, the queue says when the next attempt is due and whether one is running. */
    state: text({ enum: [...storedStates] }).notNull(),
    attempts: integer().notNull(),
    lastStatus: integer(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('webhook_deliveries_by_state').on(table.endpointId, table.state, table.createdAt),
    index('webhook_deliveries_by_event').on(table.eventId),
    index('webhook_deliveries_by_age').on(table.createdAt),
    foreignKey({
      columns: [table.organizationId, table.endpointId],
      foreignColumns: [webhookEndpoints.organizationId, webhookEndpoints.id],
    }),
  ],
)

/** The request and the response, truncated to a readable length. */
export const webhookAttempts = sqliteTable(
  'webhook_attempts',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    deliveryId: text()
      .notNull()
      .references(() => webhookDeliveries.id),
    at: integer().notNull(),
    requestHeaders: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    status: integer(),
    answer: text(),
    error: text(),
    tookMs: integer().notNull(),
  },
  (table) => [index('webhook_attempts_by_delivery').on(table.deliveryId, table.at)],
)
