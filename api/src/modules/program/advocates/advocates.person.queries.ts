import { and, eq, sql } from 'drizzle-orm'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { ascending } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { preparedPages } from '../../../shared/preparedPages.ts'
import { everyPage } from '../../../shared/wholeLists.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { enrollments } from './advocates.table.ts'

type Row = { id: string; code: string; campaign: string; since: number }

const programPages = preparedPages<Row>(
  // Ids ascend with time.
  [ascending(enrollments.id, ({ id }) => id)],
  (db, { where, orderBy, limit }) =>
    db
      .select({
        id: enrollments.id,
        code: enrollments.code,
        campaign: campaigns.name,
        since: enrollments.createdAt,
      })
      .from(enrollments)
      .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
      .where(
        and(
          sql`+${enrollments.organizationId} = ${sql.placeholder('organizationId')}`,
          eq(enrollments.contactId, sql.placeholder('contactId')),
          where,
        ),
      )
      .orderBy(...orderBy)
      .limit(limit)
      .prepare(),
)

/** The campaigns in which a contact is an advocate, in pages. */
export function programsOf(ctx: Ctx, contactId: string) {
  const { db, organizationId } = inBackground(ctx)
  return everyPage(
    (request) => programPages(db, request, { organizationId, contactId }),
    ({ code, campaign, since }) => ({ code, campaign, since: iso(since) }),
  )
}
