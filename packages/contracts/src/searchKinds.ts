/** What a search finds. */
export const searchKinds = ['referral', 'advocate', 'contact', 'campaign', 'discount_code'] as const
export type SearchKind = (typeof searchKinds)[number]

/** What can be searched: also jobs, in their own lists. */
export type SearchableKind = SearchKind | 'job'
