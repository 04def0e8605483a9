import { SubmitReferral } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Http } from '../../../shared/router.ts'
import { countActivity } from '../install/activity.ts'
import { pageOf } from './pageCredential.ts'

const fieldNames = new Set(Object.keys(SubmitReferral.shape))

/**
 * Notes for the feed what was refused before anybody looked at it: too much at once, or nothing we can read. Of what cannot
 * be read the names of our own fields are kept and nothing that was typed.
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
