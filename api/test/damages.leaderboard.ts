/** Damage to the leaderboard and to what advocates earned, and the invariant it breaks. */
export const leaderboardDamages: { invariant: string; by: string[] }[] = [
  {
    invariant: 'What an advocate earned is the sum of their rewards that are not voided.',
    by: ['UPDATE enrollments SET earned = earned + 1'],
  },
  {
    invariant: 'The leaderboard counts the standing conversions of each advocate, in each period.',
    by: ['UPDATE leaderboard_entries SET closed = closed + 1'],
  },
  {
    invariant: 'The leaderboard lists in public exactly those who ask for it and are still here.',
    by: ['UPDATE leaderboard_entries SET listed = 1 - listed'],
  },
  {
    invariant: 'The tally of the leaderboard is what counting its entries gives.',
    by: ['UPDATE leaderboard_tally SET advocates = advocates + 1'],
  },
  {
    invariant: 'Every conversion has its month in the time zone of its organization.',
    by: ["UPDATE leaderboard_months SET month = '1999-01'"],
  },
]
