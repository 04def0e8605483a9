import { endpoints } from '@goodword/contracts'
import type { Router } from '../../shared/router.ts'
import { listCampaigns, loadCampaign } from './campaigns.queries.ts'
import { createCampaign, updateCampaign } from './campaigns.ts'

export const campaignRoutes = (router: Router) =>
  router
    .on(endpoints.campaigns.list, (ctx, { query }) => listCampaigns(ctx, query))
    .on(endpoints.campaigns.get, (ctx, { params }) => loadCampaign(ctx, params.id))
    .on(endpoints.campaigns.create, (ctx, { body }) => createCampaign(ctx, body))
    .on(endpoints.campaigns.update, (ctx, { params, body }) => updateCampaign(ctx, params.id, body))
