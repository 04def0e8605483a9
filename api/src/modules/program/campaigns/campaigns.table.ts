import {
  attributions,
  type CampaignForm,
  type Currency,
  defaultForm,
  endEffects,
  type Terms,
} from '@goodword/contracts'
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../../platform/organizations/organizations.table.ts'

export const campaigns = sqliteTable(
  'campaigns',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    status: text({ enum: ['draft', 'active', 'paused', 'ended'] }).notNull(),
    startsAt: integer(),
    endsAt: integer(),
    friendOffer: text().notNull(),
    termsText: text().notNull(),
    linkTarget: text({ enum: ['page', 'hosted'] }).notNull(),
    landingUrl: text(),
    currency: text().$type<Currency>().notNull(),
    termsVersion: integer().notNull(),
    /** Which fields the friend form has, and the words of consent. */
    form: text({ mode: 'json' }).$type<CampaignForm>().notNull().default(defaultForm),
    /** What the end date does to referrals that are still open (SPEC §2). */
    whenEnded: text({ enum: [...endEffects] })
      .notNull()
      .default('expire_pending'),
    /** Which of several referrals of one friend is suggested, or wins by itself (SPEC §4). */
    attribution: text({ enum: [...attributions] })
      .notNull()
      .default('manual'),
    /** What an advocate's message says before the link; empty for our own words. */
    shareText: text().notNull().default(''),
    /** A draft that was put away; it can be brought back. */
    archivedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [uniqueIndex('campaigns_in_organization').on(table.organizationId, table.id)],
)

/** Every version of the terms there was; rows are only added. */
export const campaignTerms = sqliteTable(
  'campaign_terms',
  {
    id: text().primaryKey(),
    organizationId: text().notNull(),
    campaignId: text().notNull(),
    version: integer().notNull(),
    terms: text({ mode: 'json' }).$type<Terms>().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
  },
  (table) => [
    uniqueIndex('campaign_terms_version_once').on(table.campaignId, table.version),
    index('campaign_terms_by_organization').on(table.organizationId),
    foreignKey({
      columns: [table.organizationId, table.campaignId],
      foreignColumns: [campaigns.organizationId, campaigns.id],
    }),
  ],
)
