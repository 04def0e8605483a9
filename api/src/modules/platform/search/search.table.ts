import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../organizations/organizations.table.ts'

/** A short number for each organization, given by a trigger: it stands in every entry of the index. */
export const searchOrganizations = sqliteTable(
  'search_organizations',
  {
    number: integer().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
  },
  (table) => [uniqueIndex('search_organizations_once').on(table.organizationId)],
)

/**
 * Whatever can be found, with its terms between spaces: " priya shah ". Later subjects have higher numbers. `space` is
 * the organization's number and the kind in one.
 */
export const searchSubjects = sqliteTable(
  'search_subjects',
  { number: integer().primaryKey(), space: integer().notNull(), id: text().notNull(), words: text().notNull() },
  (table) => [uniqueIndex('search_subjects_once').on(table.id)],
)

/** The index: one row for each term of each subject, kept by triggers of `search_subjects`. It has no rowid. */
export const searchTermRows = sqliteTable(
  'search_terms',
  { space: integer().notNull(), term: text().notNull(), subject: integer().notNull() },
  (table) => [primaryKey({ columns: [table.space, table.term, table.subject] })],
)
