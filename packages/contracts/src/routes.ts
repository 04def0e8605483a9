import type { Endpoints } from './endpoints.ts'

/** Every verb of the client, and nothing else. */
type Routes = { [Group in keyof Endpoints]: { [Verb in keyof Endpoints[Group]]: string } }

/**
 * Method and path of every endpoint as plain text, without the schemas: all that a caller needs, and 1 kB instead of
 * zod on an advocate's phone. `endpoints` stays the source; routes.test.ts says where the two differ.
 */
export const routes = {
  session: {
    request: 'POST /session/links',
    create: 'POST /session',
    end: 'DELETE /session',
  },
  me: {
    get: 'GET /v1/me',
    switchOrganization: 'POST /v1/me/organization',
  },
  members: {
    list: 'GET /v1/members',
    invite: 'POST /v1/members',
  },
  keys: {
    list: 'GET /v1/keys',
    create: 'POST /v1/keys',
    revoke: 'POST /v1/keys/:id/revoke',
  },
  sites: {
    list: 'GET /v1/sites',
    add: 'POST /v1/sites',
    remove: 'DELETE /v1/sites/:id',
  },
  campaigns: {
    list: 'GET /v1/campaigns',
    get: 'GET /v1/campaigns/:id',
    create: 'POST /v1/campaigns',
    update: 'PATCH /v1/campaigns/:id',
    terms: 'GET /v1/campaigns/:id/terms',
    duplicate: 'POST /v1/campaigns/:id/duplicate',
    archive: 'POST /v1/campaigns/:id/archive',
    restore: 'POST /v1/campaigns/:id/restore',
    terms: 'GET /v1/campaigns/:id/terms',
    duplicate: 'POST /v1/campaigns/:id/duplicate',
    archive: 'POST /v1/campaigns/:id/archive',
    restore: 'POST /v1/campaigns/:id/restore',
  },
  advocates: {
    list: 'GET /v1/advocates',
    get: 'GET /v1/advocates/:id',
    invite: 'POST /v1/advocates',
    resend: 'POST /v1/advocates/:id/resend',
  },
  referrals: {
    list: 'GET /v1/referrals',
    summary: 'GET /v1/referrals/summary',
    get: 'GET /v1/referrals/:id',
    create: 'POST /v1/referrals',
    accept: 'POST /v1/referrals/:id/accept',
    unaccept: 'POST /v1/referrals/:id/unaccept',
    decline: 'POST /v1/referrals/:id/decline',
    preview: 'GET /v1/referrals/:id/conversion-preview',
    convert: 'POST /v1/referrals/:id/convert',
    reverse: 'POST /v1/referrals/:id/reverse',
  },
  credit: {
    ledger: 'GET /v1/contacts/:id/ledger',
    adjust: 'POST /v1/contacts/:id/adjust',
    redeem: 'POST /v1/contacts/:id/redeem',
  },
  creditRequests: {
    list: 'GET /v1/credit-requests',
    complete: 'POST /v1/credit-requests/:id/complete',
    refuse: 'POST /v1/credit-requests/:id/refuse',
  },
  messages: {
    list: 'GET /v1/messages',
    get: 'GET /v1/messages/:id',
    retry: 'POST /v1/messages/:id/retry',
  },
  reports: {
    funnel: 'GET /v1/reports/funnel',
    funnelExport: 'GET /v1/reports/funnel/export',
    outstanding: 'GET /v1/reports/outstanding',
    outstandingExport: 'GET /v1/reports/outstanding/export',
    topAdvocates: 'GET /v1/reports/top-advocates',
    topAdvocatesExport: 'GET /v1/reports/top-advocates/export',
  },
  portal: {
    requestLink: 'POST /portal/api/links',
    open: 'POST /portal/api/session',
    close: 'DELETE /portal/api/session',
    home: 'GET /portal/api/home',
    refreshLink: 'POST /portal/api/full-link',
  },
  embed: {
    form: 'GET /embed/form',
    visit: 'POST /embed/visits',
    submit: 'POST /embed/referrals',
  },
} as const satisfies Routes
