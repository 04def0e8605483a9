import type { Campaign, Me } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { focusFirstError } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { loadSentence } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { createResource } from '../core/resource.ts'
import { counted } from '../core/when.ts'
import { CampaignTag } from './campaign-tag.tsx'
import { createEditor, type EditorModel } from './editor.model.ts'
import { Preview } from './preview.tsx'
import { RewardsTab } from './rewards-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import { WordsTab } from './words-tab.tsx'
import './campaigns.css'

const tabsId = 'campaign-part'
const crumb = { href: '/console/campaigns', label: 'Campaigns' }
type Part = 'rewards' | 'words' | 'rules'

const wordsFields = ['name', 'friendOffer', 'termsText', 'linkTarget', 'landingUrl']
const rulesFields = ['status', 'startsOn', 'startsAt', 'endsOn', 'endsAt', 'existingCustomers']

const mayEdit = ({ actor }: Me) => actor.type === 'member' && may(actor.role, 'campaigns:write')

/** The tab a field is on. */
export function partOf(field: string): Part {
  if (wordsFields.includes(field)) return 'words'
  return rulesFields.includes(field) ? 'rules' : 'rewards'
}

function Failed({ model }: { model: EditorModel }) {
  const failure = model.sending.failure.value
  if (!failure || (Object.keys(failure.fields).length > 0 && !model.outdated.value)) return null
  if (model.outdated.value) {
    return (
      <Notice
        tone="bad"
        action={
          <Button size="sm" busy={model.sending.busy.value} onClick={() => void model.rebase()}>
            Take theirs and keep my changes
          </Button>
        }
      >
        <b>Someone else published this campaign meanwhile.</b> What you typed is still here.
      </Notice>
    )
  }
  return (
    <Notice tone="bad">
      <b>Not published.</b> {failure.sentence}
    </Notice>
  )
}

function Actions({ model, onPublish }: { model: EditorModel; onPublish: () => void }) {
  const count = model.changes.value.length
  const isNew = model.base.value === null
  const busy = model.sending.busy.value
  return (
    <>
      {!isNew && count > 0 && (
        <span class="dirty" role="status">
          <Icon name="pencil" />
          {counted(count, 'change')} not published
        </span>
      )}
      {!isNew && (
        <Button look="quiet" disabled={count === 0} onClick={model.discard}>
          Discard
        </Button>
      )}
      <Button look="primary" busy={busy} disabled={!isNew && count === 0} onClick={onPublish}>
        {busy ? 'Publishing…' : isNew ? 'Create campaign' : 'Publish changes'}
      </Button>
    </>
  )
}

/** Leaving with changes asks first. */
function useLeaveQuestion(model: EditorModel) {
  const { leaving } = useConsole()
  const count = model.changes.value.length
  useEffect(() => {
    leaving.value = count > 0 ? `Leave? ${counted(count, 'change')} ${count === 1 ? 'is' : 'are'} not published.` : null
    return () => {
      leaving.value = null
    }
  }, [count, leaving])
}

function Editor({ published }: { published: Campaign | null }) {
  const { client, me, toasts, leaving } = useConsole()
  const { route } = useLocation()
  const { timeZone } = me.organization
  const writable = mayEdit(me)
  const currency = published?.currency ?? me.organization.currency
  const model = useMemo(
    () => createEditor({ client, published, currency, timeZone }),
    [client, published, currency, timeZone],
  )
  const [part, setPart] = useState<Part>(published ? 'rewards' : 'words')
  const form = useRef<HTMLFormElement>(null)
  useLeaveQuestion(model)
  const publish = async () => {
    const isNew = model.base.value === null
    const campaign = await model.publish()
    if (campaign) {
      leaving.value = null
      toasts.show({ text: isNew ? `${campaign.name} is created.` : 'Changes are published.' })
      if (isNew) route(`/console/campaigns/${campaign.id}`, true)
      return
    }
    const [field] = Object.keys(model.sending.errors.value)
    if (field) setPart(partOf(field))
    if (form.current) focusFirstError(form.current)
  }
  const base = model.base.value
  return (
    <Page
      title={base?.name ?? 'New campaign'}
      crumb={crumb}
      beside={base && <CampaignTag campaign={base} />}
      actions={writable && <Actions model={model} onPublish={() => void publish()} />}
    >
      <Failed model={model} />
      {!writable && <Notice tone="info">Only an owner or admin changes a campaign. You can look at it here.</Notice>}
      <Tabs
        id={tabsId}
        label="Campaign"
        value={part}
        tabs={[
          { value: 'rewards', label: 'Rewards' },
          { value: 'words', label: 'Name and words' },
          { value: 'rules', label: 'Dates and rules' },
        ]}
        onChange={setPart}
      />
      <div class="editor">
        <TabPanel id={tabsId} value={part}>
          <form
            ref={form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              void publish()
            }}
          >
            <fieldset disabled={!writable}>
              {part === 'rewards' && <RewardsTab model={model} currency={currency} />}
              {part === 'words' && <WordsTab model={model} />}
              {part === 'rules' && <RulesTab model={model} />}
            </fieldset>
          </form>
        </TabPanel>
        <Preview model={model} currency={currency} />
      </div>
    </Page>
  )
}

function Existing({ id }: { id: string }) {
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
            {loadSentence(failure)}
          </ErrorState>
        )
      )}
    </Page>
  )
}

/** Editing a campaign, or making a new one. */
export function CampaignPage() {
  const { me } = useConsole()
  const { params } = useRoute()
  if (params.id === 'new') {
    if (mayEdit(me)) return <Editor published={null} />
    return (
      <Page title="New campaign" crumb={crumb}>
        <EmptyState card level={2} icon="lock" title="Only an owner or admin creates campaigns" />
      </Page>
    )
  }
  return <Existing key={params.id} id={params.id ?? ''} />
}
