import {
  attributions,
  type CampaignForm,
  type Currency,
  defaultForm,
  endEffects,
  enrollmentRules,
  type Terms,
} from '@goodword/contracts'
import { sql } from 'drizzle-orm'
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
    /** The fields of the friend form and the consent text. */
    form: text({ mode: 'json' }).$type<CampaignForm>().notNull().default(defaultForm),
    /** What happens to open referrals on the end date (SPEC §2). */
    whenEnded: text({ enum: [...endEffects] })
      .notNull()
      .default('expire_pending'),
    /** Which of a friend's rival referrals is suggested or wins automatically (SPEC §4). */
    attribution: text({ enum: [...attributions] })
      .notNull()
      .default('manual'),
    /** Whether customers whom the website identifies become advocates (see `enrollmentRules`). */
    enrollment: text({ enum: [...enrollmentRules] })
      .notNull()
      .default('invited'),
    /** The text before the link in an advocate's message; empty for the default. */
    shareText: text().notNull().default(''),
    /** When a draft was archived. It can be restored. */
    archivedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (table) => [
    uniqueIndex('campaigns_in_organization').on(table.organizationId, table.id),
    index('campaigns_newest').on(table.organizationId, table.createdAt, table.id).where(sql`archived_at IS NULL`),
  ],
)

/** Every version of the terms. Rows are only added. */
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
