import type { ComponentChildren } from 'preact'
import { useCampaigns } from '../core/campaigns.ts'
import { CampaignNames } from './campaignNames.ts'

/** Loads the campaigns' names for the sentences inside. */
export function WithCampaignNames({ children }: { children: ComponentChildren }) {
  const items = useCampaigns().data.value ?? []
  const nameOf = (id: string) => items.find((campaign) => campaign.id === id)?.name ?? null
  return <CampaignNames.Provider value={nameOf}>{children}</CampaignNames.Provider>
}
