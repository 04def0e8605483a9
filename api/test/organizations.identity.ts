import { signIdentity } from '@goodword/client/identity'
import * as keys from '../src/modules/platform/keys/keys.ts'
import * as rotation from '../src/modules/platform/keys/rotation.ts'
import * as identity from '../src/modules/surfaces/identity/identity.queries.ts'
import * as visitors from '../src/modules/surfaces/identity/identity.ts'
import * as plan from '../src/modules/surfaces/identity/plan.ts'
import * as token from '../src/modules/surfaces/identity/token.ts'
import type { Attempt } from './organizations.world.ts'

const from = { address: '203.0.113.9' } as const
const claim = (contactId: string, keyId: string) => ({ contactId, keyId, email: null, name: null, expiresAt: 0 })

export const keyAttempts: Record<string, Attempt> = {
  getKey: (ctx, { key }) => keys.getKey(ctx, key.id),
  revokeKey: (ctx, { key }) => keys.revokeKey(ctx, key.id),
  rotateKey: (ctx, { key }) => rotation.rotateKey(ctx, key.id, { overlap: 'none' }),
  isSignedByIdentityKey: (ctx, { identityKey: { id } }) =>
    keys.isSignedByIdentityKey(ctx, { keyId: id, signed: 'a', signature: 'b' }),
}

/** Customers whom a website identifies: with another organization's token, key, contact or code. */
export const identityAttempts: Record<string, Attempt> = {
  verifyIdentity: async (ctx, { identityKey, advocate }) =>
    token.verifyIdentity(
      ctx,
      await signIdentity({ key: identityKey.key, keyId: identityKey.id, contactId: advocate.contactId }),
    ),
  identifyVisitor: (ctx, { advocate, identityKey }) =>
    visitors.identifyVisitor(ctx, claim(advocate.contactId, identityKey.id), { from }),
  identifiedFriends: (ctx, { advocate, identityKey }) =>
    visitors.identifiedFriends(ctx, claim(advocate.contactId, identityKey.id), { code: advocate.code, cursor: '' }),
  planOf: (ctx, { advocate, identityKey }) => plan.planOf(ctx, claim(advocate.contactId, identityKey.id), undefined),
  visitorView: (ctx, { advocate }) => identity.visitorView(ctx, advocate.contactId, { validForMs: 0 }),
}

export const keyRooms = [keys, rotation]
export const identityRoom = [visitors, plan, token, identity]
