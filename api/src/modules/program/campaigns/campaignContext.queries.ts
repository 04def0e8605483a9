import { Terms } from '@goodword/contracts'
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { prepared } from '../../../database/prepared.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { campaigns, campaignTerms } from './campaigns.table.ts'

/** The terms as stored in the row. */
export const termsText = sql<string>`${campaignTerms.terms}`

/** A campaign that isn't archived, with its organization and current terms. */
export const campaignContextById = prepared((db) =>
  db
    .select({
      campaign: getTableColumns(campaigns),
      organization: getTableColumns(organizations),
      terms: termsText,
    })
    .from(campaigns)
    .innerJoin(organizations, eq(organizations.id, campaigns.organizationId))
    .innerJoin(
      campaignTerms,
      and(
        eq(campaignTerms.campaignId, campaigns.id),
        eq(campaignTerms.version, campaigns.termsVersion),
        eq(campaignTerms.organizationId, campaigns.organizationId),
      ),
    )
    .where(
      and(
        eq(campaigns.id, sql.placeholder('id')),
        eq(campaigns.organizationId, sql.placeholder('organizationId')),
        isNull(campaigns.archivedAt),
      ),
    )
    .prepare(),
)

const read = new LRUCache<string, Terms>({ max: 500 })

/** Parses stored terms, filling in today's defaults for fields that older versions didn't have. */
export function readTerms(text: string): Terms {
  const known = read.get(text)
  if (known) return known
  const terms = frozen(Terms.parse(JSON.parse(text)))
  read.set(text, terms)
  return terms
}

/** The cached contexts are shared by many requests. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
