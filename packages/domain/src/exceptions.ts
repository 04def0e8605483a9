import type { Exceptions, Terms } from '@goodword/contracts'

/** The terms of one advocate: their custom terms, and the campaign's for the rest (SPEC §3). */
export function withExceptions(terms: Terms, exceptions: Exceptions | null): Terms {
  if (exceptions === null) return terms
  const given = Object.entries(exceptions).filter(([, value]) => value !== undefined)
  return { ...terms, ...Object.fromEntries(given) }
}
