import * as z from 'zod'

/** Calendar periods in the organization's time zone, by the day a referral was converted. */
export const leaderboardPeriods = ['month', 'quarter', 'year', 'all'] as const
export const LeaderboardPeriod = z.enum(leaderboardPeriods)
export type LeaderboardPeriod = z.infer<typeof LeaderboardPeriod>
