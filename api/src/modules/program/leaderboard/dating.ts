import type { EventData } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { monthOf } from './months.queries.ts'

const addMonth = preparedSql(sql`INSERT INTO leaderboard_months (referral_id, month)
  VALUES (${sql.placeholder('referralId')}, ${sql.placeholder('month')}) ON CONFLICT DO NOTHING`)

/** Counts a referral that has just converted in its month. */
export async function countConversion(
  tx: Ctx,
  { referralId, conversionId }: EventData<'referral.converted'>,
): Promise<void> {
  const month = await monthOf(tx, conversionId)
  if (month !== null) await addMonth(tx.db).run({ referralId, month })
}
