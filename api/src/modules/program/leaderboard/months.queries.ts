import { monthIn } from '@goodword/domain'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { conversions } from '../conversions/conversions.table.ts'

export type Dated = { referralId: string; month: string }

/** The months of conversions as the time zone of their organization has them now. */
export async function monthsOf(db: Queries, conversionIds: string[]): Promise<Dated[]> {
  const rows = await db
    .select({
      referralId: conversions.referralId,
      createdAt: conversions.createdAt,
      timeZone: organizations.timeZone,
    })
    .from(conversions)
    .innerJoin(organizations, eq(organizations.id, conversions.organizationId))
    .where(inArray(conversions.id, conversionIds))
  return rows.map(({ referralId, createdAt, timeZone }) => ({ referralId, month: monthIn(timeZone, createdAt) }))
}

/** The same for one conversion; null for another organization's. */
export async function monthOf(ctx: Ctx, conversionId: string): Promise<string | null> {
  const row = await conversionById(ctx.db).get({ conversionId, organizationId: ctx.organizationId })
  return row ? monthIn(row.timeZone, row.createdAt) : null
}

const conversionById = prepared((db) =>
  db
    .select({ createdAt: conversions.createdAt, timeZone: organizations.timeZone })
    .from(conversions)
    .innerJoin(organizations, eq(organizations.id, conversions.organizationId))
    .where(
      and(
        eq(conversions.id, sql.placeholder('conversionId')),
        eq(conversions.organizationId, sql.placeholder('organizationId')),
      ),
    )
    .prepare(),
)
