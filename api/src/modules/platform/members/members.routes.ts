import { endpoints } from '@goodword/contracts'
import { normalizeEmail } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork, type Router } from '../../../shared/router.ts'
import type { Http } from '../../../shared/send.ts'
import { changeRole, removeMember, resendMemberInvitation } from './changes.ts'
import { headersOf, requireSession, setCookies, whoAmI } from './credentials.ts'
import { acceptInvitation, declineInvitation, listInvitations } from './invitations.ts'
import { inviteMember, listMembers } from './members.ts'
import { endOtherSessions, endOwnSession, listSessions } from './ownSessions.ts'
import { endSession, openSession, readSession, requestMemberLink, switchOrganization } from './session.ts'

async function switchOrganizationOf(ctx: Ctx, http: Http, organizationId: string) {
  if (ctx.actor.type === 'key') throw new AppError('forbidden', { detail: 'A key belongs to one organization.' })
  return switchOrganization(ctx, await requireSession(ctx, http), organizationId)
}

export const membersRoutes = (router: Router) =>
  router
    .on(endpoints.me.get, (ctx) => whoAmI(ctx))
    // Reads and writes the session outside the running transaction, so it must not run inside one.
    .on(
      endpoints.me.switchOrganization,
      (ctx, { body }, http) => switchOrganizationOf(ctx, http, body.organizationId),
      {
        storeResponse: false,
      },
    )
    .on(endpoints.members.list, (ctx) => listMembers(ctx))
    .on(endpoints.members.invite, (ctx, { body }) => inviteMember(ctx, body))
    .on(endpoints.members.update, (ctx, { params, body }) => changeRole(ctx, params.id, body))
    .on(endpoints.members.resend, (ctx, { params }) => resendMemberInvitation(ctx, params.id))
    .on(endpoints.members.remove, (ctx, { params }) => removeMember(ctx, params.id))
    .on(endpoints.sessions.list, (ctx) => listSessions(ctx))
    .on(endpoints.sessions.end, (ctx, { params }) => endOwnSession(ctx, params.id))
    .on(endpoints.sessions.endOthers, (ctx) => endOtherSessions(ctx))

export const sessionRoutes = (router: Router, limits: RateLimits) =>
  router
    .on(endpoints.session.request, async (services, { body }, http) => {
      await limits.take('signIn', clientNetwork(http, services))
      await limits.take('signInAddress', normalizeEmail(body.email))
      await requestMemberLink(services, body.email)
      return undefined
    })
    .on(endpoints.session.create, async (services, { body }, http) => {
      await limits.take('signIn', clientNetwork(http, services))
      const { cookies, invitation } = await openSession(services, body.token, headersOf(http, services))
      setCookies(http, cookies)
      return { invitation }
    })
    // The sign-in page calls this before it knows whether anyone is signed in. Without a session there are no
    // invitations.
    .on(endpoints.session.invitations, async (services, _, http) => {
      const { session } = await readSession(services, headersOf(http, services))
      return session ? listInvitations(services, session) : { items: [] }
    })
    .on(endpoints.session.accept, async (services, { params }, http) =>
      acceptInvitation(services, await requireSession(services, http), params.id),
    )
    .on(endpoints.session.decline, async (services, { params }, http) =>
      declineInvitation(services, await requireSession(services, http), params.id),
    )
    .on(endpoints.session.end, async (services, _, http) => {
      setCookies(http, await endSession(services, headersOf(http, services)))
      return undefined
    })
