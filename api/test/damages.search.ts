/** Damage to the search index, and the invariant it breaks. */
export const searchDamages: { invariant: string; by: string[] }[] = [
  {
    invariant: 'Search finds each contact by its own words and by no others.',
    by: ["UPDATE search_subjects SET words = words || 'elsewhere ' WHERE space % 32 = 1"],
  },
  {
    invariant: 'Search finds each advocate by its own words and by no others.',
    by: ["UPDATE search_subjects SET words = words || 'elsewhere ' WHERE space % 32 = 2"],
  },
  {
    invariant: 'Search finds each referral by its own words and by no others.',
    by: ["UPDATE referrals SET external_id = 'PO-77' WHERE id = (SELECT min(id) FROM referrals)"],
  },
  {
    invariant: 'Search finds each campaign by its own words and by no others.',
    by: ["UPDATE search_subjects SET words = words || 'elsewhere ' WHERE space % 32 = 4"],
  },
  {
    invariant: 'Search finds each discount code by its own words and by no others.',
    by: ["UPDATE search_subjects SET words = words || 'elsewhere ' WHERE space % 32 = 5"],
  },
  {
    invariant: 'The search index has one entry for each word of each subject.',
    by: ['DELETE FROM search_terms WHERE subject = (SELECT min(number) FROM search_subjects)'],
  },
]
