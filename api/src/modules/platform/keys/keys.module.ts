import { defineModule } from '../../../shared/module.ts'
import { auditWords } from './keys.audit.ts'
import { keysRoutes } from './keys.routes.ts'

export const keysModule = defineModule({
  name: 'keys',
  auditWords,
  routes: keysRoutes,
})
