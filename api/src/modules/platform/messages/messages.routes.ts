import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { listTemplates, previewTemplate, resetTemplate, saveTemplate } from './customTemplates.ts'
import { getMessage, listMessages } from './messages.queries.ts'
import { retryMessage } from './messages.ts'

export const messagesRoutes = (router: Router) =>
  router
    .on(endpoints.messageTemplates.list, (ctx) => listTemplates(ctx))
    .on(endpoints.messageTemplates.save, (ctx, { body }) => saveTemplate(ctx, body))
    .on(endpoints.messageTemplates.reset, (ctx, { body }) => resetTemplate(ctx, body))
    .on(endpoints.messageTemplates.preview, async (ctx, { body }) => previewTemplate(ctx, body))
    .on(endpoints.messages.list, (ctx, { query }) => listMessages(ctx, query))
    .on(endpoints.messages.get, (ctx, { params }) => getMessage(ctx, params.id))
    .on(endpoints.messages.retry, (ctx, { params }) => retryMessage(ctx, params.id))
