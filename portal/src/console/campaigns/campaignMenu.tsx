import type { Campaign } from '@goodword/contracts'
import { useLocation } from 'preact-iso'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu, type MenuItem } from '../../shared/ui/menu.tsx'
import { useConsole } from '../core/console.ts'
import { toFailure } from '../core/failure.ts'

const isUntouched = ({ status, advocates, referrals }: Campaign) =>
  status === 'draft' && advocates === 0 && referrals === 0

/** Duplicates a campaign, or deletes a draft without advocates, with undo. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const { client, toasts, leaving } = useConsole()
  const { route } = useLocation()
  const params = { id: campaign.id }
  const withErrorToast = (work: () => Promise<void>) => () =>
    void work().catch((error: unknown) => toasts.show({ icon: 'alert', text: toFailure(error).sentence }))

  const duplicate = withErrorToast(async () => {
    if (leaving.value !== null && !confirm(leaving.value)) return
    const copy = await client.campaigns.duplicate({ params })
    leaving.value = null
    toasts.show({ text: `${copy.name} is a draft.` })
    route(`/console/campaigns/${copy.id}`)
  })
  const archive = withErrorToast(async () => {
    await client.campaigns.archive({ params })
    leaving.value = null
    route(`/console/campaigns?deleted=${campaign.id}`)
  })
  const items: MenuItem[] = [
    { label: 'Duplicate', icon: 'copy', run: duplicate },
    ...(isUntouched(campaign) ? [{ label: 'Delete draft', icon: 'trash' as const, danger: true, run: archive }] : []),
  ]
  return (
    <Menu label="More for this campaign" buttonClass="btn quiet square" items={items}>
      <Icon name="ellipsis" />
    </Menu>
  )
}
