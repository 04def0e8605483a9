import type { BulkOutcome, BulkReferrals } from '@goodword/contracts'
import { inSavepoint } from '../../../database/savepoint.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { acceptReferral, declineReferral, getReferral } from './referrals.ts'

type Result = BulkOutcome['results'][number]

/** Accepts or declines up to 100 referrals. One that fails doesn't affect the others. Returns the result of each. */
export function changeReferrals(ctx: Ctx, input: BulkReferrals): Promise<BulkOutcome> {
  const { action, reason = '', invalidReason } = input
  return transaction(ctx, async (tx) => {
    const results: Result[] = []
    for (const id of new Set(input.ids)) {
      const change = () =>
        action === 'accept' ? acceptReferral(tx, id) : declineReferral(tx, id, reason, invalidReason ?? null)
      results.push(await changeOne(tx, id, change))
    }
    return { results }
  })
}

async function changeOne(tx: Ctx, id: string, change: () => Promise<unknown>): Promise<Result> {
  const known = await getReferral(tx, id).catch(() => null)
  const about = { id, name: known?.submitted.name ?? null }
  try {
    await inSavepoint(tx.db, change)
    return { ...about, done: true, code: null, sentence: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...about, done: false, code: error.code, sentence: error.message }
  }
}
