import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { exportAudit, listAudit, listAuditGroups } from './audit.queries.ts'

export const auditRoutes = (router: Router) =>
  router
    .on(endpoints.audit.list, (ctx, { query }) => listAudit(ctx, query))
    .on(endpoints.audit.groups, async (ctx) => listAuditGroups(ctx))
    .on(endpoints.audit.export, (ctx, { query }) => exportAudit(ctx, query))
