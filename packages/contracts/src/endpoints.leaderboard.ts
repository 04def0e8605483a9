import * as z from 'zod'
import { endpoint, staff } from './endpoint.ts'
import {
  Leaderboard,
  LeaderboardExportQuery,
  LeaderboardQuery,
  LeaderboardSettings,
  UpdateLeaderboardSettings,
} from './leaderboard.ts'

/** The advocates by converted referrals, and the public page with them. */
export const leaderboardEndpoints = {
  leaderboard: {
    get: endpoint({
      method: 'GET',
      path: '/v1/leaderboard',
      summary: 'List the advocates of a period by converted referrals',
      access: staff('advocates:read'),
      query: LeaderboardQuery,
      response: Leaderboard,
    }),
    export: endpoint({
      method: 'GET',
      path: '/v1/leaderboard/export',
      summary: 'Export the advocates of a period by converted referrals as CSV',
      access: staff('advocates:read'),
      query: LeaderboardExportQuery,
      response: z.string(),
      media: 'text/csv',
    }),
    settings: endpoint({
      method: 'GET',
      path: '/v1/leaderboard/settings',
      summary: 'Get how the leaderboard is shown to everyone',
      access: staff('settings:read'),
      response: LeaderboardSettings,
    }),
    update: endpoint({
      method: 'PATCH',
      path: '/v1/leaderboard/settings',
      summary: 'Change how the leaderboard is shown to everyone',
      access: staff('settings:write'),
      body: UpdateLeaderboardSettings,
      response: LeaderboardSettings,
    }),
  },
} as const
