import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export type Signer = ReturnType<typeof createSigner>

/** Signs and hashes with the installation's secret; `purpose` separates the uses. */
export function createSigner(secret: string) {
  const mac = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url')
  return {
    /** "payload.signature"; anyone can read the payload. */
    sign: (purpose: string, payload: string): string => `${payload}.${mac(purpose, payload)}`,
    /** The payload, or null when the signature is invalid. */
    verify(purpose: string, token: string): string | null {
      const dot = token.lastIndexOf('.')
      if (dot < 0) return null
      const payload = token.slice(0, dot)
      const given = Buffer.from(token.slice(dot + 1))
      const expected = Buffer.from(mac(purpose, payload))
      return given.length === expected.length && timingSafeEqual(given, expected) ? payload : null
    },
    /** A keyed hash: equal inputs match, but cannot be recovered or guessed without the secret. */
    hash: (purpose: string, text: string): string => mac(purpose, text),
    /** A secret derived for one purpose. */
    derive: (purpose: string): string => mac('derive', purpose),
  }
}

/** 256 random bits, for links and sessions. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Tokens are stored as hashes, so that reading the database signs nobody in. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** For links, of which every referral has some: 132 bits of the hash. */
export const hashLink = (token: string): string => hashToken(token).slice(0, 22)
