/** The scopes of a secret key. */
export const scopes = [
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
  'campaigns:write',
  'messages:read',
  'messages:write',
  'settings:read',
  'settings:write',
] as const
