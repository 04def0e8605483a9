import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'
import { rotateKey } from './rotation.ts'

export const keysRoutes = (router: Router) =>
  router
    .on(endpoints.keys.list, (ctx) => listKeys(ctx))
    .on(endpoints.keys.create, (ctx, { body }) => createKey(ctx, body), { isSecret: true })
    .on(endpoints.keys.rotate, (ctx, { params, body }) => rotateKey(ctx, params.id, body), { isSecret: true })
    .on(endpoints.keys.revoke, (ctx, { params }) => revokeKey(ctx, params.id))
