import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { requestHeader } from '../../../shared/send.ts'
import { inSteps, listImports, previewImport, runImport } from './imports.ts'
import { undoImport } from './undo.ts'

export const importRoutes = (router: Router) =>
  router
    .on(endpoints.imports.list, (ctx, { query }) => listImports(ctx, query))
    .on(endpoints.imports.preview, (ctx, { body }) => previewImport(ctx, body), { storeResponse: false })
    .on(endpoints.imports.run, (ctx, { body }, http) => runImport(ctx, body, requestHeader(http, 'idempotency-key')), {
      storeResponse: ({ body }) => !inSteps(body),
    })
    .on(endpoints.imports.undo, (ctx, { params }) => undoImport(ctx, params.id))
