import { endpoints } from '@goodword/contracts'
import type { Router } from '../../shared/router.ts'
import { getMessage, listMessages, retryMessage } from './messages.ts'

export const messagesRoutes = (router: Router) =>
  router
    .on(endpoints.messages.list, (ctx, { query }) => listMessages(ctx, query))
    .on(endpoints.messages.get, (ctx, { params }) => getMessage(ctx, params.id))
    .on(endpoints.messages.retry, (ctx, { params }) => retryMessage(ctx, params.id))
