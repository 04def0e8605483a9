import { Campaign, CreateCampaign, UpdateCampaign } from './campaigns.ts'
import { endpoint, staff } from './endpoint.ts'
import { onlyId, PageQuery, page } from './primitives.ts'

/** The programs and their terms. */
export const campaignEndpoints = {
  campaigns: {
    list: endpoint({
      method: 'GET',
      path: '/v1/campaigns',
      summary: 'List campaigns',
      access: staff('campaigns:read'),
      query: PageQuery,
      response: page(Campaign),
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/campaigns/:id',
      summary: 'Get a campaign with its current terms',
      access: staff('campaigns:read'),
      params: onlyId('campaign'),
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
      summary: 'Publish changes; new terms make a new version',
      access: staff('campaigns:write'),
      params: onlyId('campaign'),
      body: UpdateCampaign,
      response: Campaign,
    }),
  },
} as const
