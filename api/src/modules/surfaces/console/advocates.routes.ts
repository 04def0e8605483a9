import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { resendInvitation } from '../../program/advocates/advocates.ts'
import { inviteMany, previewInvitations } from '../../program/advocates/bulk.ts'
import { listAdvocates, loadAdvocate } from './advocates.queries.ts'
import { archiveAdvocate, changeCode, changeExceptions, inviteAdvocate, restoreAdvocate } from './advocates.ts'

export const advocateRoutes = (router: Router) =>
  router
    .on(endpoints.advocates.list, (ctx, { query }) => listAdvocates(ctx, query))
    .on(endpoints.advocates.get, (ctx, { params }) => loadAdvocate(ctx, params.id))
    .on(endpoints.advocates.invite, (ctx, { body }) => inviteAdvocate(ctx, body))
    .on(endpoints.advocates.preview, (ctx, { body }) => previewInvitations(ctx, body))
    .on(endpoints.advocates.bulk, (ctx, { body }) => inviteMany(ctx, body))
    .on(endpoints.advocates.resend, (ctx, { params }) => resendInvitation(ctx, params.id))
    .on(endpoints.advocates.changeCode, (ctx, { params, body }) => changeCode(ctx, params.id, body.code))
    .on(endpoints.advocates.changeExceptions, (ctx, { params, body }) =>
      changeExceptions(ctx, params.id, body.exceptions),
    )
    .on(endpoints.advocates.archive, (ctx, { params }) => archiveAdvocate(ctx, params.id))
    .on(endpoints.advocates.restore, (ctx, { params }) => restoreAdvocate(ctx, params.id))
