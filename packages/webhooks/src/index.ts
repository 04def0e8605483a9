/**
 * Signs and verifies webhooks per Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over
 * "id.timestamp.body", in `webhook-signature` as "v1,<base64>". Uses only Web Crypto, so that it runs in Node 20, in
 * workers and in browsers.
 */

/** "whsec_" and the base64 of 24 to 64 bytes. */
export type Secret = string

/** A verified event. `data` holds ids, amounts and labels, never a name. */
export type WebhookEvent = {
  /** The same for every attempt to deliver one event: store it to ignore repeats. */
  id: string
  /** "referral.converted" */
  type: string
  /** When it happened, ISO 8601. */
  timestamp: string
  data: Record<string, string | number | boolean | null>
}

export type WebhookHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }

/** A plain object of headers, such as Node's `request.headers`, or a `Headers` object. */
export type GivenHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

export type WebhookProblem =
  | 'headers_missing'
  | 'timestamp_invalid'
  | 'timestamp_too_old'
  | 'timestamp_too_new'
  | 'signature_wrong'
  | 'secret_invalid'
  | 'body_invalid'

/** Why verification failed. Respond with 400 or 401 and do nothing else. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
  constructor(
    readonly code: WebhookProblem,
    message: string,
  ) {
    super(message)
  }
}

const prefix = 'whsec_'
const toleranceS = 5 * 60
const algorithm = { name: 'HMAC', hash: 'SHA-256' }
const encoder = new TextEncoder()

/** A new secret: "whsec_" and 32 random bytes. */
export const newSecret = (): Secret => prefix + toBase64(crypto.getRandomValues(new Uint8Array(32)))

/**
 * The three headers of a webhook. `timestamp` is in seconds since 1970. With several secrets, during a rotation, there
 * is one signature for each. Throws WebhookError secret_invalid.
 */
export async function sign(given: {
  id: string
  timestamp: number
  body: string | Uint8Array
  secrets: Secret | readonly Secret[]
}): Promise<WebhookHeaders> {
  const content = signedContent(given.id, given.timestamp, given.body)
  const signatures: string[] = []
  for (const secret of listOf(given.secrets)) {
    const signature = await crypto.subtle.sign(algorithm.name, await keyOf(secret, 'sign'), content)
    signatures.push(`v1,${toBase64(new Uint8Array(signature))}`)
  }
  return {
    'webhook-id': given.id,
    'webhook-timestamp': String(given.timestamp),
    'webhook-signature': signatures.join(' '),
  }
}

type Received = {
  body: string | Uint8Array
  headers: GivenHeaders
  secrets: Secret | readonly Secret[]
  now?: number
}

/**
 * Verifies that one of the secrets signed the request within five minutes of `now` (milliseconds), and returns the
 * event. `body` must be the raw bytes: parsing and serializing JSON changes them. Throws WebhookError.
 */
export async function verify(given: Received): Promise<WebhookEvent> {
  const { id } = await verifySignature(given)
  return { id, ...parse(given.body) }
}

/**
 * The same without reading the body, for events of another shape than ours. `timestamp` is when it was signed, in seconds
 * since 1970. Throws WebhookError.
 */
export async function verifySignature(given: Received): Promise<{ id: string; timestamp: number }> {
  const { id, timestamp, signatures } = read(given.headers)
  const seconds = Math.floor((given.now ?? Date.now()) / 1_000)
  if (timestamp < seconds - toleranceS) {
    throw new WebhookError('timestamp_too_old', 'It was signed more than five minutes ago.')
  }
  if (timestamp > seconds + toleranceS) {
    throw new WebhookError('timestamp_too_new', 'It was signed more than five minutes in the future. Check the clock.')
  }
  const content = signedContent(id, timestamp, given.body)
  if (!(await isSigned(content, signatures, listOf(given.secrets)))) {
    throw new WebhookError('signature_wrong', 'No signature matches. Check the secret, and that the body is unchanged.')
  }
  return { id, timestamp }
}

/** Web Crypto compares in constant time. */
async function isSigned(content: Uint8Array<ArrayBuffer>, signatures: string[], secrets: readonly Secret[]) {
  for (const secret of secrets) {
    const key = await keyOf(secret, 'verify')
    for (const signature of signatures) {
      const bytes = fromBase64(signature)
      // Base64 is forgiving: it also reads white space, and bits at the end that mean nothing.
      if (bytes && toBase64(bytes) === signature && (await crypto.subtle.verify(algorithm.name, key, bytes, content)))
        return true
    }
  }
  return false
}

function read(headers: GivenHeaders) {
  const get = (name: string): string => {
    const value = headers instanceof Headers ? headers.get(name) : headers[name]
    if (typeof value !== 'string' || value === '') {
      throw new WebhookError('headers_missing', `The header ${name} is missing.`)
    }
    return value
  }
  const [id, time, signature] = [get('webhook-id'), get('webhook-timestamp'), get('webhook-signature')]
  if (!/^\d{1,12}$/.test(time)) throw new WebhookError('timestamp_invalid', 'The timestamp is not a number of seconds.')
  const signatures = signature.split(' ').flatMap((one) => (one.startsWith('v1,') ? [one.slice(3)] : []))
  return { id, timestamp: Number(time), signatures }
}

function parse(body: string | Uint8Array): Omit<WebhookEvent, 'id'> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Omit<WebhookEvent, 'id'>
  } catch {
    // Falls through to the error below.
  }
  throw new WebhookError('body_invalid', 'The body is signed, but it is not a JSON object.')
}

function signedContent(id: string, timestamp: number, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(`${id}.${timestamp}.`)
  const rest = typeof body === 'string' ? encoder.encode(body) : body
  const content = new Uint8Array(head.length + rest.length)
  content.set(head)
  content.set(rest, head.length)
  return content
}

async function keyOf(secret: Secret, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const bytes = fromBase64(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret)
  if (!bytes || bytes.length === 0) {
    throw new WebhookError('secret_invalid', 'The secret must be whsec_ followed by base64.')
  }
  return crypto.subtle.importKey('raw', bytes, algorithm, false, [use])
}

const listOf = (secrets: Secret | readonly Secret[]): readonly Secret[] =>
  typeof secrets === 'string' ? [secrets] : secrets

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/** null if it is not base64. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
  } catch {
    return null
  }
}
