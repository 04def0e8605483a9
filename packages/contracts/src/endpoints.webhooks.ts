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
      summary: 'List where events are sent',
      access: read,
      response: z.strictObject({ items: z.array(WebhookEndpoint) }),
    }),
    add: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints',
      summary: 'Send events to an address; the answer holds its secret',
      access: full,
      body: AddWebhook,
      response: WebhookEndpoint.extend({ secret: z.string() }),
      status: 201,
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/webhook-endpoints/:id',
      summary: 'Get an endpoint',
      access: read,
      params: ofEndpoint,
      response: WebhookEndpoint,
    }),
    update: endpoint({
      method: 'PATCH',
      path: '/v1/webhook-endpoints/:id',
      summary: 'Change the address, the description or the events',
      access: full,
      params: ofEndpoint,
      body: UpdateWebhook,
      response: WebhookEndpoint,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: '/v1/webhook-endpoints/:id',
      summary: 'Remove an endpoint with its log',
      access: write,
      params: ofEndpoint,
    }),
    secret: endpoint({
      method: 'GET',
      path: '/v1/webhook-endpoints/:id/secret',
      summary: 'Show the secret a receiver verifies with',
      access: full,
      params: ofEndpoint,
      response: WebhookSecret,
    }),
    rotate: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/rotate',
      summary: 'Make a new secret; the old one signs as well for 24 hours',
      access: full,
      params: ofEndpoint,
      response: WebhookSecret,
    }),
    disable: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/disable',
      summary: 'Send nothing there until it is enabled again',
      access: write,
      params: ofEndpoint,
      response: WebhookEndpoint,
    }),
    enable: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/enable',
      summary: 'Send events there again, from now on',
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
      summary: 'List what was sent there, newest first',
      access: read,
      params: ofEndpoint,
      query: WebhookDeliveryQuery,
      response: page(WebhookDelivery),
    }),
    replayFailed: endpoint({
      method: 'POST',
      path: '/v1/webhook-endpoints/:id/replay-failed',
      summary: 'Send everything again that failed since a moment',
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
      summary: 'Get a delivery with each request and answer',
      access: read,
      params: ofDelivery,
      response: WebhookDeliveryDetail,
    }),
    replay: endpoint({
      method: 'POST',
      path: '/v1/webhook-deliveries/:id/replay',
      summary: 'Send an event again, under the same webhook-id',
      access: write,
      params: ofDelivery,
      response: WebhookDelivery,
    }),
  },
} as const
