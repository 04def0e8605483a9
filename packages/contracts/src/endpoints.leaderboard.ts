import { endpoint, staff } from './endpoint.ts'
import { Leaderboard, LeaderboardQuery, LeaderboardSettings, UpdateLeaderboardSettings } from './leaderboard.ts'

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
