import { Email, id, identityLifetimeMax, identityTokenMax, Name } from '@goodword/contracts'

/** By how many seconds the clocks of the two servers may differ. */
const skew = 60

/** A refusal, and how a developer cures it. */
export type TokenFault = {
  ok: false
  code: 'identity_token_invalid' | 'identity_token_expired'
  detail: string
}
/** A token whose signature is not verified yet. `payload` must not be read before it is. */
export type UnverifiedToken = { ok: true; keyId: string; signed: string; signature: string; payload: string }
/** What the business says: who it is, by contact id or email, and how to call them if they are new. */
export type IdentityClaims = {
  ok: true
  contactId: string | null
  email: string | null
  name: string | null
  /** In milliseconds since 1970. */
  expiresAt: number
}

const invalid = (detail: string): TokenFault => ({ ok: false, code: 'identity_token_invalid', detail })

const KeyId = id('key')
const ContactId = id('contact')

/** Takes a JWT apart (RFC 7519) without believing it. Only HS256 is accepted: a token never chooses its algorithm. */
export function readIdentityToken(token: string): UnverifiedToken | TokenFault {
  if (token.length > identityTokenMax) return invalid(`The token is longer than ${identityTokenMax} characters.`)
  const [head = '', payload = '', signature = '', ...more] = token.split('.')
  if (!head || !payload || !signature || more.length > 0)
    return invalid('The token is not a signed JWT: three parts with dots between them.')
  const header = readObject(head)
  if (typeof header === 'string') return invalid(`The header of the token ${header}.`)
  if (header.get('alg') !== 'HS256') return invalid('Sign the token with HS256. No other algorithm is accepted.')
  const type = header.get('typ')
  if (type !== undefined && !(typeof type === 'string' && /^jwt$/i.test(type)))
    return invalid('Leave "typ" out of the header of the token, or set it to "JWT".')
  if (header.has('crit') || header.has('b64')) return invalid('The header of the token asks for an extension.')
  const keyId = header.get('kid')
  if (!KeyId.safeParse(keyId).success)
    return invalid('Set "kid" in the header of the token to the id of the identity key, key_….')
  return { ok: true, keyId: String(keyId), signed: `${head}.${payload}`, signature, payload }
}

/** What a verified token says. `now` is in milliseconds since 1970. */
export function readIdentityClaims(
  payload: string,
  { now, organizationId }: { now: number; organizationId: string },
): IdentityClaims | TokenFault {
  const claims = readObject(payload)
  if (typeof claims === 'string') return invalid(`The payload of the token ${claims}.`)
  const late = faultOfTimes(claims, now / 1_000)
  if (late) return late
  const audience = claims.get('aud')
  if (audience !== undefined && ![audience].flat().includes(organizationId))
    return invalid(`"aud" of the token names someone else. Leave it out, or set it to ${organizationId}.`)
  const [subject, email, name] = ['sub', 'email', 'name'].map((claim) => claims.get(claim))
  for (const [claim, value] of Object.entries({ sub: subject, email, name }))
    if (value !== undefined && value !== null && typeof value !== 'string')
      return invalid(`"${claim}" of the token must be text.`)
  const contactId = ContactId.safeParse(subject).data ?? null
  const address = Email.safeParse(email)
  if (email && !address.success) return invalid('"email" of the token is no email address.')
  if (!contactId && !email)
    return invalid('The token names nobody. Set "sub" to the id of the contact, con_…, or "email" to their address.')
  return {
    ok: true,
    contactId,
    email: email && address.success ? address.data : null,
    name: nameOf(name),
    expiresAt: Number(claims.get('exp')) * 1_000,
  }
}

/** All in seconds. */
function faultOfTimes(claims: ReadonlyMap<string, unknown>, now: number): TokenFault | null {
  for (const claim of ['exp', 'iat', 'nbf']) {
    const value = claims.get(claim)
    if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value)))
      return invalid(`"${claim}" of the token must be a number of seconds since 1970.`)
  }
  const [expires, issued, begins] = ['exp', 'iat', 'nbf'].map((claim) => claims.get(claim) as number | undefined)
  if (expires === undefined)
    return invalid(`The token has no "exp". Set it to at most ${identityLifetimeMax / 60} minutes from now.`)
  if (expires <= now - skew)
    return { ok: false, code: 'identity_token_expired', detail: 'The token has expired. Sign a new one.' }
  if (expires > now + identityLifetimeMax + skew || (issued !== undefined && expires > issued + identityLifetimeMax))
    return invalid(
      `"exp" of the token is too far ahead. A token is valid for at most ${identityLifetimeMax / 60} minutes; "exp" is in seconds.`,
    )
  if ((issued ?? 0) > now + skew || (begins ?? 0) > now + skew)
    return invalid("The token isn't valid yet. Set the clock of the server that signs it.")
  return null
}

/** A name is only used to greet someone new, so a strange one is cut or left out. */
function nameOf(given: unknown): string | null {
  const cut = typeof given === 'string' ? given.slice(0, 100).replace(/[\ud800-\udbff]$/, '') : ''
  return Name.safeParse(cut).data ?? null
}

/**
 * The members of a JSON object in base64url, or what is wrong with it. A name that occurs twice is refused: libraries
 * disagree on which one counts.
 */
function readObject(part: string): ReadonlyMap<string, unknown> | string {
  const text = decode(part)
  if (text === null) return 'is not base64url of UTF-8'
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not a JSON object'
    const members = Object.entries(value)
    return namesIn(text) === members.length ? new Map(members) : 'has the same name twice'
  } catch {
    return 'is not JSON'
  }
}

/** How many members the outermost object of valid JSON has. */
function namesIn(json: string): number {
  let depth = 0
  let names = 0
  // Strings are skipped whole, so that every other sign is structure.
  for (const [sign] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (sign === '{' || sign === '[') depth += 1
    else if (sign === '}' || sign === ']') depth -= 1
    else if (sign === ':' && depth === 1) names += 1
  }
  return names
}

function decode(part: string): string | null {
  if (!/^[\w-]+$/.test(part) || part.length % 4 === 1) return null
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
