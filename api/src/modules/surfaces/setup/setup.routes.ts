import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { createOrganizationAs } from './createOrganization.ts'

export const setupRoutes = (router: Router) =>
  router.on(endpoints.organization.create, (ctx, { body }) => createOrganizationAs(ctx, body))
