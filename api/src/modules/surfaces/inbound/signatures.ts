import { createHmac } from 'node:crypto'
import { type ConnectionFailure, type ConnectionKind, visibleLine } from '@goodword/contracts'
import { verifySignature, WebhookError } from '@goodword/webhooks'
import { isSameHex, isSameText } from '../../../shared/sameText.ts'
import { hashToken } from '../../../shared/signer.ts'

/** A request to verify: the bytes as they were received, its headers, and the secrets that work now. */
export type Signed = {
  kind: ConnectionKind
  bytes: Uint8Array
  header: (name: Lowercase<string>) => string | undefined
  secrets: readonly string[]
  now: number
}

/** `signedAt` in milliseconds, where the signature holds a time. `id` is the sender's id of the delivery. */
export type Verdict =
  | { ok: true; signedAt: number | null; id: string | null; topic: string }
  | { ok: false; reason: ConnectionFailure }

const toleranceMs = 5 * 60_000
const refused = (reason: ConnectionFailure): Verdict => ({ ok: false, reason })
const accepted = (given: Partial<Extract<Verdict, { ok: true }>> = {}): Verdict => ({
  ok: true,
  signedAt: null,
  id: null,
  topic: '',
  ...given,
})

/** Verifies a request as its kind of connection signs. Signatures are compared in constant time. */
export async function verifyRequest(signed: Signed): Promise<Verdict> {
  if (signed.secrets.length === 0) return refused('secret_missing')
  return await verifiers[signed.kind](signed)
}

const verifiers: Record<ConnectionKind, (signed: Signed) => Verdict | Promise<Verdict>> = {
  standard_webhooks: verifyStandard,
  hmac: (signed) => verifyTimed(signed, 'x-signature'),
  stripe: (signed) => verifyTimed(signed, 'stripe-signature'),
  shopify(signed) {
    const id = signed.header('x-shopify-webhook-id') ?? null
    return verifyBytes(signed, 'x-shopify-hmac-sha256', { id, topic: topicIn(signed, 'x-shopify-topic') })
  },
  woocommerce(signed) {
    const id = signed.header('x-wc-webhook-delivery-id') ?? null
    return verifyBytes(signed, 'x-wc-webhook-signature', { id, topic: topicIn(signed, 'x-wc-webhook-topic') })
  },
  token: verifyToken,
}

const topicIn = ({ header }: Signed, name: Lowercase<string>): string => visibleLine(header(name) ?? '').slice(0, 100)

async function verifyStandard({ bytes, header, secrets, now }: Signed): Promise<Verdict> {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const
  const headers = Object.fromEntries(names.map((name) => [name, header(name)]))
  try {
    const { id, timestamp } = await verifySignature({ body: bytes, headers, secrets, now })
    return accepted({ id, signedAt: timestamp * 1_000 })
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    return refused(reasonOf(error))
  }
}

function reasonOf({ code }: WebhookError): ConnectionFailure {
  if (code === 'headers_missing') return 'signature_missing'
  return code === 'timestamp_too_old' || code === 'timestamp_too_new' ? 'clock_off' : 'signature_wrong'
}

/** `t=1764529200,v1=…,v1=…`: the hex HMAC of "t.body". Stripe signs with several secrets while one is replaced. */
function verifyTimed({ bytes, header, secrets, now }: Signed, name: Lowercase<string>): Verdict {
  const text = header(name)
  if (text === undefined || text === '') return refused('signature_missing')
  const parts = text.split(',').map((part) => part.trim())
  const valuesOf = (key: string) =>
    parts.flatMap((part) => (part.startsWith(`${key}=`) ? [part.slice(key.length + 1)] : []))
  const [time = ''] = valuesOf('t')
  const given = valuesOf('v1')
  if (!/^\d{1,12}$/.test(time) || given.length === 0) return refused('signature_missing')
  const isSigned = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${time}.`).update(bytes).digest('hex')
    return given.some((signature) => isSameHex(signature, expected))
  })
  if (!isSigned) return refused('signature_wrong')
  const signedAt = Number(time) * 1_000
  return Math.abs(now - signedAt) > toleranceMs ? refused('clock_off') : accepted({ signedAt })
}

/** The HMAC of the body alone, in base64. It holds no time, so an old one is as good as a new one. */
function verifyBytes(
  { bytes, header, secrets }: Signed,
  name: Lowercase<string>,
  given: { id: string | null; topic: string },
): Verdict {
  const text = header(name)
  if (text === undefined || text === '') return refused('signature_missing')
  const isSigned = secrets.some((secret) =>
    isSameText(text, createHmac('sha256', secret).update(bytes).digest('base64')),
  )
  return isSigned ? accepted(given) : refused('signature_wrong')
}

/** A secret in a header, for tools that can't sign. Only its hash is stored. */
function verifyToken({ header, secrets }: Signed): Verdict {
  const token = header('x-goodword-token') ?? /^Bearer\s+(\S+)$/i.exec(header('authorization') ?? '')?.[1]
  if (token === undefined || token === '') return refused('signature_missing')
  const given = hashToken(token)
  return secrets.some((secret) => isSameText(given, secret)) ? accepted() : refused('signature_wrong')
}
