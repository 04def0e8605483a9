import { endpoint, staff } from './endpoint.ts'
import { EmbedEvent, EmbedEventQuery, InstallCheck } from './install.ts'
import { page } from './primitives.ts'

/** Website events, and the state of the installation. */
export const installEndpoints = {
  embedEvents: {
    list: endpoint({
      method: 'GET',
      path: '/v1/embed-events',
      summary: 'List website events, newest first, with the reason each was or was not attributed',
      access: staff('settings:read'),
      query: EmbedEventQuery,
      response: page(EmbedEvent),
    }),
  },
  install: {
    check: endpoint({
      method: 'GET',
      path: '/v1/install-check',
      summary: 'Get the state of the installation: websites seen, and what is missing',
      access: staff('settings:read'),
      response: InstallCheck,
    }),
  },
} as const
