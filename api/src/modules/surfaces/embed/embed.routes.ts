import { Code, endpoints } from '@goodword/contracts'
import { networkOf } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import type { Router } from '../../../shared/router.ts'
import { type Http, requestHeader } from '../../../shared/send.ts'
import { requestOrigin } from '../../../shared/traces.ts'
import { arrivalOf } from '../install/activity.ts'
import { recordForm } from '../install/forms.ts'
import { recordBlockedSubmission } from './blockedSubmissions.ts'
import { inLanguageOf } from './fieldErrors.ts'
import { loadShare } from './share.ts'
import { followLink, landOnSite, loadElementsForSite, loadFormForSite, submitFromSite } from './siteRequests.ts'
import { visitorOf } from './visitors.ts'
import { keepFollower } from './visits.shortcut.ts'

/** Records the rejection in website activity and translates it. */
const reject = (ctx: Ctx, error: unknown, http: Http) => {
  recordBlockedSubmission(ctx, error, http)
  return inLanguageOf(error, http.req.query('lang'))
}
const options = { onRejected: reject }

const arrived = (http: Http, query: { v?: string | undefined }) => arrivalOf(requestHeader(http, 'origin'), query.v)

const codesMax = 5
const codesOf = (listed: string): string[] =>
  listed
    .split(',')
    .map((code) => code.trim())
    .filter((code) => Code.safeParse(code).success)
    .slice(0, codesMax)

export const embedRoutes = (router: Router, limits: RateLimits) =>
  router
    .on(
      endpoints.embed.elements,
      (ctx, { query }, http) => loadElementsForSite(ctx, query, arrived(http, query)),
      options,
    )
    .on(
      endpoints.embed.land,
      (ctx, { query }, http) => {
        const asked = { ...query, visit: codesOf(query.visit) }
        return landOnSite(ctx, asked, { ...arrived(http, query), visitor: visitorOf(ctx, http) })
      },
      options,
    )
    .on(
      endpoints.embed.form,
      (ctx, { query }, http) => loadFormForSite(ctx, query.code, arrived(http, query), { ...query, ownForm: true }),
      options,
    )
    .on(endpoints.embed.share, (ctx, { query }) => loadShare(ctx, query.code, query.lang))
    .on(
      endpoints.embed.visit,
      async (ctx, { query }, http) => {
        const visit = { key: query.key, codes: codesOf(query.code), ...arrived(http, query) }
        const recorded = await followLink(ctx, visit.codes, { ...visit, visitor: visitorOf(ctx, http) })
        if (recorded.known) await keepFollower(ctx, http, visit)
        return recorded
      },
      options,
    )
    .on(endpoints.embed.fields, async (ctx, { query, body }, http) => recordForm(ctx, body, arrived(http, query)))
    .on(
      endpoints.embed.submit,
      async (ctx, { query, body }, http) => {
        const from = requestOrigin(http, ctx)
        await limits.take('submit', `${ctx.organizationId}:${networkOf(from.address)}`).catch((error: unknown) => {
          throw reject(ctx, error, http)
        })
        return submitFromSite(ctx, body, { source: 'widget', ...from, arrival: arrived(http, query), lang: query.lang })
      },
      options,
    )
