import { endpoint, staff } from './endpoint.ts'
import { EmbedEvent, EmbedEventQuery, InstallCheck } from './install.ts'
import { page } from './primitives.ts'

/** Website events, and the state of the installation. */
export const installEndpoints = {
  embedEvents: {
    list: endpoint({
      method: 'GET',
      path: '/v1/embed-events',
      summary: 'List what arrived from websites, newest first, and why it was or was not attributed',
      access: staff('settings:read'),
      query: EmbedEventQuery,
      response: page(EmbedEvent),
    }),
  },
  install: {
    check: endpoint({
      method: 'GET',
      path: '/v1/install-check',
      summary: 'Which websites were seen, when, and what is missing',
      access: staff('settings:read'),
      response: InstallCheck,
    }),
  },
} as const
