import { defineModule } from '../../../shared/module.ts'
import { reportRoutes } from './reports.routes.ts'

export const reportsModule = defineModule({
  name: 'reports',
  routes: reportRoutes,
})
