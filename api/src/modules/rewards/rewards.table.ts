import type { Currency } from '@goodword/contracts'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { contacts } from '../contacts/contacts.table.ts'
import { conversions } from '../conversions/conversions.table.ts'

/** What one side gets from a conversion. pending (held) → issued → redeemed; voided. */
export const rewards = sqliteTable(
  'rewards',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    conversionId: text().notNull(),
    campaignId: text().notNull(),
    enrollmentId: text(),
    contactId: text().notNull(),
    side: text({ enum: ['advocate', 'friend'] }).notNull(),
    kind: text({ enum: ['credit', 'custom'] }).notNull(),
    text: text(),
    amount: integer().notNull(),
    currency: text().$type<Currency>().notNull(),
    status: text({ enum: ['pending', 'issued', 'redeemed', 'voided'] }).notNull(),
    availableAt: integer().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('rewards_side_once').on(table.conversionId, table.side),
    index('rewards_by_contact').on(table.organizationId, table.contactId),
    index('rewards_by_advocate').on(table.enrollmentId, table.side, table.createdAt),
    index('rewards_waiting').on(table.status, table.availableAt),
    index('rewards_by_campaign').on(table.campaignId, table.status),
    foreignKey({
      columns: [table.organizationId, table.conversionId],
      foreignColumns: [conversions.organizationId, conversions.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)
