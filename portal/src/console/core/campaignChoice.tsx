import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useCampaigns } from './campaigns.ts'
import { loadFailureText } from './failure.ts'
import { Notice } from './notice.tsx'

/** Select for one campaign, preset to the newest active one. `purpose` completes "There is no campaign to …". */
export function CampaignChoice({
  campaignId,
  purpose,
  label = 'Campaign',
  error,
  width,
}: {
  /** Empty until the campaigns are loaded. */
  campaignId: Signal<string>
  purpose: string
  label?: string
  error?: string | undefined
  width?: string
}) {
  const campaigns = useCampaigns()
  const known = campaigns.data.value ?? []
  useEffect(() => {
    const first = known.find(({ status }) => status === 'active') ?? known[0]
    if (campaignId.value === '' && first) campaignId.value = first.id
  }, [known, campaignId])
  if (campaigns.failure.value && !campaigns.data.value) {
    return (
      <Notice
        tone="bad"
        action={
          <Button size="sm" onClick={() => void campaigns.load()}>
            Try again
          </Button>
        }
      >
        The campaigns did not load. {loadFailureText(campaigns.failure.value)}
      </Notice>
    )
  }
  if (campaigns.data.value && known.length === 0) {
    return (
      <Notice
        tone="warn"
        action={
          <ButtonLink size="sm" href="/console/campaigns/new">
            Create a campaign
          </ButtonLink>
        }
      >
        There is no campaign to {purpose} yet.
      </Notice>
    )
  }
  return (
    <Select
      label={label}
      value={campaignId.value}
      {...(error === undefined ? {} : { error })}
      {...(width === undefined ? {} : { width })}
      options={known.map(({ id, name, status }) => ({
        value: id,
        label: status === 'active' ? name : `${name} (${status})`,
      }))}
      onChange={(id) => {
        campaignId.value = id
      }}
    />
  )
}
