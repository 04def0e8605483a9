import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { downloadOrganization } from './archive.ts'
import { removeLogo, setLogo } from './logo.ts'
import { getOrganization } from './organizations.ts'
import { updateOrganization } from './settings.ts'
import { addSite, listSites, removeSite } from './sites.ts'

export const organizationsRoutes = (router: Router) =>
  router
    .on(endpoints.organization.get, (ctx) => getOrganization(ctx, ctx.organizationId))
    .on(endpoints.organization.archive, (ctx) => downloadOrganization(ctx))
    .on(endpoints.organization.update, (ctx, { body }) => updateOrganization(ctx, body))
    .on(endpoints.organization.setLogo, (ctx, { body }) => setLogo(ctx, body))
    .on(endpoints.organization.removeLogo, (ctx) => removeLogo(ctx))
    .on(endpoints.sites.list, (ctx) => listSites(ctx))
    .on(endpoints.sites.add, (ctx, { body }) => addSite(ctx, body))
    .on(endpoints.sites.remove, (ctx, { params }) => removeSite(ctx, params.id))
