import { endpoints } from '@goodword/contracts'
import type { Router } from '../../shared/router.ts'
import { convertReferral } from '../conversions/conversions.ts'
import { previewConversion } from '../conversions/preview.ts'
import { reverseConversion } from '../conversions/reversal.ts'
import { loadReferral } from './referrals.detail.queries.ts'
import { listReferrals } from './referrals.queries.ts'
import { summarizeReferrals } from './referrals.summary.queries.ts'
import { acceptReferral, createReferral, declineReferral, unacceptReferral } from './referrals.ts'

export const referralRoutes = (router: Router) =>
  router
    .on(endpoints.referrals.list, (ctx, { query }) => listReferrals(ctx, query))
    .on(endpoints.referrals.summary, (ctx) => summarizeReferrals(ctx))
    .on(endpoints.referrals.get, (ctx, { params }) => loadReferral(ctx, params.id))
    .on(endpoints.referrals.create, (ctx, { body }) => createReferral(ctx, body))
    .on(endpoints.referrals.accept, (ctx, { params, body }) => acceptReferral(ctx, params.id, body.note))
    .on(endpoints.referrals.unaccept, (ctx, { params }) => unacceptReferral(ctx, params.id))
    .on(endpoints.referrals.decline, (ctx, { params, body }) => declineReferral(ctx, params.id, body.reason))
    .on(endpoints.referrals.preview, (ctx, { params, query }) => previewConversion(ctx, params.id, query))
    .on(endpoints.referrals.convert, (ctx, { params, body }) => convertReferral(ctx, params.id, body))
    .on(endpoints.referrals.reverse, (ctx, { params, body }) => reverseConversion(ctx, params.id, body.reason))
