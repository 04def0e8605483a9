import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Signer } from './signer.ts'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

const keyFor = (signer: Signer, purpose: string): Buffer =>
  Buffer.from(signer.derive(`sealing ${purpose}`), 'base64url')

/**
 * Encrypts a secret with a key derived from the installation's secret, so that its table, a query's result or a log of
 * statements doesn't give it away. A copy of the whole database does: the installation's secret is kept there. `purpose`
 * is bound to it: a text sealed for one purpose or owner opens for no other.
 */
export function seal(signer: Signer, purpose: string, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, keyFor(signer, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The text; null if it was sealed with the key of another installation, for another purpose, or was changed. */
export function unseal(signer: Signer, purpose: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < nonceBytes + tagBytes) return null
  const decipher = createDecipheriv(algorithm, keyFor(signer, purpose), bytes.subarray(0, nonceBytes))
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
