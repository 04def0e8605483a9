import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { checkInstall, listActivity } from './activity.queries.ts'
import { listForms } from './forms.queries.ts'

export const installRoutes = (router: Router) =>
  router
    .on(endpoints.embedEvents.list, (ctx, { query }) => listActivity(ctx, query))
    .on(endpoints.websiteForms.list, (ctx, { query }) => listForms(ctx, query))
    .on(endpoints.install.check, (ctx) => checkInstall(ctx))
