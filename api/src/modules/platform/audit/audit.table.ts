import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Every change by a person or key; ids only, no personal data. Rows are only added. */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    subjectId: text().notNull(),
    data: text({ mode: 'json' }).$type<Record<string, string | number | boolean | null>>().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    index('audit_entries_by_time').on(table.organizationId, table.at),
    index('audit_entries_by_subject').on(table.subjectId),
  ],
)
