import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './setup.audit.ts'
import { setupRoutes } from './setup.routes.ts'

export const setupModule = defineModule({
  name: 'setup',
  auditWords,
  routes: setupRoutes,
})
