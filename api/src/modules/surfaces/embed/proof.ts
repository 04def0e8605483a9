import { hash } from 'node:crypto'
import type { SubmitReferral } from '@goodword/contracts'

/** On average 2,048 hashes of 16 kB: a tenth of a second on a laptop, about a second on a phone. */
export const proofBits = 11
/** So large that hashing in a page takes hardly longer than in a program made for it. */
const blockBytes = 16_384
/** How long a page without scripts waits in place of the proof. */
export const waitInstead = 5_000

/**
 * Whether `proof` is a number that took work to find: SHA-256 of "<proof>.<code>.<form token>", filled up with zeros to
 * 16,384 bytes, begins with `proofBits` zero bits. The form token is signed, of one organization, valid for a day and
 * good for one referral; so is its proof.
 */
export function isProof({ proof, code, formToken }: Pick<SubmitReferral, 'proof' | 'code' | 'formToken'>): boolean {
  if (proof === undefined) return false
  const block = Buffer.alloc(blockBytes)
  block.write(`${proof}.${code ?? ''}.${formToken}`)
  return Number.parseInt(hash('sha256', block, 'hex').slice(0, 8), 16) >>> (32 - proofBits) === 0
}
