import { importKinds } from '@goodword/contracts'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

/** An imported file from another tool, and whether the import was undone. */
export const imports = sqliteTable(
  'imports',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    campaignId: text(),
    kind: text({ enum: [...importKinds] }).notNull(),
    fileName: text().notNull(),
    rows: integer().notNull(),
    created: integer().notNull(),
    skipped: integer().notNull(),
    actor: text().notNull(),
    createdAt: integer().notNull(),
    undoneAt: integer(),
  },
  (table) => [uniqueIndex('imports_in_organization').on(table.organizationId, table.id)],
)

/** The result of a row; ids only. */
export const importRows = sqliteTable(
  'import_rows',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    importId: text().notNull(),
    row: integer().notNull(),
    subjectId: text().notNull(),
    /** Whether the import created the contact. */
    contactId: text(),
    madeContact: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [
    index('import_rows_by_import').on(table.importId, table.row),
    foreignKey({
      columns: [table.organizationId, table.importId],
      foreignColumns: [imports.organizationId, imports.id],
    }),
  ],
)
