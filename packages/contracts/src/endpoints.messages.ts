import { endpoint, staff } from './endpoint.ts'
import { MessageDetail, MessageQuery, MessageRow } from './messages.ts'
import { onlyId, page } from './primitives.ts'

/** What was written to whom. */
export const messageEndpoints = {
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
      params: onlyId('message'),
      response: MessageDetail,
    }),
    retry: endpoint({
      method: 'POST',
      path: '/v1/messages/:id/retry',
      summary: 'Send a failed message again',
      access: staff('messages:write'),
      params: onlyId('message'),
      response: MessageRow,
    }),
  },
} as const
