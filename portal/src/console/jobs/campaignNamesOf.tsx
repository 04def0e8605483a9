import type { ComponentChildren } from 'preact'
import { useCampaigns } from '../core/campaignFilter.tsx'
import { CampaignNames } from './campaignNames.ts'

/** Loads the campaigns' names for the sentences inside. */
export function WithCampaignNames({ children }: { children: ComponentChildren }) {
  const items = useCampaigns().data.value?.items ?? []
  const nameOf = (id: string) => items.find((campaign) => campaign.id === id)?.name ?? null
  return <CampaignNames.Provider value={nameOf}>{children}</CampaignNames.Provider>
}
