import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { reportTopAdvocates } from './advocates.queries.ts'
import { exportCashRewards, reportCashRewards } from './cashRewards.queries.ts'
import { exportFunnel, exportOutstanding, exportTopAdvocates } from './exports.ts'
import { reportFunnel } from './funnel.queries.ts'
import { reportOutstanding } from './outstanding.queries.ts'

export const reportRoutes = (router: Router) =>
  router
    .on(endpoints.reports.funnel, (ctx, { query }) => reportFunnel(ctx, query))
    .on(endpoints.reports.outstanding, (ctx, { query }) => reportOutstanding(ctx, query))
    .on(endpoints.reports.topAdvocates, (ctx, { query }) => reportTopAdvocates(ctx, query))
    .on(endpoints.reports.cashRewards, (ctx, { query }) => reportCashRewards(ctx, query))
    .on(endpoints.reports.cashRewardsExport, (ctx, { query }) => exportCashRewards(ctx, query))
    .on(endpoints.reports.funnelExport, (ctx, { query }) => exportFunnel(ctx, query))
    .on(endpoints.reports.outstandingExport, (ctx, { query }) => exportOutstanding(ctx, query))
    .on(endpoints.reports.topAdvocatesExport, (ctx, { query }) => exportTopAdvocates(ctx, query))
