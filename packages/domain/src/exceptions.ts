import type { Exceptions, Terms } from '@goodword/contracts'

/**
 * One advocate's terms: their custom terms, and the campaign's for the rest (SPEC §3). A custom reward also
 * replaces the campaign's tiers, unless the custom terms have tiers.
 */
export function withExceptions(terms: Terms, exceptions: Exceptions | null): Terms {
  if (exceptions === null) return terms
  const given = Object.entries(exceptions).filter(([, value]) => value !== undefined)
  const tiers = exceptions.advocate === undefined ? terms.tiers : []
  return { ...terms, tiers, ...Object.fromEntries(given) }
}
