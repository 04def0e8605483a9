import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { archiveCampaign } from '../../program/campaigns/campaigns.ts'
import { listTerms } from './campaigns.history.queries.ts'
import { listCampaigns, loadCampaign } from './campaigns.queries.ts'
import { createCampaign, duplicateCampaign, restoreCampaign, updateCampaign } from './campaigns.ts'

export const campaignRoutes = (router: Router) =>
  router
    .on(endpoints.campaigns.list, (ctx, { query }) => listCampaigns(ctx, query))
    .on(endpoints.campaigns.get, (ctx, { params }) => loadCampaign(ctx, params.id))
    .on(endpoints.campaigns.create, (ctx, { body }) => createCampaign(ctx, body))
    .on(endpoints.campaigns.update, (ctx, { params, body }) => updateCampaign(ctx, params.id, body))
    .on(endpoints.campaigns.terms, (ctx, { params, query }) => listTerms(ctx, params.id, query))
    .on(endpoints.campaigns.duplicate, (ctx, { params }) => duplicateCampaign(ctx, params.id))
    .on(endpoints.campaigns.archive, (ctx, { params }) => archiveCampaign(ctx, params.id))
    .on(endpoints.campaigns.restore, (ctx, { params }) => restoreCampaign(ctx, params.id))
