import { endpoint, staff } from './endpoint.ts'
import { EmbedEvent, EmbedEventQuery, InstallCheck, WebsiteForm } from './install.ts'
import { PageQuery, page } from './primitives.ts'

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
  websiteForms: {
    list: endpoint({
      method: 'GET',
      path: '/v1/website-forms',
      summary: "List the websites' own forms, last seen first, with the fields that were understood",
      access: staff('settings:read'),
      query: PageQuery,
      response: page(WebsiteForm),
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
