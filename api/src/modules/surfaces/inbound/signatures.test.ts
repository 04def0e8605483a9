import { createHmac } from 'node:crypto'
import { newSecret } from '@goodword/webhooks'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signedHeaders } from '../../../../test/inbound.ts'
import { isFromTremendous } from '../../money/rewards/giftCards/tremendousWebhook.ts'
import { isFromTwilio } from '../../platform/messages/twilio.ts'
import { verifyRequest } from './signatures.ts'

const now = 1_764_529_200_000
const bytes = new TextEncoder().encode('{"id":5001,"total":"409.94"}')
const secret = newSecret()

type Signing = { signature: string; accepts: (signature: string) => Promise<boolean> | boolean }

/** The header that holds the signature, what stands before it, and whether the request is accepted with another one. */
async function of(
  kind: 'standard_webhooks' | 'hmac' | 'stripe' | 'shopify' | 'woocommerce',
  name: string,
  before: RegExp,
): Promise<Signing> {
  const headers = await signedHeaders(kind, bytes, { secret, now, topic: 'orders/paid', id: 'd1' })
  const [start = ''] = before.exec(headers[name] ?? '') ?? []
  const signature = (headers[name] ?? '').slice(start.length)
  const accepts = async (text: string) => {
    const header = (asked: string) => (asked === name ? start + text : headers[asked])
    return (await verifyRequest({ kind, bytes, header, secrets: [secret], now })).ok
  }
  return { signature, accepts }
}

const fields = new URLSearchParams({ From: '+14155550142', Body: 'STOP' })
const url = 'https://refer.example/v1/inbound/twilio'
const signings: Record<string, () => Promise<Signing> | Signing> = {
  'Standard Webhooks': () => of('standard_webhooks', 'webhook-signature', /^v1,/),
  'a connection of your own': () => of('hmac', 'x-signature', /^t=\d+,v1=/),
  Stripe: () => of('stripe', 'stripe-signature', /^t=\d+,v1=/),
  Shopify: () => of('shopify', 'x-shopify-hmac-sha256', /^/),
  WooCommerce: () => of('woocommerce', 'x-wc-webhook-signature', /^/),
  Tremendous: () => ({
    signature: createHmac('sha256', secret).update(bytes).digest('hex'),
    accepts: (text) => isFromTremendous(secret, bytes, `sha256=${text}`),
  }),
  Twilio: () => ({
    signature: createHmac('sha1', secret).update(`${url}BodySTOPFrom+14155550142`).digest('base64'),
    accepts: (text) => isFromTwilio(secret, url, fields, text),
  }),
}

// Commas and white space begin another signature where several may stand.
const piece = fc.stringMatching(/^[\w+/=.:-]{0,3}$/)

it.each(Object.keys(signings))('a signature of %s is refused once anything in it is changed', async (name) => {
  const { signature, accepts } = (await signings[name]?.()) ?? { signature: '', accepts: () => false }
  expect(await accepts(signature)).toBe(true)
  for (const more of ['0', 'zz', '=', '=x', '-']) expect(await accepts(signature + more), more).toBe(false)
  await fc.assert(
    fc.asyncProperty(fc.nat(signature.length), fc.nat(2), piece, async (from, length, text) => {
      const changed = signature.slice(0, from) + text + signature.slice(from + length)
      // Hexadecimal means the same in capital letters.
      fc.pre(changed !== signature && !(/^[\da-f]+$/.test(signature) && changed.toLowerCase() === signature))
      expect(await accepts(changed)).toBe(false)
    }),
  )
})
