import { hash, randomBytes } from 'node:crypto'
import { isSameText } from './sameText.ts'

export type Signer = ReturnType<typeof createSigner>

/** Signs and hashes with the installation's secret; `purpose` separates the uses. */
export function createSigner(secret: string) {
  const macOf = createMac(secret)
  const mac = (purpose: string, text: string) => macOf(`${purpose}\n${text}`)
  return {
    /** "payload.signature"; anyone can read the payload. */
    sign: (purpose: string, payload: string): string => `${payload}.${mac(purpose, payload)}`,
    /** The payload, or null when the signature is invalid. */
    verify(purpose: string, token: string): string | null {
      const dot = token.lastIndexOf('.')
      if (dot < 0) return null
      const payload = token.slice(0, dot)
      return isSameText(token.slice(dot + 1), mac(purpose, payload)) ? payload : null
    },
    /** A keyed hash: equal inputs match, but cannot be recovered or guessed without the secret. */
    hash: (purpose: string, text: string): string => mac(purpose, text),
    /** A secret derived for one purpose. */
    derive: (purpose: string): string => mac('derive', purpose),
  }
}

const blockBytes = 64
const hashBytes = 32
const usualBytes = 1_024

/**
 * HMAC-SHA256 (RFC 2104) by two hashes. Every visitor of a link gets a signed token, and Node's HMAC objects take twice as
 * long to make and are a burden to the garbage collector.
 */
export function createMac(secret: string): (text: string) => string {
  const given = Buffer.from(secret)
  const key = Buffer.alloc(blockBytes)
  ;(given.length > blockBytes ? hash('sha256', given, 'buffer') : given).copy(key)
  const inner = Buffer.alloc(blockBytes + usualBytes)
  const outer = Buffer.alloc(blockBytes + hashBytes)
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  const pad = inner.subarray(0, blockBytes)
  return (text) => {
    // A character has at most three bytes in UTF-8.
    const message =
      text.length * 3 > usualBytes
        ? Buffer.concat([pad, Buffer.from(text)])
        : inner.subarray(0, blockBytes + inner.write(text, blockBytes))
    outer.write(hash('sha256', message, 'binary'), blockBytes, 'latin1')
    return hash('sha256', outer, 'base64url')
  }
}

/** 256 random bits, for links and sessions. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Tokens are stored as hashes, so that reading the database signs nobody in. */
export const hashToken = (token: string): string => hash('sha256', token, 'base64url')

/** For links, of which every referral has some: 132 bits of the hash. */
export const hashLink = (token: string): string => hashToken(token).slice(0, 22)
