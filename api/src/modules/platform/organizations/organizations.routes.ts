import { endpoints } from '@goodword/contracts'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Http, Router } from '../../../shared/router.ts'
import { downloadOrganization } from './archive.ts'
import { readLogo, removeLogo, setLogo } from './logo.ts'
import { createOrganizationAs, getOrganization } from './organizations.ts'
import { updateOrganization } from './settings.ts'
import { addSite, listSites, removeSite } from './sites.ts'

export const organizationsRoutes = (router: Router) =>
  router
    .on(endpoints.organization.get, (ctx) => getOrganization(ctx, ctx.organizationId))
    .on(endpoints.organization.archive, (ctx) => downloadOrganization(ctx))
    .on(endpoints.organization.create, (ctx, { body }) => createOrganizationAs(ctx, body))
    .on(endpoints.organization.update, (ctx, { body }) => updateOrganization(ctx, body))
    .on(endpoints.organization.setLogo, (ctx, { body }) => setLogo(ctx, body))
    .on(endpoints.organization.removeLogo, (ctx) => removeLogo(ctx))
    .on(endpoints.sites.list, (ctx) => listSites(ctx))
    .on(endpoints.sites.add, (ctx, { body }) => addSite(ctx, body))
    .on(endpoints.sites.remove, (ctx, { params }) => removeSite(ctx, params.id))

/**
 * The logo is on public pages, in mails and in previews of links: anyone may load it, from any site. Its address changes
 * with its bytes, so it is kept for good.
 */
export const sendLogo = (services: Services) => async (http: Http) => {
  const { organizationId = '', hash = '' } = http.req.param()
  const logo = await readLogo(services, organizationId, hash)
  if (!logo) throw new AppError('not_found')
  return http.body(new Uint8Array(logo.bytes), 200, {
    'content-type': logo.type,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'content-disposition': 'inline',
  })
}
