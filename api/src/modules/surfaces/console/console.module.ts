import { defineModule } from '../../../shared/module.ts'
import { advocateRoutes } from './advocates.routes.ts'
import { auditRoutes } from './audit.routes.ts'
import { campaignRoutes } from './campaigns.routes.ts'
import { contactRoutes } from './contacts.routes.ts'
import { leaderboardRoutes } from './leaderboard.routes.ts'
import { messageRoutes } from './messages.routes.ts'
import { referralRoutes } from './referrals.routes.ts'
import { rewardRoutes } from './rewards.routes.ts'
import { searchRoutes } from './search.routes.ts'

export const consoleModule = defineModule({
  name: 'console',
  routes(router) {
    auditRoutes(router)
    campaignRoutes(router)
    advocateRoutes(router)
    contactRoutes(router)
    referralRoutes(router)
    rewardRoutes(router)
    leaderboardRoutes(router)
    messageRoutes(router)
    searchRoutes(router)
  },
  bodyMax: { '/v1/advocates/preview': 256 * 1024, '/v1/advocates/bulk': 256 * 1024 },
})
