import { defineModule } from '../../../shared/module.ts'
import { docsRoutes } from './docs.routes.ts'

export const docsModule = defineModule({
  name: 'docs',
  pages: (services) => [docsRoutes(services)],
})
