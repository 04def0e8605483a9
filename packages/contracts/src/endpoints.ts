import { campaignEndpoints } from './endpoints.campaigns.ts'
import { embedEndpoints } from './endpoints.embed.ts'
import { importEndpoints } from './endpoints.imports.ts'
import { installEndpoints } from './endpoints.install.ts'
import { jobEndpoints } from './endpoints.jobs.ts'
import { leaderboardEndpoints } from './endpoints.leaderboard.ts'
import { messageEndpoints } from './endpoints.messages.ts'
import { organizationEndpoints } from './endpoints.organization.ts'
import { peopleEndpoints } from './endpoints.people.ts'
import { referralEndpoints } from './endpoints.referrals.ts'
import { reportEndpoints } from './endpoints.reports.ts'
import { rewardEndpoints } from './endpoints.rewards.ts'
import { searchEndpoints } from './endpoints.search.ts'
import { surfaceEndpoints } from './endpoints.surfaces.ts'
import { webhookEndpoints } from './endpoints.webhooks.ts'

/** All endpoints. `/v1` is the public API; `/session`, `/portal/api` and `/embed` serve our own pages. */
export const endpoints = {
  ...surfaceEndpoints,
  ...embedEndpoints,
  ...organizationEndpoints,
  ...campaignEndpoints,
  ...peopleEndpoints,
  ...referralEndpoints,
  ...rewardEndpoints,
  ...searchEndpoints,
  ...messageEndpoints,
  ...installEndpoints,
  ...webhookEndpoints,
  ...reportEndpoints,
  ...importEndpoints,
  ...jobEndpoints,
  ...leaderboardEndpoints,
} as const

export type Endpoints = typeof endpoints
