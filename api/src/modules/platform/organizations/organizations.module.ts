import { defineModule } from '../../../shared/module.ts'
import { logoPages } from './logoPages.ts'
import { auditWords } from './organizations.audit.ts'
import { organizationsRoutes } from './organizations.routes.ts'

export const organizationsModule = defineModule({
  name: 'organizations',
  auditWords,
  routes: organizationsRoutes,
  pages: (services) => [logoPages(services)],
  bodyMax: { '/v1/organization/logo': 272 * 1024 },
})
