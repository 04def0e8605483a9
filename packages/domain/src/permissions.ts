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

/** Whether a member with this role has this scope (SPEC §13). Agents have their own pages, which are not scopes. */
export function may(role: Role, scope: Scope): boolean {
  if (role === 'owner' || role === 'admin') return true
  return role === 'staff' && staffScopes.has(scope)
}

/** Whether this role may erase, adjust credit and change settings (SPEC §13). */
export const isOwnerOrAdmin = (role: Role): boolean => role === 'owner' || role === 'admin'

/** Whether this role may convert; an organization can restrict that to owners and admins (SPEC §13). */
export const mayConvert = (role: Role, organization: { staffMayConvert: boolean }): boolean =>
  isOwnerOrAdmin(role) || (may(role, 'referrals:write') && organization.staffMayConvert)

/** Whether the first role may assign, change or remove the second. Only owners may do so for owners. */
export const mayChangeMember = (actor: Role, subject: Role): boolean =>
  isOwnerOrAdmin(actor) && (subject !== 'owner' || actor === 'owner')

/** Milliseconds after a conversion in which the member who converted can undo it (SPEC §2). */
export const undoWindowMs = 10 * 60_000

/**
 * Whether someone may reverse a conversion: owners and admins at any time, the member who converted until the undo
 * window closes. `role` is null for a key. Times in milliseconds.
 */
export const mayReverse = (
  { role, own }: { role: Role | null; own: boolean },
  conversion: { convertedAt: number },
  now: number,
): boolean => (role !== null && isOwnerOrAdmin(role)) || (own && now <= conversion.convertedAt + undoWindowMs)
