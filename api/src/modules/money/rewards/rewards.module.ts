import { defineModule } from '../../../shared/module.ts'
import { rewardsOfContacts } from './rewards.contact.ts'
import { releaseDueRewards } from './rewards.jobs.ts'
import { rewardRoutes } from './rewards.routes.ts'

export const rewardsModule = defineModule({
  name: 'rewards',
  routes: rewardRoutes,
  jobs: (services) => [{ name: 'rewards', everyMs: 1_000, run: () => releaseDueRewards(services) }],
  contact: rewardsOfContacts,
})
