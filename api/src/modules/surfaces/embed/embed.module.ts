import { defineModule } from '../../../shared/module.ts'
import { embedRoutes } from './embed.routes.ts'
import { visitShortcut } from './visits.shortcut.ts'
import { flushVisits } from './visits.ts'

export const embedModule = defineModule({
  name: 'embed',
  routes: embedRoutes,
  pages: (services, { limits, addShortcut }) => {
    addShortcut('/embed/visits', visitShortcut(services, limits))
    return []
  },
  flush: flushVisits,
  flushEveryMs: 5_000,
})
