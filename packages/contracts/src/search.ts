import * as z from 'zod'
import { id, SearchText } from './primitives.ts'
import { searchKinds } from './searchKinds.ts'

export const SearchQuery = z.strictObject({ q: SearchText.min(1, 'Enter what to look for.') })
export type SearchQuery = z.infer<typeof SearchQuery>

export const searchFields = [
  'name',
  'email',
  'phone',
  'code',
  'external_id',
  'advocate_name',
  'advocate_email',
  'advocate_phone',
] as const

/** A value that matches, and the words in it that do, as they stand there. */
export const SearchMatch = z.strictObject({
  field: z.enum(searchFields),
  value: z.string(),
  words: z.array(z.string()),
})
export type SearchMatch = z.infer<typeof SearchMatch>

export const SearchHit = z.strictObject({
  id: z.string(),
  /** The friend, the advocate, the contact, the campaign, or the discount code. Empty for a friend who isn't known. */
  name: z.string(),
  contactId: id('contact').nullable(),
  campaign: z.strictObject({ id: id('campaign'), name: z.string() }).nullable(),
  matched: z.array(SearchMatch),
})
export type SearchHit = z.infer<typeof SearchHit>

/** The best five of each kind the caller may read. `more` if there are others; the list of that kind shows them. */
export const SearchResults = z
  .strictObject({
    groups: z.array(z.strictObject({ kind: z.enum(searchKinds), items: z.array(SearchHit), more: z.boolean() })),
  })
  .meta({ id: 'SearchResults' })
export type SearchResults = z.infer<typeof SearchResults>
