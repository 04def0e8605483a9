import * as z from 'zod'
import { endpoint, staff, staffOrFullKey } from './endpoint.ts'
import { idParams, page } from './primitives.ts'
import {
  AddWebhook,
  ReplayFailed,
  UpdateWebhook,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookDeliveryQuery,
  WebhookEndpoint,
  WebhookSecret,
} from './webhooks.ts'

const read = staff('settings:read')
const write = staff('settings:write')
const full = staffOrFullKey('settings:write')
const ofEndpoint = idParams('webhookEndpoint')
const ofDelivery = idParams('webhookDelivery')

/** Webhook endpoints and deliveries. */
export const webhookEndpoints = {
  webhookEndpoints: {
    list: endpoint({
      method: 'GET',
      path: '/v1/webhook-endpoints',
      summary: 'List webhook endpoints',
      access: read,
      response: z.strictObject({ items: z.array(WebhookEndpoint) }),
    }),
    add: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints',
      summary: 'Create a webhook endpoint; the response contains its secret',
      access: full,
      body: AddWebhook,
      response: WebhookEndpoint.extend({ secret: z.string() }),
      status: 201,
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/webhook-endpoints/:id',
      summary: 'Get a webhook endpoint',
      access: read,
      params: ofEndpoint,
      response: WebhookEndpoint,
    }),
    update: endpoint({
      method: 'PATCH',
      path: '/v1/webhook-endpoints/:id',
      summary: "Update a webhook endpoint's URL, description or events",
      access: full,
      params: ofEndpoint,
      body: UpdateWebhook,
      response: WebhookEndpoint,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: '/v1/webhook-endpoints/:id',
      summary: 'Delete a webhook endpoint and its log',
      access: write,
      params: ofEndpoint,
    }),
    secret: endpoint({
      method: 'GET',
      path: '/v1/webhook-endpoints/:id/secret',
      summary: 'Get the signing secret',
      access: full,
      params: ofEndpoint,
      response: WebhookSecret,
    }),
    rotate: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/rotate',
      summary: 'Rotate the signing secret; the old one also signs for 24 hours',
      access: full,
      params: ofEndpoint,
      response: WebhookSecret,
    }),
    disable: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/disable',
      summary: 'Disable a webhook endpoint',
      access: write,
      params: ofEndpoint,
      response: WebhookEndpoint,
    }),
    enable: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/enable',
      summary: 'Enable a webhook endpoint, from now on',
      access: write,
      params: ofEndpoint,
      response: WebhookEndpoint,
    }),
    test: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/test',
      summary: 'Send a test event',
      access: write,
      params: ofEndpoint,
      response: WebhookDelivery,
      status: 201,
    }),
    deliveries: endpoint({
      method: 'GET',
      path: '/v1/webhook-endpoints/:id/deliveries',
      summary: 'List deliveries, newest first',
      access: read,
      params: ofEndpoint,
      query: WebhookDeliveryQuery,
      response: page(WebhookDelivery),
    }),
    replayFailed: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/replay-failed',
      summary: 'Resend all deliveries that failed since a given time',
      access: write,
      params: ofEndpoint,
      body: ReplayFailed,
      response: z.strictObject({ replayed: z.int() }),
    }),
  },
  webhookDeliveries: {
    get: endpoint({
      method: 'GET',
      path: '/v1/webhook-deliveries/:id',
      summary: 'Get a delivery with the request and response of each attempt',
      access: read,
      params: ofDelivery,
      response: WebhookDeliveryDetail,
    }),
    replay: endpoint({
      method: 'POST',
      path: '/v1/webhook-deliveries/:id/replay',
      summary: 'Resend an event under the same webhook-id',
      access: write,
      params: ofDelivery,
      response: WebhookDelivery,
    }),
  },
} as const
