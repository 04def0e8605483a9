import { defineModule } from '../../../shared/module.ts'
import { keysRoutes } from './keys.routes.ts'

export const keysModule = defineModule({
  name: 'keys',
  routes: keysRoutes,
})
