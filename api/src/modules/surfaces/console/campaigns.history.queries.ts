import { type PageQuery, Terms, type TermsVersion } from '@goodword/contracts'
import { changesOf } from '@goodword/domain'
import { and, desc, eq, lt } from 'drizzle-orm'
import type * as z from 'zod'
import { idFromActorKey } from '../../../database/actorId.ts'
import type { Ctx } from '../../../shared/context.ts'
import { cutPage, decodeCursor, iso } from '../../../shared/pages.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { getCampaign } from '../../program/campaigns/campaigns.ts'

/** Every version of the terms, newest first, with who published it and what it changed. */
export async function listTerms(ctx: Ctx, id: string, query: z.output<typeof PageQuery>) {
  const { currency } = await getCampaign(ctx, id)
  const after = query.cursor ? Number(decodeCursor(query.cursor, 1)[0]) : null
  const rows = await ctx.db
    .select({ row: campaignTerms, member: members.name, key: keys.name })
    .from(campaignTerms)
    .leftJoin(
      members,
      and(
        eq(members.organizationId, campaignTerms.organizationId),
        eq(members.id, idFromActorKey(campaignTerms.createdBy, 'member')),
      ),
    )
    .leftJoin(
      keys,
      and(
        eq(keys.organizationId, campaignTerms.organizationId),
        eq(keys.id, idFromActorKey(campaignTerms.createdBy, 'key')),
      ),
    )
    .where(
      and(
        eq(campaignTerms.organizationId, ctx.organizationId),
        eq(campaignTerms.campaignId, id),
        after === null ? undefined : lt(campaignTerms.version, after),
      ),
    )
    .orderBy(desc(campaignTerms.version))
    // One more row to know whether there is a next page, and one to compare the last version shown with.
    .limit(query.limit + 2)
  const termsBefore = new Map(rows.map(({ row }) => [row.version + 1, Terms.parse(row.terms)]))
  return cutPage(
    rows.slice(0, query.limit + 1),
    query.limit,
    ({ row, member, key }): TermsVersion => {
      const terms = Terms.parse(row.terms)
      const before = termsBefore.get(row.version)
      return {
        version: row.version,
        publishedAt: iso(row.createdAt),
        by: member ?? key ?? 'Goodword',
        changes: before ? changesOf(before, terms, currency) : [],
        terms,
      }
    },
    ({ row }) => [row.version],
  )
}
