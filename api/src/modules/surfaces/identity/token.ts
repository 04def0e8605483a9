import { type IdentityClaims, readIdentityClaims, readIdentityToken } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { isSignedByIdentityKey } from '../../platform/keys/keys.ts'

/** What a business says of the customer who is signed in on its website, and the key that vouches for it. */
export type VerifiedIdentity = Omit<IdentityClaims, 'ok'> & { keyId: string }

/**
 * Verifies a token that was signed for this organization. Details tell a developer what to change; nothing in them is
 * about anyone. Throws identity_token_invalid, identity_token_expired, identity_key_unknown.
 */
export async function verifyIdentity(ctx: Ctx, token: string): Promise<VerifiedIdentity> {
  const read = readIdentityToken(token)
  if (!read.ok) throw new AppError(read.code, { detail: read.detail })
  const signed = await isSignedByIdentityKey(ctx, read)
  if (signed === null) throw new AppError('identity_key_unknown')
  if (!signed)
    throw new AppError('identity_token_invalid', {
      detail: 'The signature does not match. Use the whole key that starts with ik_ as text, not decoded.',
    })
  const claims = readIdentityClaims(read.payload, { now: ctx.clock(), organizationId: ctx.organizationId })
  if (!claims.ok) throw new AppError(claims.code, { detail: claims.detail })
  const { contactId, email, name, expiresAt } = claims
  return { keyId: read.keyId, contactId, email, name, expiresAt }
}
