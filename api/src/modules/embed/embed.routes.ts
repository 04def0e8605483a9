import { endpoints } from '@goodword/contracts'
import type { RateLimits } from '../../shared/rateLimits.ts'
import { clientAddress, type Router } from '../../shared/router.ts'
import { drawForm } from './form.ts'
import { submitReferral } from './submit.ts'
import { noteVisit } from './visits.ts'

export const embedRoutes = (router: Router, limits: RateLimits) =>
  router
    .on(endpoints.embed.form, (ctx, { query }) => drawForm(ctx, query.code))
    .on(endpoints.embed.visit, (ctx, { query }) => noteVisit(ctx, query.code, 'widget'))
    .on(endpoints.embed.submit, async (ctx, { body }, http) => {
      const address = clientAddress(http, ctx)
      await limits.take('submit', `${ctx.organizationId}:${address}`)
      return submitReferral(ctx, body, { source: 'widget', address })
    })
