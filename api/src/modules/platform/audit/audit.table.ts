import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Entries of a member or a key. Listed literally, so that SQLite can use the partial index. */
export const ofSomebody = sql`actor_kind IN ('member', 'key')`

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
    /** What is before the colon of the actor: "member". */
    actorKind: text().generatedAlwaysAs(sql`substr(actor, 1, instr(actor || ':', ':') - 1)`),
    /** What is before the dot of the action: "referral". */
    actionGroup: text().generatedAlwaysAs(sql`substr(action, 1, instr(action || '.', '.') - 1)`),
  },
  (table) => [
    index('audit_entries_by_time').on(table.organizationId, table.at),
    index('audit_entries_by_subject').on(table.subjectId, table.at),
    index('audit_entries_by_kind').on(table.organizationId, table.actorKind, table.actionGroup, table.at),
    index('audit_entries_by_actor').on(table.actor, table.actionGroup, table.at).where(ofSomebody),
  ],
)
