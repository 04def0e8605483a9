import type { Catalog } from './problems.catalog.ts'

/** Errors of the request and its credentials. */
export const requestProblems = {
  // The request.
  malformed_json: { status: 400, title: 'The body is not JSON', cure: 'Send a JSON object, encoded as UTF-8.' },
  validation_failed: {
    status: 400,
    title: 'Some values are not valid',
    cure: 'Correct the fields listed under errors and send it again.',
  },
  unsupported_media_type: { status: 415, title: 'The body has the wrong type', cure: 'Send it as application/json.' },
  body_too_large: { status: 413, title: 'The body is too large', cure: 'Send 64 KB or less.' },
  not_found: { status: 404, title: 'Not found', cure: 'Check the address and the id.' },
  method_not_allowed: {
    status: 405,
    title: 'This address does not answer that method',
    cure: 'See the API reference for the methods it has.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    cure: 'Wait for the seconds given in Retry-After, then try again.',
  },
  internal: {
    status: 500,
    title: 'Something broke on our side',
    cure: 'Nothing was saved. Try again; if it stays, tell whoever runs this server the request id.',
  },
  unavailable: {
    status: 503,
    title: 'The server is busy or stopping',
    cure: 'Try again in a moment. Nothing was saved.',
  },

  // Authentication.
  unauthenticated: {
    status: 401,
    title: 'You are not signed in',
    cure: 'Sign in again, or send a key as "Authorization: Bearer sk_…".',
  },
  forbidden: { status: 403, title: 'You may not do this', cure: 'Ask an owner or admin of the organization.' },
  key_scope_missing: {
    status: 403,
    title: 'This key may not do this',
    cure: 'Use a key that has the scope named in the detail.',
  },
  origin_refused: {
    status: 403,
    title: 'This page may not make that request',
    cure: 'Open the console or portal at its own address.',
  },
  site_not_allowed: {
    status: 403,
    title: 'This website is not on the list',
    cure: 'Add the website under Install, Allow your websites.',
  },
  identity_token_invalid: {
    status: 401,
    title: 'This identity token is not valid',
    cure: 'Sign a JWT with HS256 and an identity key of this organization, as the guide Signed identity shows.',
  },
  identity_token_expired: {
    status: 401,
    title: 'This identity token has expired',
    cure: 'Sign a new one for the customer who is signed in.',
  },
  identity_key_unknown: {
    status: 401,
    title: 'This identity token was not signed with an active key',
    cure: 'Use an identity key that is listed under Settings, Keys, and its id as "kid".',
  },
  identity_unknown: {
    status: 404,
    title: 'This customer is not an advocate',
    cure: 'Invite them, or let customers of your website join under Dates and rules of the campaign.',
  },
  identity_erased: {
    status: 410,
    title: 'This customer had their data erased',
    cure: 'Nothing brings it back by itself. Invite them again if they ask for it.',
  },
  identity_campaign_needed: {
    status: 409,
    title: 'Customers can join more than one campaign',
    cure: 'Say which one with the attribute campaign="cam_…" of the element.',
  },
  address_in_use: {
    status: 409,
    title: 'You are signed in with this address',
    cure: 'Sign in with another address to remove it.',
  },
  portal_moved: {
    status: 409,
    title: 'Your portal shows another business by now',
    cure: 'Load the page again, then do it there.',
  },
  link_invalid: { status: 410, title: 'This link no longer works', cure: 'Ask for a new one; it takes one tap.' },

  event_refused: {
    status: 401,
    title: 'This event was not accepted',
    cure: 'Check the address, the signing secret and the clock of the server that sends it.',
  },
  event_not_verified: {
    status: 503,
    title: 'This event can’t be verified at the moment',
    cure: 'Send it again later.',
  },
  secret_unreadable: {
    status: 409,
    title: 'This secret can’t be read anymore',
    cure: 'The installation got another secret since. Create a new secret and enter it in the other system.',
  },

  // Idempotency.
  idempotency_key_reused: {
    status: 422,
    title: 'That Idempotency-Key was used for something else',
    cure: 'Use a new key for a new request; repeat a request with the same body.',
  },
  answer_not_kept: {
    status: 409,
    title: 'This was done the first time',
    cure: 'Its answer got lost, and a secret is shown only once. If one was made, make a new one in its place.',
  },
} as const satisfies Catalog
