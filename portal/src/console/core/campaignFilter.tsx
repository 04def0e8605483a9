import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { useCampaigns } from './campaigns.ts'

/** A menu of more than these has a field to find one by its name. */
const seenAtOnce = 12

/** The "Campaign: All" menu. Hidden when there is only one campaign. */
export function CampaignFilter({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const campaigns = useCampaigns().data.value ?? []
  if (campaigns.length < 2) return null
  const chosen = campaigns.find((campaign) => campaign.id === value)?.name ?? 'All'
  return (
    <Menu
      label={`Campaign: ${chosen}`}
      buttonClass="btn"
      find={campaigns.length > seenAtOnce ? 'Find a campaign' : undefined}
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
