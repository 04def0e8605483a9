import { cardDeliveries, deliveryStates } from '@goodword/contracts'
import { type CardState, providerTroubles } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { rewards } from './rewards.table.ts'

/** The name of the queue that buys gift cards. */
export const cardQueueKind = 'gift_card'

/** The delivery of a due reward that staff or a provider hand over: a custom reward, or a gift card. */
export const rewardDeliveries = sqliteTable(
  'reward_deliveries',
  {
    rewardId: text()
      .primaryKey()
      .references(() => rewards.id),
    organizationId: text().notNull(),
    contactId: text().notNull(),
    kind: text({ enum: ['custom', 'gift_card'] }).notNull(),
    /** Staff deliver it, or a provider by one of two ways. */
    way: text({ enum: [...cardDeliveries] }).notNull(),
    state: text({ enum: [...deliveryStates] }).notNull(),
    /** The day until which staff want to deliver it, in the organization's time zone. */
    dueOn: text().notNull(),
    /** The number of the order at the provider: see `externalIdOf`. */
    attempt: integer().notNull().default(1),
    /** Where the card is at the provider, without its link; null before the first answer. */
    card: text({ mode: 'json' }).$type<CardState>(),
    /** Why the last try to reach the provider came to nothing, until one does. */
    trouble: text({ enum: [...providerTroubles] }),
    /** The provider's names of the order and the card. */
    providerOrder: text(),
    providerCard: text(),
    /** What the card is worth that was ordered or delivered, in minor units; null before. Less of it may be due since. */
    cardAmount: integer(),
    /** Whom the provider was asked to send it to. Personal, so they are erased. */
    askedName: text(),
    askedEmail: text(),
    /** What the recipient gets. Whoever has them can spend the card. */
    code: text(),
    link: text(),
    doneAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [
    index('reward_deliveries_to_do').on(table.organizationId, table.dueOn).where(sql`state = 'to_do'`),
    index('reward_deliveries_waiting').on(table.updatedAt).where(sql`state = 'waiting'`),
    index('reward_deliveries_of_contact').on(table.contactId),
    index('reward_deliveries_of_card').on(table.providerCard).where(sql`provider_card IS NOT NULL`),
    index('reward_deliveries_of_order').on(table.providerOrder).where(sql`provider_order IS NOT NULL`),
    index('reward_deliveries_cards_done')
      .on(table.organizationId, table.doneAt)
      .where(sql`kind = 'gift_card' AND done_at IS NOT NULL`),
    foreignKey({
      columns: [table.organizationId, table.contactId],
      foreignColumns: [contacts.organizationId, contacts.id],
    }),
  ],
)

/** The account of an organization at Tremendous. It never leaves this installation: see `excludedTables`. */
export const giftCardSettings = sqliteTable('gift_card_settings', {
  organizationId: text()
    .primaryKey()
    .references(() => organizations.id),
  environment: text({ enum: ['production', 'sandbox'] }).notNull(),
  /** Encrypted with a key of the installation. */
  apiKey: text().notNull(),
  webhookKey: text(),
  /** The provider's campaign, which says what recipients can choose from. */
  providerCampaign: text().notNull(),
  fundingSource: text().notNull(),
  lastEventAt: integer(),
  updatedBy: text().notNull(),
  updatedAt: integer().notNull(),
})
