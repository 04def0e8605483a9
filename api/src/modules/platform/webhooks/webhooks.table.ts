import type { EventType, WebhookDeliveryState } from '@goodword/contracts'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../organizations/organizations.table.ts'

/** What deliveries are called in the queue. */
export const deliveryKind = 'webhook'

const storedStates = ['queued', 'delivered', 'failed'] as const satisfies WebhookDeliveryState[]

/** Where an organization wants to hear of events. */
export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    url: text().notNull(),
    description: text().notNull(),
    /** Empty for all of them. */
    events: text({ mode: 'json' }).$type<EventType[]>().notNull(),
    /** "whsec_…"; it signs, so it is kept as it is. */
    secret: text().notNull(),
    /** Signs as well until `previousSecretUntil`, so that a receiver can change over. */
    previousSecret: text(),
    previousSecretUntil: integer(),
    /** Since when no delivery succeeded. */
    failingSince: integer(),
    disabledAt: integer(),
    disabledBecause: text({ enum: ['member', 'gone', 'failing'] }),
    createdAt: integer().notNull(),
  },
  (table) => [uniqueIndex('webhook_endpoints_in_organization').on(table.organizationId, table.id)],
)

/** Something that happened, written in the transaction of what it tells about. Ids and figures only. */
export const webhookEvents = sqliteTable(
  'webhook_events',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    type: text().$type<EventType>().notNull(),
    /** The body as it is signed and sent. */
    payload: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [index('webhook_events_by_time').on(table.organizationId, table.createdAt)],
)

/** One event on its way to one endpoint. */
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
    index('webhook_deliveries_by_endpoint').on(table.endpointId, table.createdAt),
    index('webhook_deliveries_by_event').on(table.eventId),
    index('webhook_deliveries_by_age').on(table.createdAt),
    foreignKey({
      columns: [table.organizationId, table.endpointId],
      foreignColumns: [webhookEndpoints.organizationId, webhookEndpoints.id],
    }),
  ],
)

/** What was sent and what was answered, cut to a readable length. */
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
