import { endpoints } from '@goodword/contracts'
import { normalizeEmail } from '@goodword/domain'
import { wordsIn } from '@goodword/words/server'
import { actorKey, type Ctx, type Services } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork, type Router } from '../../../shared/router.ts'
import type { Http } from '../../../shared/send.ts'
import { requestOrigin } from '../../../shared/traces.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { noteOpened } from '../../program/invitations/opening.ts'
import {
  advocateOf,
  confirmNewAddress,
  portalAccount,
  removePortalAddress,
  requestNewAddress,
  updatePortalAccount,
} from './account.ts'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './cookie.ts'
import { usePortalCredit, withdrawPortalRequest } from './credit.ts'
import { historyPage } from './history.queries.ts'
import { switchPortal } from './organizationSwitch.ts'
import { erasePortalPerson, exportPortalPerson } from './ownData.ts'
import { portalHome } from './portal.queries.ts'
import { renewPortalLink, requestPortalLink, sendFullLink } from './portal.ts'
import { friendsOfProgram } from './programs.queries.ts'
import { closePortal, currentSession, openPortal, resumeSession } from './sessions.ts'

/** The caller, from the portal's cookie. Throws unauthenticated. */
export const portalCredentials =
  (services: Services) =>
  (http: Http): Promise<Ctx> =>
    resumeSession(services, readSessionCookie(http, services), requestOrigin(http, services))

export const portalRoutes = (router: Router, limits: RateLimits) =>
  router
    .on(endpoints.portal.requestLink, async (services, { body }, http) => {
      const wanted = body.email ? normalizeEmail(body.email) : (body.phone ?? '').replace(/\D/g, '')
      await limits.take('signIn', clientNetwork(http, services))
      await limits.take('signInAddress', services.signer.hash('portal-address', wanted))
      await requestPortalLink(services, body)
      return undefined
    })
    .on(endpoints.portal.renewLink, async (services, { body }, http) => {
      await limits.take('signIn', clientNetwork(http, services))
      await limits.take('signInAddress', services.signer.hash('portal-link', body.token))
      await renewPortalLink(services, body.token)
      return undefined
    })
    .on(endpoints.portal.open, async (services, { body }, http) => {
      await limits.take('publicRead', clientNetwork(http, services))
      const opened = await openPortal(
        services,
        body.token,
        readSessionCookie(http, services),
        requestOrigin(http, services),
      )
      writeSessionCookie(http, services, opened.token, opened.expiresAt - services.clock())
      return { scope: opened.scope, expiresAt: iso(opened.expiresAt) }
    })
    .on(endpoints.portal.close, async (services, _, http) => {
      const token = readSessionCookie(http, services)
      if (token) await closePortal(services, token)
      clearSessionCookie(http, services)
      return undefined
    })
    .on(endpoints.portal.noteOpened, async (ctx) => {
      if (ctx.actor.type === 'contact') await noteOpened(ctx, ctx.actor.id)
      return undefined
    })
    .on(endpoints.portal.home, (ctx) => portalHome(ctx))
    .on(endpoints.portal.refreshLink, async (ctx) => {
      await limits.take('signInAddress', actorKey(ctx.actor))
      await sendFullLink(ctx, await currentSession(ctx))
      return undefined
    })
    .on(endpoints.portal.friends, (ctx, { query }) => friendsOfProgram(ctx, advocateOf(ctx), query))
    .on(endpoints.portal.history, async (ctx, { query }) => {
      const contactId = advocateOf(ctx)
      const [{ currency }, { language }] = await Promise.all([
        getOrganization(ctx, ctx.organizationId),
        getContact(ctx, contactId),
      ])
      return historyPage(ctx, contactId, currency, query, wordsIn(language))
    })
    .on(endpoints.portal.switch, async (ctx, { body }) => {
      await switchPortal(ctx, body.organizationId)
      return undefined
    })
    .on(endpoints.portal.useCredit, (ctx, { body }) => usePortalCredit(ctx, body))
    .on(endpoints.portal.withdrawRequest, (ctx, { params }) => withdrawPortalRequest(ctx, params.id))
    .on(endpoints.portal.account, (ctx) => portalAccount(ctx))
    .on(endpoints.portal.updateAccount, (ctx, { body }) => updatePortalAccount(ctx, body))
    .on(endpoints.portal.addAddress, async (ctx, { body }) => {
      await limits.take('signInAddress', actorKey(ctx.actor))
      await requestNewAddress(ctx, body)
      return undefined
    })
    .on(endpoints.portal.confirmAddress, (ctx, { body }) => confirmNewAddress(ctx, body.token))
    .on(endpoints.portal.removeAddress, (ctx, { params }) => removePortalAddress(ctx, params.id))
    .on(
      endpoints.portal.erase,
      async (ctx, { body }, http) => {
        await erasePortalPerson(ctx, body.organizationId)
        clearSessionCookie(http, ctx)
        return undefined
      },
      { storeResponse: false },
    )
    .on(endpoints.portal.export, (ctx) => exportPortalPerson(ctx))
