/** A token may be valid for an hour at most, in seconds. Ten minutes are enough: a page asks for a new one. */
const longest = 3_600
const usual = 600

type Who =
  | { /** "con_…", from a webhook or the API. */ contactId: string; email?: never }
  | { /** Upper and lower case are the same. */ email: string; contactId?: never }

export type IdentityToSign = Who & {
  /** The identity key, "ik_…". Keep it on your server. */
  key: string
  /** Its id, "key_…". */
  keyId: string
  /** How to greet somebody who isn't a contact yet. It never changes the name of one who is. */
  name?: string
  /** In seconds from now, 600 by default and 3,600 at most. */
  expiresIn?: number
}

const encoder = new TextEncoder()
const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const part = (value: object) => base64url(encoder.encode(JSON.stringify(value)))

/**
 * A token for `Goodword.identify`: a JWT with HS256 that says who is signed in on your website. Call it on your server,
 * for the customer of the session only. Needs nothing but Web Crypto, so it runs in Node, Deno, Bun and at the edge.
 * Rejects with a TypeError that says what is missing.
 */
export async function signIdentity(who: IdentityToSign): Promise<string> {
  const { key, keyId, contactId, email, name, expiresIn = usual } = who
  if (!key?.startsWith('ik_'))
    throw new TypeError('signIdentity: "key" must be an identity key, which starts with ik_.')
  if (!keyId?.startsWith('key_')) throw new TypeError('signIdentity: "keyId" must be the id of the key, key_….')
  if (!contactId && !email) throw new TypeError('signIdentity: name the customer by "contactId" or "email".')
  if (!(expiresIn >= 1 && expiresIn <= longest))
    throw new TypeError(`signIdentity: "expiresIn" must be from 1 to ${longest} seconds.`)
  const now = Math.floor(Date.now() / 1_000)
  const claims = {
    ...(contactId ? { sub: contactId } : { email }),
    ...(name ? { name } : {}),
    iat: now,
    exp: now + Math.floor(expiresIn),
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: keyId })}.${part(claims)}`
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', imported, encoder.encode(signed))
  return `${signed}.${base64url(new Uint8Array(signature))}`
}
