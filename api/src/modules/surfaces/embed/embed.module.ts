import { defineModule } from '../../../shared/module.ts'
import { embedRoutes } from './embed.routes.ts'
import { flushVisits } from './visits.ts'

export const embedModule = defineModule({
  name: 'embed',
  routes: embedRoutes,
  flush: flushVisits,
  flushEveryMs: 5_000,
})
