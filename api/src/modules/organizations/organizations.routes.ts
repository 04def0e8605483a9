import { endpoints } from '@goodword/contracts'
import type { Router } from '../../shared/router.ts'
import { addSite, listSites, removeSite } from './sites.ts'

export const organizationsRoutes = (router: Router) =>
  router
    .on(endpoints.sites.list, (ctx) => listSites(ctx))
    .on(endpoints.sites.add, (ctx, { body }) => addSite(ctx, body))
    .on(endpoints.sites.remove, (ctx, { params }) => removeSite(ctx, params.id))
