import { defineModule } from '../../../shared/module.ts'
import { friendRoutes } from './friendPage.routes.ts'
import { hostedRoutes } from './hosted.routes.ts'
import { leaderboardRoutes } from './leaderboard.routes.ts'
import { unsubscribeRoutes } from './unsubscribe.routes.ts'

export const hostedModule = defineModule({
  name: 'hosted',
  pages: (services, tools) => [
    hostedRoutes(services, tools),
    friendRoutes(services, tools.limits, tools.files),
    leaderboardRoutes(services, tools.limits, tools.files),
    unsubscribeRoutes(services, tools.limits, tools.files),
  ],
})
