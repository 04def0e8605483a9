import * as deliveryQueries from '../src/modules/platform/webhooks/deliveries.queries.ts'
import * as deliveries from '../src/modules/platform/webhooks/deliveries.ts'
import * as endpoints from '../src/modules/platform/webhooks/endpoints.ts'
import * as subscription from '../src/modules/platform/webhooks/subscription.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'

/** The ids of another organization's webhook and delivery. */
export type TheirWebhook = { endpointId: string; deliveryId: string }
type Attempt = (ctx: Ctx, theirs: { webhook: TheirWebhook }) => Promise<unknown>

/** A webhook of an organization, with a delivery. */
export async function addWebhook(ctx: Ctx, host: string): Promise<TheirWebhook> {
  const { id } = await endpoints.addEndpoint(ctx, { url: `https://${host}/hooks`, description: host, events: [] })
  return { endpointId: id, deliveryId: (await deliveries.sendTestEvent(ctx, id)).id }
}

/** Actions on webhooks, each called with another organization's ids. */
export const webhookAttempts: Record<string, Attempt> = {
  listEndpoints: (ctx) => endpoints.listEndpoints(ctx),
  getEndpoint: (ctx, { webhook }) => endpoints.getEndpoint(ctx, webhook.endpointId),
  updateEndpoint: (ctx, { webhook }) => endpoints.updateEndpoint(ctx, webhook.endpointId, { description: 'Mine' }),
  removeEndpoint: (ctx, { webhook }) => endpoints.removeEndpoint(ctx, webhook.endpointId),
  showSecret: (ctx, { webhook }) => endpoints.showSecret(ctx, webhook.endpointId),
  rotateSecret: (ctx, { webhook }) => endpoints.rotateSecret(ctx, webhook.endpointId),
  disableEndpoint: (ctx, { webhook }) => endpoints.disableEndpoint(ctx, webhook.endpointId),
  enableEndpoint: (ctx, { webhook }) => endpoints.enableEndpoint(ctx, webhook.endpointId),
  disableWithin: (ctx, { webhook }) =>
    transaction(ctx, (tx) => endpoints.disableWithin(tx, webhook.endpointId, 'member')),
  endpointRow: (ctx, { webhook }) => endpoints.endpointRow(ctx, webhook.endpointId),
  listDeliveries: (ctx, { webhook }) => deliveryQueries.listDeliveries(ctx, webhook.endpointId, { limit: 100 }),
  getDelivery: (ctx, { webhook }) => deliveryQueries.getDelivery(ctx, webhook.deliveryId),
  loadDelivery: (ctx, { webhook }) => deliveryQueries.loadDelivery(ctx, webhook.deliveryId),
  replayDelivery: (ctx, { webhook }) => deliveries.replayDelivery(ctx, webhook.deliveryId),
  replayFailed: (ctx, { webhook }) => deliveries.replayFailed(ctx, webhook.endpointId, {}),
  sendTestEvent: (ctx, { webhook }) => deliveries.sendTestEvent(ctx, webhook.endpointId),
  queueDeliveries: (ctx) =>
    transaction(ctx, (tx) =>
      subscription.queueDeliveries(tx, 'contact.erased', { contactId: `con_${'0'.repeat(26)}` }),
    ),
  queueDelivery: (ctx, { webhook: { endpointId } }) =>
    transaction(ctx, (tx) => subscription.queueDelivery(tx, endpointId, 'endpoint.test', { endpointId })),
}

export const webhookRooms = [deliveries, deliveryQueries, endpoints, subscription]
export const nothingOfWebhooks = ['addEndpoint', 'endpointsChanged']
export const nothingOfKeys = [
  'createKey',
  'listKeys',
  'snippetKey',
  // Which organization it is for is what they find out.
  'authenticateSecretKey',
  'authenticatePublishableKey',
  'publishableKeyUntil',
]
