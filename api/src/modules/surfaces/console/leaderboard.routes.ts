import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { leaderboardSettings, updateLeaderboardSettings } from '../../program/leaderboard/settings.ts'
import { exportLeaderboard } from './leaderboard.export.ts'
import { listLeaderboard } from './leaderboard.queries.ts'

const { leaderboard } = endpoints

export const leaderboardRoutes = (router: Router) =>
  router
    .on(leaderboard.get, (ctx, { query }) => listLeaderboard(ctx, query))
    .on(leaderboard.export, (ctx, { query }) => exportLeaderboard(ctx, query))
    .on(leaderboard.settings, (ctx) => leaderboardSettings(ctx))
    .on(leaderboard.update, (ctx, { body }) => updateLeaderboardSettings(ctx, body))
