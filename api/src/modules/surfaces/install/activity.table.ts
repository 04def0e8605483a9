import { embedEventKinds, embedOutcomes } from '@goodword/contracts'
import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/** What arrived from websites and what became of it, for the person who installs; kept 30 days. No personal data. */
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
    /** "attributed", or the code of the refusal or the reason it was not. */
    outcome: text({ enum: [...embedOutcomes] }).notNull(),
    /** Which fields could not be taken, by name; never what was typed in them. */
    fields: text({ mode: 'json' }).$type<string[]>(),
    /** How often within the minute: what could be sent without end is counted, not repeated. */
    times: integer().notNull().default(1),
    at: integer().notNull(),
  },
  (table) => [
    index('embed_events_by_time').on(table.organizationId, table.at),
    index('embed_events_by_age').on(table.at),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }),
  ],
)
