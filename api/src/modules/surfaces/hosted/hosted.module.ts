import { defineModule } from '../../../shared/module.ts'
import { friendRoutes } from './friendPage.routes.ts'
import { hostedRoutes } from './hosted.routes.ts'
import { unsubscribeRoutes } from './unsubscribe.routes.ts'

export const hostedModule = defineModule({
  name: 'hosted',
  pages: (services, { limits, files }) => [
    hostedRoutes(services, limits, files),
    friendRoutes(services, limits, files),
    unsubscribeRoutes(services, limits, files),
  ],
})
