import type { ContactPart } from '../../../shared/context.ts'

/** A conversion never changes: it names its two contacts by the ids they had, and a merged contact leads to the other. */
export const conversionsOfContacts: ContactPart = { tables: ['conversions'] }
