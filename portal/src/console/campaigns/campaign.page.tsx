import { useEffect, useMemo } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { useConsole } from '../core/console.ts'
import { loadFailureText } from '../core/failure.ts'
import { Page } from '../core/page.tsx'
import { createResource } from '../core/resource.ts'
import { crumb, Editor, mayEdit } from './editor.tsx'
import './campaigns.css'

function ExistingCampaign({ id }: { id: string }) {
  const { client } = useConsole()
  const campaign = useMemo(
    () => createResource((abort) => client.campaigns.get({ params: { id } }, { signal: abort })),
    [client, id],
  )
  useEffect(() => void campaign.load(), [campaign])
  const failure = campaign.failure.value
  if (campaign.data.value) return <Editor published={campaign.data.value} />
  return (
    <Page title="Campaign" crumb={crumb}>
      {!failure && <Skeleton rows={6} label="Loading the campaign" />}
      {failure?.code === 'not_found' || failure?.code === 'validation_failed' ? (
        <EmptyState
          card
          level={2}
          icon="megaphone"
          title="This campaign is not here"
          actions={<ButtonLink href="/console/campaigns">Go to campaigns</ButtonLink>}
        >
          It may belong to another organization, or the address is mistyped.
        </EmptyState>
      ) : (
        failure && (
          <ErrorState card level={2} title="The campaign did not load" onRetry={campaign.load}>
            {loadFailureText(failure)}
          </ErrorState>
        )
      )}
    </Page>
  )
}

/** Edits a campaign, or creates a new one. */
export function CampaignPage() {
  const { me } = useConsole()
  const { params } = useRoute()
  if (params.id === 'new') {
    if (mayEdit(me)) return <Editor published={null} />
    return (
      <Page title="New campaign" crumb={crumb}>
        <EmptyState card level={2} icon="lock" title="Only owners and admins can create campaigns" />
      </Page>
    )
  }
  return <ExistingCampaign key={params.id} id={params.id ?? ''} />
}
