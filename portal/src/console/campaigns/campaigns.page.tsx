import type { Campaign } from '@goodword/contracts'
import { headline, may } from '@goodword/domain'
import { useEffect, useMemo } from 'preact/hooks'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { Table } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { loadSentence } from '../core/failure.ts'
import { Page } from '../core/page.tsx'
import { createResource, type Resource } from '../core/resource.ts'
import { ago } from '../core/when.ts'
import { CampaignTag } from './campaign-tag.tsx'
import './campaigns.css'

function Row({ campaign }: { campaign: Campaign }) {
  const { now, me } = useConsole()
  return (
    <tr>
      <td class="named">
        <a class="name" href={`/console/campaigns/${campaign.id}`}>
          {campaign.name}
        </a>
        <span class="sub">{headline(campaign.terms, campaign.currency)}</span>
      </td>
      <td class="tagged">
        <CampaignTag campaign={campaign} />
      </td>
      <td class="r">{campaign.advocates.toLocaleString('en-US')}</td>
      <td class="r">
        <a href={`/console/referrals?campaign=${campaign.id}`}>
          {campaign.referrals.toLocaleString('en-US')}
          <span class="sr-only"> referrals of {campaign.name}</span>
        </a>
      </td>
      <td class="r">{campaign.converted.toLocaleString('en-US')}</td>
      <td class="r muted">{ago(campaign.updatedAt, now.value, me.organization.timeZone)}</td>
    </tr>
  )
}

function ListBody({ campaigns, writable }: { campaigns: Resource<{ items: Campaign[] }>; writable: boolean }) {
  const { data, failure } = campaigns
  if (failure.value) {
    return (
      <ErrorState title="Campaigns did not load" onRetry={campaigns.load}>
        {loadSentence(failure.value)}
      </ErrorState>
    )
  }
  if (!data.value) return <Skeleton rows={3} label="Loading campaigns" />
  if (data.value.items.length === 0) {
    return (
      <EmptyState
        icon="megaphone"
        title="No campaigns yet"
        actions={
          writable && (
            <ButtonLink look="primary" href="/console/campaigns/new">
              Create a campaign
            </ButtonLink>
          )
        }
      >
        A campaign says what a friend gets and what the advocate gets for it.
      </EmptyState>
    )
  }
  return (
    <Table caption="Campaigns, newest first" name="campaigns">
      <thead>
        <tr>
          <th scope="col">Campaign</th>
          <th scope="col">Status</th>
          <th scope="col" class="r">
            Advocates
          </th>
          <th scope="col" class="r">
            Referrals
          </th>
          <th scope="col" class="r">
            Converted
          </th>
          <th scope="col" class="r">
            Published
          </th>
        </tr>
      </thead>
      <tbody>
        {data.value.items.map((campaign) => (
          <Row key={campaign.id} campaign={campaign} />
        ))}
      </tbody>
    </Table>
  )
}

/** All campaigns of the organization. */
export function CampaignsPage() {
  const { client, me } = useConsole()
  const campaigns = useMemo(
    () => createResource((abort) => client.campaigns.list({ query: { limit: 100 } }, { signal: abort })),
    [client],
  )
  useEffect(() => void campaigns.load(), [campaigns])
  const writable = me.actor.type === 'member' && may(me.actor.role, 'campaigns:write')
  return (
    <Page
      title="Campaigns"
      actions={
        writable && (
          <ButtonLink look="primary" icon="plus" href="/console/campaigns/new">
            New campaign
          </ButtonLink>
        )
      }
    >
      <section class="card list first" aria-label="Campaigns list" aria-busy={campaigns.loading.value}>
        <ListBody campaigns={campaigns} writable={writable} />
      </section>
    </Page>
  )
}
