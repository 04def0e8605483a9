import { endpoints } from '@goodword/contracts'
import type { Router } from '../../shared/router.ts'
import { listAdvocates, loadAdvocate } from './advocates.queries.ts'
import { inviteAdvocate, resendInvitation } from './advocates.ts'

export const advocateRoutes = (router: Router) =>
  router
    .on(endpoints.advocates.list, (ctx, { query }) => listAdvocates(ctx, query))
    .on(endpoints.advocates.get, (ctx, { params }) => loadAdvocate(ctx, params.id))
    .on(endpoints.advocates.invite, (ctx, { body }) => inviteAdvocate(ctx, body))
    .on(endpoints.advocates.resend, (ctx, { params }) => resendInvitation(ctx, params.id))
