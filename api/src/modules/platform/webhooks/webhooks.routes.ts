import { endpoints } from '@goodword/contracts'
import type { Router } from '../../../shared/router.ts'
import { getDelivery, listDeliveries } from './deliveries.queries.ts'
import { replayDelivery, replayFailed, sendTestEvent } from './deliveries.ts'
import {
  addEndpoint,
  disableEndpoint,
  enableEndpoint,
  getEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
  showSecret,
  updateEndpoint,
} from './endpoints.ts'

const { webhookEndpoints, webhookDeliveries } = endpoints

export const webhooksRoutes = (router: Router) =>
  router
    .on(webhookEndpoints.list, (ctx) => listEndpoints(ctx))
    .on(webhookEndpoints.add, (ctx, { body }) => addEndpoint(ctx, body), { isSecret: true })
    .on(webhookEndpoints.get, (ctx, { params }) => getEndpoint(ctx, params.id))
    .on(webhookEndpoints.update, (ctx, { params, body }) => updateEndpoint(ctx, params.id, body))
    .on(webhookEndpoints.remove, (ctx, { params }) => removeEndpoint(ctx, params.id))
    .on(webhookEndpoints.secret, (ctx, { params }) => showSecret(ctx, params.id))
    .on(webhookEndpoints.rotate, (ctx, { params }) => rotateSecret(ctx, params.id), { isSecret: true })
    .on(webhookEndpoints.disable, (ctx, { params }) => disableEndpoint(ctx, params.id))
    .on(webhookEndpoints.enable, (ctx, { params }) => enableEndpoint(ctx, params.id))
    .on(webhookEndpoints.test, (ctx, { params }) => sendTestEvent(ctx, params.id))
    .on(webhookEndpoints.deliveries, (ctx, { params, query }) => listDeliveries(ctx, params.id, query))
    .on(webhookEndpoints.replayFailed, (ctx, { params, body }) => replayFailed(ctx, params.id, body))
    .on(webhookDeliveries.get, (ctx, { params }) => getDelivery(ctx, params.id))
    .on(webhookDeliveries.replay, (ctx, { params }) => replayDelivery(ctx, params.id))
