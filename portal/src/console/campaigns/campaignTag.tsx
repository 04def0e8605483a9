import type { Campaign } from '@goodword/contracts'
import { campaignOpenness } from '@goodword/domain'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { shortDay } from '../core/relativeDates.ts'
import { statusLabels } from './rulesTab.tsx'

/** The campaign's state: "Live", "Paused", "Starts Jun 1", "Ended May 1". */
export function CampaignTag({ campaign }: { campaign: Campaign }) {
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  const startsAt = campaign.startsAt ? Date.parse(campaign.startsAt) : null
  const endsAt = campaign.endsAt ? Date.parse(campaign.endsAt) : null
  const openness = campaignOpenness({ status: campaign.status, startsAt, endsAt }, now.value)
  const day = (at: number | null) => (at === null ? '' : ` ${shortDay(at, now.value, timeZone)}`)
  if (openness.open) {
    return (
      <span class="tag">
        <Icon name="radio" />
        Live
      </span>
    )
  }
  const words =
    openness.code === 'campaign_not_started'
      ? `Starts${day(startsAt)}`
      : openness.code === 'campaign_ended' && endsAt !== null
        ? `Ended${day(endsAt - 1)}`
        : statusLabels[campaign.status]
  return <span class="tag">{words}</span>
}
