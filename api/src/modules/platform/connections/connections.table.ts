import type { ConnectionFailure, ConnectionMapping } from '@goodword/contracts'
import { connectionKinds } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../organizations/organizations.table.ts'

/** A system that reports jobs. A deleted one stays for the jobs it reported. */
export const connections = sqliteTable(
  'connections',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    kind: text({ enum: [...connectionKinds] }).notNull(),
    isPaused: integer({ mode: 'boolean' }).notNull().default(false),
    /** The mapping in use. */
    mappingVersion: integer(),
    /** The last accepted request, to the minute. */
    lastSeenAt: integer(),
    lastFailureAt: integer(),
    lastFailureReason: text().$type<ConnectionFailure>(),
    /** The network address the refused request came from. */
    lastFailureFrom: text(),
    /** Jobs that had finished before it was connected, or long before they came. */
    historyJobs: integer().notNull().default(0),
    createdAt: integer().notNull(),
    deletedAt: integer(),
  },
  (table) => [uniqueIndex('connections_in_organization').on(table.organizationId, table.id)],
)

/**
 * What a connection's requests are verified by. Like those of webhooks, they are sealed, because they sign; a token, which
 * doesn't, is a hash. They never leave the installation.
 */
export const connectionSecrets = sqliteTable(
  'connection_secrets',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    connectionId: text().notNull(),
    secret: text().notNull(),
    /** From before secrets were sealed; the next start seals it. */
    isPlain: integer({ mode: 'boolean' }).notNull().default(true),
    /** Who made or entered it, as an actor key. */
    createdBy: text().notNull(),
    createdAt: integer().notNull(),
    /** A replaced one works until then. */
    endsAt: integer(),
  },
  (table) => [
    index('connection_secrets_by_connection').on(table.connectionId),
    index('connection_secrets_plain').on(table.id).where(sql`is_plain = 1`),
    foreignKey({
      columns: [table.organizationId, table.connectionId],
      foreignColumns: [connections.organizationId, connections.id],
    }),
  ],
)

/** How a connection's events are read. A version is never changed. */
export const connectionMappings = sqliteTable(
  'connection_mappings',
  {
    organizationId: text().notNull(),
    connectionId: text().notNull(),
    version: integer().notNull(),
    mapping: text({ mode: 'json' }).$type<ConnectionMapping>().notNull(),
    createdBy: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.version] }),
    foreignKey({
      columns: [table.organizationId, table.connectionId],
      foreignColumns: [connections.organizationId, connections.id],
    }),
  ],
)
