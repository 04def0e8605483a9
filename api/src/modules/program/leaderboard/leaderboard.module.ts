import { defineModule } from '../../../shared/module.ts'
import { countConversion } from './dating.ts'
import { auditWords } from './leaderboard.audit.ts'
import { redateConversions } from './leaderboard.jobs.ts'
import { leaderboardInvariants, leaderboardProjection } from './leaderboard.projection.ts'
import { announceWinners } from './winners.ts'

export const leaderboardModule = defineModule({
  name: 'leaderboard',
  auditWords,
  on: { 'referral.converted': countConversion },
  // Triggers follow referrals and contacts, also through merges and erasures.
  contact: { tables: ['leaderboard_entries'] },
  jobs: (services) => [
    { name: 'leaderboard months', everyMs: 60_000, run: () => redateConversions(services) },
    { name: 'winners of the month', everyMs: 600_000, run: () => announceWinners(services) },
  ],
  projections: [leaderboardProjection],
  invariants: leaderboardInvariants,
})
