import type { Campaign, Me } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { focusFirstError } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { pluralize } from '../core/relativeDates.ts'
import { CampaignMenu } from './campaignMenu.tsx'
import { type CampaignTab, campaignTabs, readTab, tabLabels, tabOf } from './campaignTab.ts'
import { CampaignTag } from './campaignTag.tsx'
import { createEditor, type EditorModel } from './editor.model.ts'
import { FormTab } from './formTab.tsx'
import { HistoryTab } from './historyTab.tsx'
import { NameTab } from './nameTab.tsx'
import { Preview } from './preview.tsx'
import { ReferralsTab } from './referralsTab.tsx'
import { RewardsTab } from './rewardsTab.tsx'
import { RulesTab } from './rulesTab.tsx'

const tabsId = 'campaign-part'
export const crumb = { href: '/console/campaigns', label: 'Campaigns' }

export const mayEdit = ({ actor }: Me) => actor.type === 'member' && may(actor.role, 'campaigns:write')

function EditorError({ model }: { model: EditorModel }) {
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
        <b>Someone else published changes to this campaign.</b> Your changes are still here.
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
          {pluralize(count, 'change')} not published
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

/** Asks before leaving with unsaved changes. */
function useUnsavedChangesGuard(model: EditorModel) {
  const { leaving } = useConsole()
  const count = model.changes.value.length
  useEffect(() => {
    leaving.value =
      count > 0 ? `Leave? ${pluralize(count, 'change')} ${count === 1 ? 'is' : 'are'} not published.` : null
    return () => {
      leaving.value = null
    }
  }, [count, leaving])
}

/** What was published, and which rewards it does not affect. */
function publishedText({ rewardsOnHold }: Campaign): string {
  if (rewardsOnHold === 0) return 'Changes published.'
  return `Changes published. ${pluralize(rewardsOnHold, 'reward')} on hold ${rewardsOnHold === 1 ? 'is' : 'are'} not altered.`
}

/** The chosen tab: fields with their preview, or a full-width list. */
function TabContent({
  model,
  tab,
  writable,
  onSubmit,
}: {
  model: EditorModel
  tab: CampaignTab
  writable: boolean
  onSubmit: () => void
}) {
  const { currency } = model
  const base = model.base.value
  if (base && tab === 'referrals') return <ReferralsTab campaign={base} />
  if (base && tab === 'history') return <HistoryTab campaign={base} />
  return (
    <div class="editor">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <fieldset disabled={!writable}>
          {tab === 'rewards' && <RewardsTab model={model} currency={currency} />}
          {tab === 'form' && <FormTab model={model} />}
          {tab === 'words' && <NameTab model={model} />}
          {tab === 'rules' && <RulesTab model={model} />}
        </fieldset>
      </form>
      <Preview model={model} currency={currency} first={tab === 'form' || tab === 'words' ? 'form' : 'pays'} />
    </div>
  )
}

/** The tab from the URL. A new campaign starts on its name and has no lists yet. */
function useTab(isNew: boolean) {
  const { path, query } = useRoute()
  const { route } = useLocation()
  const usual: CampaignTab = isNew ? 'words' : 'rewards'
  const shown = campaignTabs.filter((tab) => !isNew || (tab !== 'referrals' && tab !== 'history'))
  const read = readTab(query, usual)
  return {
    tab: shown.includes(read) ? read : usual,
    tabs: shown.map((value) => ({ value, label: tabLabels[value] })),
    choose: (tab: CampaignTab) => route(tab === usual ? path : `${path}?tab=${tab}`, true),
  }
}

/** The campaign editor: all tabs, the preview, and publishing. */
export function Editor({ published }: { published: Campaign | null }) {
  const { client, me, toasts, leaving } = useConsole()
  const { route } = useLocation()
  const { timeZone } = me.organization
  const writable = mayEdit(me)
  const currency = published?.currency ?? me.organization.currency
  const model = useMemo(
    () => createEditor({ client, published, currency, timeZone }),
    [client, published, currency, timeZone],
  )
  const { tab, tabs, choose } = useTab(published === null)
  const panel = useRef<HTMLDivElement>(null)
  useUnsavedChangesGuard(model)
  const publish = async () => {
    const isNew = model.base.value === null
    const campaign = await model.publish()
    if (campaign) {
      if (isNew) leaving.value = null
      toasts.show({ text: isNew ? `${campaign.name} was created.` : publishedText(campaign) })
      if (isNew) route(`/console/campaigns/${campaign.id}`, true)
      return
    }
    const [field] = Object.keys(model.sending.errors.value)
    if (field && tabOf(field) !== tab) choose(tabOf(field))
    if (panel.current) focusFirstError(panel.current)
  }
  const base = model.base.value
  return (
    <Page
      title={base?.name ?? 'New campaign'}
      crumb={crumb}
      beside={base && <CampaignTag campaign={base} />}
      actions={
        writable && (
          <>
            <Actions model={model} onPublish={() => void publish()} />
            {base && <CampaignMenu campaign={base} />}
          </>
        )
      }
    >
      <EditorError model={model} />
      {!writable && <Notice tone="info">Only owners and admins can change a campaign.</Notice>}
      <Tabs id={tabsId} label="Campaign" value={tab} tabs={tabs} onChange={choose} />
      <div ref={panel} class="tab-fields">
        <TabPanel id={tabsId} value={tab}>
          <TabContent model={model} tab={tab} writable={writable} onSubmit={() => void publish()} />
        </TabPanel>
      </div>
    </Page>
  )
}
