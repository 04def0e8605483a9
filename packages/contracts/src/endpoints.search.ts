import { endpoint, staff } from './endpoint.ts'
import { SearchQuery, SearchResults } from './search.ts'

export const searchEndpoints = {
  search: {
    everything: endpoint({
      method: 'GET',
      path: '/v1/search',
      summary: 'Search referrals, advocates, contacts, campaigns and discount codes',
      access: staff(null),
      query: SearchQuery,
      response: SearchResults,
    }),
  },
} as const
