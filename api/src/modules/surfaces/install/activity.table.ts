import { embedEventKinds, embedOutcomes } from '@goodword/contracts'
import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/** Requests from websites and their results, for whoever installs the widget. Kept 30 days. No personal data. */
export const embedEvents = sqliteTable(
  'embed_events',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    kind: text({ enum: [...embedEventKinds] }).notNull(),
    mode: text({ enum: ['live', 'test'] }).notNull(),
    origin: text(),
    version: text(),
    code: text(),
    enrollmentId: text(),
    referralId: text(),
    /** "attributed", or the error code or reason why not. */
    outcome: text({ enum: [...embedOutcomes] }).notNull(),
    /** The names of rejected fields, never what was typed in them. */
    fields: text({ mode: 'json' }).$type<string[]>(),
    /** The count within a minute. Requests that could flood the table are counted instead of repeated. */
    times: integer().notNull().default(1),
    at: integer().notNull(),
  },
  (table) => [
    index('embed_events_by_time').on(table.organizationId, table.at),
    index('embed_events_by_age').on(table.at),
    index('embed_events_by_outcome').on(table.organizationId, table.kind, table.outcome, table.at),
    index('embed_events_by_site').on(table.organizationId, table.origin, table.kind, table.outcome, table.at),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }),
  ],
)
