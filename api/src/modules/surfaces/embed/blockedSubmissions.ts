import { SubmitReferral } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Http } from '../../../shared/send.ts'
import { countActivity } from '../install/activity.ts'
import { pageOf } from './pageCredential.ts'

const fieldNames = new Set(Object.keys(SubmitReferral.shape))

/**
 * Records in website activity what was rejected before it was processed: rate limited or unreadable. For unreadable
 * submissions it stores the names of our own fields and nothing that was typed.
 */
export function recordBlockedSubmission(ctx: Ctx, error: unknown, http: Http): void {
  if (!(error instanceof AppError)) return
  const { kind, origin, version } = pageOf(http)
  const page = { kind, origin, version, code: null }
  if (error.code === 'rate_limited') countActivity(ctx, { ...page, outcome: 'rate_limited' })
  else if (['validation_failed', 'malformed_json', 'unsupported_media_type'].includes(error.code)) {
    const paths = (error.facts.errors ?? []).map(({ path }) => path).filter((path) => fieldNames.has(path))
    countActivity(ctx, { ...page, outcome: 'malformed', fields: [...new Set(paths)].sort() })
  }
}
