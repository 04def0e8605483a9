import { importKinds } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
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
    /** Of an import in steps: a keyed hash of who imports which file, so that the same file goes on where it stopped. */
    contentHash: text(),
    /** A keyed hash of the Idempotency-Key it began with, so that a repeated request gets the same answer. */
    requestHash: text(),
  },
  (table) => [
    uniqueIndex('imports_in_organization').on(table.organizationId, table.id),
    index('imports_by_content').on(table.organizationId, table.contentHash).where(sql`content_hash IS NOT NULL`),
  ],
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
