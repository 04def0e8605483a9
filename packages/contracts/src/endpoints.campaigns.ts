import { Campaign, CampaignQuery, CreateCampaign, TermsVersion, UpdateCampaign } from './campaigns.ts'
import { endpoint, staff } from './endpoint.ts'
import { idParams, PageQuery, page } from './primitives.ts'

/** Campaigns and their terms. */
export const campaignEndpoints = {
  campaigns: {
    list: endpoint({
      method: 'GET',
      path: '/v1/campaigns',
      summary: 'List campaigns',
      access: staff('campaigns:read'),
      query: CampaignQuery,
      response: page(Campaign),
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/campaigns/:id',
      summary: 'Get a campaign with its current terms',
      access: staff('campaigns:read'),
      params: idParams('campaign'),
      response: Campaign,
    }),
    create: endpoint({
      method: 'POST',
      path: '/v1/campaigns',
      summary: 'Create a campaign',
      access: staff('campaigns:write'),
      body: CreateCampaign,
      response: Campaign,
      status: 201,
    }),
    update: endpoint({
      method: 'PATCH',
      path: '/v1/campaigns/:id',
      summary: 'Update a campaign; new terms create a new version',
      access: staff('campaigns:write'),
      params: idParams('campaign'),
      body: UpdateCampaign,
      response: Campaign,
    }),
    terms: endpoint({
      method: 'GET',
      path: '/v1/campaigns/:id/terms',
      summary: 'List the versions of the terms with their changes, newest first',
      access: staff('campaigns:read'),
      params: idParams('campaign'),
      query: PageQuery,
      response: page(TermsVersion),
    }),
    duplicate: endpoint({
      method: 'POST',
      path: '/v1/campaigns/:id/duplicate',
      summary: 'Duplicate a campaign as a draft',
      access: staff('campaigns:write'),
      params: idParams('campaign'),
      response: Campaign,
      status: 201,
    }),
    archive: endpoint({
      method: 'POST',
      path: '/v1/campaigns/:id/archive',
      summary: 'Archive a draft without advocates',
      access: staff('campaigns:write'),
      params: idParams('campaign'),
      status: 204,
    }),
    restore: endpoint({
      method: 'POST',
      path: '/v1/campaigns/:id/restore',
      summary: 'Restore an archived draft',
      access: staff('campaigns:write'),
      params: idParams('campaign'),
      response: Campaign,
    }),
  },
} as const
