import { defineModule } from '../../../shared/module.ts'
import { setupRoutes } from './setup.routes.ts'

export const setupModule = defineModule({
  name: 'setup',
  routes: setupRoutes,
})
