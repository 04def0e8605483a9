import type { Campaign } from '@goodword/contracts'

export type CampaignOpenness =
  | { open: true }
  | { open: false; code: 'campaign_not_active' | 'campaign_not_started' | 'campaign_ended' }

/** Whether a campaign takes submissions at `now`. Moments are milliseconds since 1970; the end is not part of it. */
export function campaignOpenness(
  campaign: { status: Campaign['status']; startsAt: number | null; endsAt: number | null },
  now: number,
): CampaignOpenness {
  if (campaign.status === 'ended') return { open: false, code: 'campaign_ended' }
  if (campaign.status !== 'active') return { open: false, code: 'campaign_not_active' }
  if (campaign.endsAt !== null && now >= campaign.endsAt) return { open: false, code: 'campaign_ended' }
  if (campaign.startsAt !== null && now < campaign.startsAt) return { open: false, code: 'campaign_not_started' }
  return { open: true }
}
