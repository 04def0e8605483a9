import type { Currency } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'

/** The currencies of the organization's campaigns. */
export async function listCurrencies(ctx: Ctx): Promise<Currency[]> {
  const rows = await ctx.db
    .selectDistinct({ currency: campaigns.currency })
    .from(campaigns)
    .where(eq(campaigns.organizationId, ctx.organizationId))
  return rows.map((row) => row.currency)
}
