import type { Client } from '@goodword/client'
import type { Campaign } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { useConsole } from './console.ts'
import { createResource, type Resource } from './resource.ts'

/** The campaigns to filter by, newest first. A business with more than a hundred searches by name instead. */
export function useCampaigns(): Resource<{ items: Campaign[]; nextCursor: string | null }> {
  const { client } = useConsole()
  const campaigns = useMemo(() => campaignsOf(client), [client])
  useEffect(() => void campaigns.load(), [campaigns])
  return campaigns
}

const campaignsOf = (client: Client) =>
  createResource((abort) => client.campaigns.list({ query: { limit: 100 } }, { signal: abort }))

/** The "Campaign: All" menu. Hidden when there is only one campaign. */
export function CampaignFilter({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const campaigns = useCampaigns().data.value?.items ?? []
  if (campaigns.length < 2) return null
  const chosen = campaigns.find((campaign) => campaign.id === value)?.name ?? 'All'
  return (
    <Menu
      label={`Campaign: ${chosen}`}
      buttonClass="btn"
      items={[
        { label: 'All', checked: value === null, run: () => onChange(null) },
        ...campaigns.map(({ id, name }) => ({ label: name, checked: id === value, run: () => onChange(id) })),
      ]}
    >
      Campaign: <b>{chosen}</b>
      <Icon name="chevron-down" />
    </Menu>
  )
}
