import type { ConnectionKind } from '@goodword/contracts'

export type EventLine = { event: string; does: string; needs: string }

type KindText = {
  label: string
  /** Who chooses it. */
  for: string
  /** Where to enter the address. */
  address: string
  /** What its secret is called there, and where it is found or entered. */
  secret: string
  /** Which other secret is entered by mistake. */
  otherSecret: string
  /** The guide that shows each step. */
  guide: string
  /** The heading above its events. */
  heading: string
  events: EventLine[]
}

const ownEvents: EventLine[] = [
  { event: 'job.completed', does: 'Starts the wait for a score, or asks', needs: 'Job, customer' },
  { event: 'review.received', does: 'Asks, or tells you about an unhappy customer', needs: 'Job, score 1 to 5' },
  { event: 'job.invoiced', does: 'Converts a friend’s referral', needs: 'Job, amount' },
  { event: 'job.refunded', does: 'Proposes to take the reward back', needs: 'Job, amount' },
]

export const kindTexts: Record<ConnectionKind, KindText> = {
  standard_webhooks: {
    label: 'Your own software',
    for: 'Anything that signs by Standard Webhooks, or that you write yourself.',
    address: 'Send a POST request here for each event.',
    secret: 'Your software signs each request with it.',
    otherSecret: 'Signing starts from what comes after “whsec_”, decoded from base64.',
    guide: 'connect-jobs',
    heading: 'Four events',
    events: ownEvents,
  },
  hmac: {
    label: 'Simple HMAC signature',
    for: 'Software that signs with one header: x-signature: t=…,v1=….',
    address: 'Send a POST request here for each event.',
    secret: 'The key of the HMAC-SHA256 over the time, a dot and the body.',
    otherSecret: 'The whole text is the key, with “whsec_” in front.',
    guide: 'connect-jobs',
    heading: 'Four events',
    events: ownEvents,
  },
  stripe: {
    label: 'Stripe',
    for: 'Paid invoices, checkouts and refunds in Stripe.',
    address: 'In Stripe, open Workbench, Webhooks, and create an event destination with it and snapshot payloads.',
    secret: 'Stripe reveals it on the page of the endpoint as “Signing secret”. It starts with whsec_.',
    otherSecret: 'Each endpoint has its own signing secret, also in a sandbox or test mode. It isn’t your API key.',
    guide: 'stripe',
    heading: 'Events to select in Stripe',
    events: [
      { event: 'invoice.paid', does: 'Converts a friend’s referral', needs: 'Invoices' },
      { event: 'invoice_payment.paid', does: 'Lets refunds find their invoice', needs: 'Invoices' },
      { event: 'checkout.session.completed', does: 'Converts a friend’s referral', needs: 'Checkout' },
      { event: 'checkout.session.async_payment_succeeded', does: 'Converts, once it is paid', needs: 'Checkout' },
      { event: 'checkout.session.async_payment_failed', does: 'Notes that it wasn’t paid', needs: 'Checkout' },
      { event: 'refund.created', does: 'Proposes to take the reward back', needs: 'Refunds' },
      { event: 'refund.updated', does: 'Settles a refund that was pending', needs: 'Refunds' },
      { event: 'refund.failed', does: 'Proposes to give the reward back', needs: 'Refunds' },
      { event: 'charge.dispute.created', does: 'Tells you about a dispute', needs: 'Disputes' },
    ],
  },
  shopify: {
    label: 'Shopify',
    for: 'Paid, fulfilled and refunded orders of a Shopify store.',
    address: 'In Shopify, open Settings, Notifications, Webhooks, and create one for each topic, as JSON.',
    secret: 'Shopify shows it at the end of the list of webhooks: “Your webhooks will be signed with”.',
    otherSecret:
      'Webhooks of an app are signed with that app’s client secret, those made in Settings with the one shown there.',
    guide: 'shopify',
    heading: 'Topics to create in Shopify',
    events: [
      { event: 'orders/paid', does: 'Converts a friend’s referral', needs: 'Order payment' },
      { event: 'orders/fulfilled', does: 'Starts the wait for a score, or asks', needs: 'Order fulfillment' },
      { event: 'orders/cancelled', does: 'Notes that the order was canceled', needs: 'Order cancellation' },
      { event: 'refunds/create', does: 'Proposes to take the reward back', needs: 'Refund create' },
    ],
  },
  woocommerce: {
    label: 'WooCommerce',
    for: 'Orders of a WooCommerce store.',
    address: 'In WordPress, open WooCommerce, Settings, Advanced, Webhooks, and add one for “Order updated”.',
    secret: 'Enter it there under “Secret”.',
    otherSecret: 'If “Secret” was left empty there, WooCommerce uses one of its own: enter the one from here.',
    guide: 'woocommerce',
    heading: 'One webhook in WooCommerce',
    events: [
      { event: 'order.updated', does: 'Asks, converts, and proposes to take rewards back', needs: 'Order updated' },
      { event: 'customer.updated', does: 'Keeps your contacts up to date', needs: 'Customer updated, if you like' },
    ],
  },
  token: {
    label: 'Zapier, Make or a CRM',
    for: 'Tools that can send a request with a header, but can’t sign it.',
    address: 'Send a POST request with a JSON body here.',
    secret: 'Send it in the header x-goodword-token. It is weaker than a signature: whoever sees it can send events.',
    otherSecret: 'The header is called x-goodword-token and holds the token alone.',
    guide: 'connect-jobs',
    heading: 'Any event',
    events: [{ event: 'What you map', does: 'What you choose in the mapping', needs: 'A mapping' }],
  },
}

/** Systems whose secret is made and shown by them. */
export const makesOwnSecret = (kind: ConnectionKind): boolean => kind === 'stripe' || kind === 'shopify'

export const secretName = (kind: ConnectionKind): string => (kind === 'token' ? 'Token' : 'Signing secret')
