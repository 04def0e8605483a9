import * as z from 'zod'
import { endpoint, staff } from './endpoint.ts'
import { MessageDetail, MessageQuery, MessageRow } from './messages.ts'
import { MessageTemplate, MessageTemplateKey, MessageTemplatePreview, SaveMessageTemplate } from './messageTemplates.ts'
import { idParams, page } from './primitives.ts'

/** Messages and their templates. */
export const messageEndpoints = {
  messageTemplates: {
    list: endpoint({
      method: 'GET',
      path: '/v1/message-wordings',
      summary: 'List message templates',
      access: staff('settings:read'),
      response: z.strictObject({ items: z.array(MessageTemplate) }),
    }),
    save: endpoint({
      method: 'POST',
      path: '/v1/message-wordings',
      summary: 'Customize a message template',
      access: staff('settings:write'),
      body: SaveMessageTemplate,
      response: MessageTemplate,
    }),
    reset: endpoint({
      method: 'POST',
      path: '/v1/message-wordings/reset',
      summary: 'Restore the default of a message template',
      access: staff('settings:write'),
      body: MessageTemplateKey,
      response: MessageTemplate,
    }),
    preview: endpoint({
      method: 'POST',
      path: '/v1/message-wordings/preview',
      summary: 'Preview a message template; nothing is saved',
      access: staff('settings:read'),
      body: SaveMessageTemplate,
      response: MessageTemplatePreview,
    }),
    test: endpoint({
      method: 'POST',
      path: '/v1/message-wordings/test',
      summary: 'Send the preview to yourself',
      access: staff('settings:write'),
      body: SaveMessageTemplate,
      response: z.strictObject({ to: z.string() }),
      status: 202,
    }),
  },
  messages: {
    list: endpoint({
      method: 'GET',
      path: '/v1/messages',
      summary: 'List messages',
      access: staff('messages:read'),
      query: MessageQuery,
      response: page(MessageRow),
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/messages/:id',
      summary: 'Get a message with its body',
      access: staff('messages:read'),
      params: idParams('message'),
      response: MessageDetail,
    }),
    retry: endpoint({
      method: 'POST',
      path: '/v1/messages/:id/retry',
      summary: 'Resend a failed message',
      access: staff('messages:write'),
      params: idParams('message'),
      response: MessageRow,
    }),
  },
} as const
