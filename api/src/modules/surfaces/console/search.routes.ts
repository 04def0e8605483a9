import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { searchEverything } from './search.queries.ts'

export const searchRoutes = (router: Router) =>
  router.on(endpoints.search.everything, (ctx, { query }) => searchEverything(ctx, query.q))
