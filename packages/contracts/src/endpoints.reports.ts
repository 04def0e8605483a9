import * as z from 'zod'
import { endpoint, staff } from './endpoint.ts'
import {
  CashRewardsExportQuery,
  CashRewardsQuery,
  CashRewardsReport,
  FunnelQuery,
  FunnelReport,
  OutstandingExportQuery,
  OutstandingQuery,
  OutstandingReport,
  TopAdvocatesQuery,
  TopAdvocatesReport,
} from './reports.ts'

/** What the program earns and costs. */
export const reportEndpoints = {
  reports: {
    funnel: endpoint({
      method: 'GET',
      path: '/v1/reports/funnel',
      summary: 'Get visits, referrals, conversions, revenue and rewards by period and campaign',
      access: staff('reports:read'),
      query: FunnelQuery,
      response: FunnelReport,
    }),
    funnelExport: endpoint({
      method: 'GET',
      path: '/v1/reports/funnel/export',
      summary: 'Export the funnel as CSV',
      access: staff('reports:read'),
      query: FunnelQuery,
      response: z.string(),
      media: 'text/csv',
    }),
    outstanding: endpoint({
      method: 'GET',
      path: '/v1/reports/outstanding',
      summary: 'Get the credit owed to each contact on any day',
      access: staff('reports:read'),
      query: OutstandingQuery,
      response: OutstandingReport,
    }),
    outstandingExport: endpoint({
      method: 'GET',
      path: '/v1/reports/outstanding/export',
      summary: 'Export the credit owed to each contact as CSV',
      access: staff('reports:read'),
      query: OutstandingExportQuery,
      response: z.string(),
      media: 'text/csv',
    }),
    cashRewards: endpoint({
      method: 'GET',
      path: '/v1/reports/cash-rewards',
      summary: 'Get the gift cards and payouts of each person in a calendar year',
      access: staff('reports:read'),
      query: CashRewardsQuery,
      response: CashRewardsReport,
    }),
    cashRewardsExport: endpoint({
      method: 'GET',
      path: '/v1/reports/cash-rewards/export',
      summary: 'Export the gift cards and payouts of each person in a calendar year as CSV',
      access: staff('reports:read'),
      query: CashRewardsExportQuery,
      response: z.string(),
      media: 'text/csv',
    }),
    topAdvocates: endpoint({
      method: 'GET',
      path: '/v1/reports/top-advocates',
      summary: 'Get the advocates with the most conversions in a period',
      access: staff('reports:read'),
      query: TopAdvocatesQuery,
      response: TopAdvocatesReport,
    }),
    topAdvocatesExport: endpoint({
      method: 'GET',
      path: '/v1/reports/top-advocates/export',
      summary: 'Export the advocates of a period as CSV',
      access: staff('reports:read'),
      query: TopAdvocatesQuery,
      response: z.string(),
      media: 'text/csv',
    }),
  },
} as const
