import * as z from 'zod'
import { EmbedForm, SubmitReferral, SubmittedReferral } from './embed.ts'
import { endpoint } from './endpoint.ts'
import { OpenPortal, PortalHome, PortalSession, RequestPortalLink } from './portal.ts'
import { Code, Email } from './primitives.ts'

/** What serves our own surfaces: sign-in, the portal, and the form on a business's page. */
export const surfaceEndpoints = {
  session: {
    request: endpoint({
      method: 'POST',
      path: '/session/links',
      summary: 'Ask for a sign-in link for the console',
      access: { by: 'anyone' },
      body: z.strictObject({ email: Email }),
      status: 202,
    }),
    create: endpoint({
      method: 'POST',
      path: '/session',
      summary: 'Sign in with the token of a link',
      access: { by: 'anyone' },
      body: OpenPortal,
      status: 204,
    }),
    end: endpoint({ method: 'DELETE', path: '/session', summary: 'Sign out', access: { by: 'anyone' } }),
  },
  portal: {
    requestLink: endpoint({
      method: 'POST',
      path: '/portal/api/links',
      summary: 'Ask for a sign-in link; the same answer for everyone',
      access: { by: 'anyone' },
      body: RequestPortalLink,
      status: 202,
    }),
    open: endpoint({
      method: 'POST',
      path: '/portal/api/session',
      summary: 'Open the portal with the token of a link',
      access: { by: 'anyone' },
      body: OpenPortal,
      response: PortalSession,
      status: 201,
    }),
    close: endpoint({ method: 'DELETE', path: '/portal/api/session', summary: 'Sign out', access: { by: 'anyone' } }),
    home: endpoint({
      method: 'GET',
      path: '/portal/api/home',
      summary: 'Balance, link, friends and history',
      access: { by: 'portal', scope: 'view' },
      response: PortalHome,
    }),
    refreshLink: endpoint({
      method: 'POST',
      path: '/portal/api/full-link',
      summary: 'Send a sign-in link to the address on file',
      access: { by: 'portal', scope: 'view' },
      status: 202,
    }),
  },
  embed: {
    form: endpoint({
      method: 'GET',
      path: '/embed/form',
      summary: 'What the form needs to be drawn',
      access: { by: 'publishable' },
      query: z.strictObject({ key: z.string().max(100), code: Code.optional() }),
      response: EmbedForm,
    }),
    visit: endpoint({
      method: 'POST',
      path: '/embed/visits',
      summary: 'Record that a link was followed',
      access: { by: 'publishable' },
      query: z.strictObject({ key: z.string().max(100), code: Code }),
    }),
    submit: endpoint({
      method: 'POST',
      path: '/embed/referrals',
      summary: "Send the friend's details",
      access: { by: 'publishable' },
      query: z.strictObject({ key: z.string().max(100) }),
      body: SubmitReferral,
      response: SubmittedReferral,
      status: 201,
    }),
  },
} as const
