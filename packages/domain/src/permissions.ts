import type { Role, Scope } from '@goodword/contracts'

const staffScopes: ReadonlySet<Scope> = new Set<Scope>([
  'referrals:read',
  'referrals:write',
  'advocates:read',
  'advocates:write',
  'contacts:read',
  'contacts:write',
  'rewards:read',
  'rewards:write',
  'reports:read',
  'campaigns:read',
  'messages:read',
  'messages:write',
  'settings:read',
])

/** Whether a member of this role may use this part of the product (SPEC §13). An agent's own rooms are not scopes. */
export function may(role: Role, scope: Scope): boolean {
  if (role === 'owner' || role === 'admin') return true
  return role === 'staff' && staffScopes.has(scope)
}

/** Whether this role may erase, adjust credit and set up (SPEC §13). */
export const administers = (role: Role): boolean => role === 'owner' || role === 'admin'

/** Whether this role may convert; an organization can keep that to owners and admins (SPEC §13). */
export const mayConvert = (role: Role, organization: { staffMayConvert: boolean }): boolean =>
  administers(role) || (may(role, 'referrals:write') && organization.staffMayConvert)

/**
 * Whether someone in the first role may change, remove or name a member of the second: owners are changed and named by
 * owners only.
 */
export const mayChangeMember = (actor: Role, subject: Role): boolean =>
  administers(actor) && (subject !== 'owner' || actor === 'owner')

/** Milliseconds after a conversion in which whoever converted can undo it (SPEC §2). */
export const undoWindowMs = 10 * 60_000

/**
 * Whether someone may reverse a conversion: owners and admins at any time, whoever converted until the undo window closes.
 * `role` is null for a key. Times in milliseconds.
 */
export const mayReverse = (
  { role, own }: { role: Role | null; own: boolean },
  conversion: { convertedAt: number },
  now: number,
): boolean => (role !== null && administers(role)) || (own && now <= conversion.convertedAt + undoWindowMs)
