import { type Page, Terms, type TermsVersion } from '@goodword/contracts'
import { changesOf } from '@goodword/domain'
import { and, eq, type SQL } from 'drizzle-orm'
import { idFromActorKey } from '../../../database/actorId.ts'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, type PageRequest, readPage } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { getCampaign } from '../../program/campaigns/campaigns.ts'

/** Every version of the terms, newest first, with who published it and what it changed. */
export async function listTerms(ctx: Ctx, id: string, query: PageRequest): Promise<Page<TermsVersion>> {
  const { currency } = await getCampaign(ctx, id)
  const page = await readPage({ of: id, ...query }, newestFirst, ({ where, orderBy, limit }) =>
    versions(ctx, id, where)
      .orderBy(...orderBy)
      .limit(limit),
  )
  const oldest = page.items.at(-1)?.row.version ?? 0
  const preceding = await versions(ctx, id, eq(campaignTerms.version, oldest - 1))
  const termsBefore = new Map(
    [...page.items, ...preceding].map(({ row }) => [row.version + 1, Terms.parse(row.terms)] as const),
  )
  return mapPage(page, ({ row, member, key }): TermsVersion => {
    const terms = Terms.parse(row.terms)
    const before = termsBefore.get(row.version)
    return {
      version: row.version,
      publishedAt: iso(row.createdAt),
      by: member ?? key ?? 'Goodword',
      changes: before ? changesOf(before, terms, currency) : [],
      terms,
    }
  })
}

type Row = Awaited<ReturnType<typeof versions>>[number]

const newestFirst = [descending<Row>(campaignTerms.version, ({ row }) => row.version)]

const versions = (ctx: Ctx, id: string, condition: SQL | undefined) =>
  ctx.db
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
    .where(and(eq(campaignTerms.organizationId, ctx.organizationId), eq(campaignTerms.campaignId, id), condition))
    .$dynamic()
