import type { Currency } from '@goodword/contracts'
import { eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'

/** The currencies of the organization's campaigns. */
export async function listCurrencies({ db, organizationId }: Ctx): Promise<Currency[]> {
  const rows = await currenciesOf(db).all({ organizationId })
  return rows.map((row) => row.currency)
}

const currenciesOf = prepared((db) =>
  db
    .selectDistinct({ currency: campaigns.currency })
    .from(campaigns)
    .where(eq(campaigns.organizationId, sql.placeholder('organizationId')))
    .prepare(),
)
