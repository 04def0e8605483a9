import { creditRequestStates, type DiscountCodePools, type Reward } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { CampaignFilter } from '../core/campaignFilter.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SearchBox } from '../core/searchBox.tsx'
import { AnswerDialog } from './answer.dialog.tsx'
import { describeUpload } from './codes.model.ts'
import { CodesTab } from './codesTab.tsx'
import { DeliverDialog, DeliveryDayDialog, RetryDialog } from './deliver.dialog.tsx'
import { OverrideDialog } from './override.dialog.tsx'
import { ReinstateDialog } from './reinstate.dialog.tsx'
import { RejectDialog } from './reject.dialog.tsx'
import { type Answering, RequestsTab } from './requestsTab.tsx'
import { describeReward } from './rewards.labels.ts'
import { createRewards, describeDecision, type RewardsModel } from './rewards.model.ts'
import { type PageTab, pageTabs, readRewardList, requestLabels, tabLabels } from './rewards.query.ts'
import { RewardBulkBar, RewardTable } from './rewardTable.tsx'
import { UploadDialog } from './upload.dialog.tsx'
import './rewards.css'

type HandKind = 'deliver' | 'retry' | 'day' | 'override'

type Open =
  | { kind: 'reject'; rows: Reward[] }
  | { kind: 'reinstate' | HandKind; reward: Reward }
  | { kind: 'answer'; answering: Answering }
  | { kind: 'codes'; campaign: DiscountCodePools['items'][number]['campaign'] }
  | null

const tabsId = 'reward-place'

const empty: Record<Exclude<PageTab, 'requests' | 'codes'>, { title: string; words: string }> = {
  waiting: { title: 'Nothing on hold', words: 'Rewards wait here until they clear.' },
  to_approve: { title: 'Nothing to approve', words: 'Rewards that need your team’s approval show up here.' },
  to_deliver: {
    title: 'Nothing to deliver',
    words: 'Gift cards and other rewards that your team hands over show up here, by day.',
  },
  issued: { title: 'Nothing issued yet', words: 'Rewards that advocates and friends can use now show up here.' },
  redeemed: { title: 'Nothing redeemed yet', words: 'Rewards that were used show up here.' },
  voided: { title: 'Nothing voided', words: 'Rejected and reversed rewards show up here, with the reason.' },
}

function NoRewards({ model }: { model: RewardsModel }) {
  const { tab, q, campaignId, contactId } = model.list.value
  if (tab === 'requests' || tab === 'codes') return null
  if (!q && !campaignId && !contactId) {
    return (
      <EmptyState level={2} icon="gift" title={empty[tab].title}>
        {empty[tab].words}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      level={2}
      icon="search"
      title={q ? `Nothing matches “${q}”` : 'Nothing here'}
      actions={<Button onClick={() => model.change({ q: '', campaignId: null, contactId: null })}>Show all</Button>}
    >
      Searched the names of advocates and friends in this tab.
    </EmptyState>
  )
}

type RewardActions = {
  onReject: (rows: Reward[]) => void
  onApprove: (rows: Reward[]) => void
  onReinstate: (reward: Reward) => void
  onHand: (kind: HandKind, reward: Reward) => void
}

function Rewards({ model, ...decides }: RewardActions & { model: RewardsModel }) {
  return (
    <PagedBody
      list={{ ...model.turning, page: { ...model.page, load: model.load } }}
      title="Rewards"
      level={2}
      empty={<NoRewards model={model} />}
    >
      {() => <RewardTable model={model} {...decides} />}
    </PagedBody>
  )
}

function Tools({ model }: { model: RewardsModel }) {
  const { campaignId, contactId, tab, state } = model.list.value
  const [first] = model.rows.value
  if (tab === 'codes' || tab === 'to_deliver') return null
  return (
    <div class="tools">
      <SearchBox
        label="Search rewards"
        placeholder="Advocate or friend"
        value={model.search.value}
        onInput={model.typeSearch}
        onDone={model.searchNow}
      />
      {tab === 'requests' && (
        <Segmented
          label="Status of the requests"
          value={state}
          options={creditRequestStates.map((value) => ({ value, label: requestLabels[value] }))}
          onChange={(value) => model.change({ state: value })}
        />
      )}
      {tab !== 'requests' && <CampaignFilter value={campaignId} onChange={(id) => model.change({ campaignId: id })} />}
      {contactId && (
        <Button icon="x" onClick={() => model.change({ contactId: null })}>
          Only {first ? firstName(first.contact.name) : 'one person'}
          <span class="sr-only">: show everyone</span>
        </Button>
      )}
    </div>
  )
}

function useRewards() {
  const { client, rewards } = useConsole()
  const { route } = useLocation()
  const model = useMemo(
    () => createRewards({ client, navigate: route, onChanged: () => void rewards.load() }),
    [client, rewards],
  )
  const query = useRouteQuery(model.leave)
  useEffect(() => model.show(readRewardList(query)), [model, query])
  return model
}

const handDialogs = {
  deliver: DeliverDialog,
  retry: RetryDialog,
  day: DeliveryDayDialog,
  override: OverrideDialog,
} as const

const isHand = (kind: string): kind is HandKind => kind in handDialogs

function Dialogs({
  model,
  open,
  close,
  onCodes,
}: {
  model: RewardsModel
  open: Open
  close: () => void
  onCodes: (words: string) => void
}) {
  const { toasts } = useConsole()
  if (open?.kind === 'reject') {
    return (
      <RejectDialog
        rows={open.rows}
        onClose={close}
        work={async (body) => {
          toasts.show({ icon: 'check', text: describeDecision(await model.reject(body), 'rejected') })
        }}
      />
    )
  }
  if (open?.kind === 'reinstate') {
    const { reward } = open
    return (
      <ReinstateDialog
        reward={reward}
        onClose={close}
        work={async (body) => {
          const { status } = await model.reinstate(reward.id, body)
          const what = status === 'issued' ? 'can be used now' : 'is on its way again'
          toasts.show({ icon: 'check', text: `${describeReward(reward)} for ${reward.contact.name} ${what}.` })
        }}
      />
    )
  }
  if (open && isHand(open.kind) && 'reward' in open) {
    const Dialog = handDialogs[open.kind]
    const done = (reward: Reward) => {
      close()
      model.changed()
      toasts.show({ icon: 'check', text: `${describeReward(reward)} for ${reward.contact.name}: saved.` })
    }
    return <Dialog reward={open.reward} onClose={close} onDone={done} />
  }
  if (open?.kind === 'answer') {
    return (
      <AnswerDialog
        answering={open.answering}
        onClose={close}
        onDone={({ state, contact }) => {
          close()
          model.changed()
          const what = state === 'done' ? 'Recorded' : 'Rejected'
          toasts.show({ icon: 'check', text: `${what}. ${firstName(contact.name)} will be told.` })
        }}
      />
    )
  }
  if (open?.kind !== 'codes') return null
  return (
    <UploadDialog
      campaign={open.campaign}
      onClose={close}
      onDone={(uploaded) => {
        close()
        model.changed()
        onCodes(describeUpload(uploaded))
      }}
    />
  )
}

/** All rewards: pending, to approve and used ones, requests, and code pools. */
export function RewardsPage() {
  const { toasts } = useConsole()
  const model = useRewards()
  const [open, setOpen] = useState<Open>(null)
  const [uploaded, setUploaded] = useState<{ words: string | null; version: number }>({ words: null, version: 0 })
  const { tab } = model.list.value
  const counts = model.summary.data.value
  const onReject = (rows: Reward[]) => setOpen({ kind: 'reject', rows })
  const onApprove = async (rows: Reward[]) => {
    const waiting = rows.filter(({ waits }) => waits === 'approval').map(({ id }) => id)
    const done = await model.approve(waiting)
    if (done) toasts.show({ icon: 'check', text: describeDecision(done, 'approved') })
  }
  const decides = {
    onReject,
    onApprove: (rows: Reward[]) => void onApprove(rows),
    onReinstate: (reward: Reward) => setOpen({ kind: 'reinstate', reward }),
    onHand: (kind: HandKind, reward: Reward) => setOpen({ kind, reward }),
  }
  return (
    <Page title="Rewards">
      <section class="card list first" aria-label="Rewards list" aria-busy={model.page.loading.value}>
        <Tabs
          id={tabsId}
          label="Status"
          value={tab}
          tabs={pageTabs.map((value) => ({
            value,
            label: tabLabels[value],
            count: value === 'codes' ? undefined : counts?.[value],
            isCapped: value !== 'codes' && counts?.capped.includes(value),
          }))}
          onChange={(value) => model.change({ tab: value })}
        />
        <Tools model={model} />
        <TabPanel id={tabsId} value={tab}>
          {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
          {tab === 'codes' && uploaded.words && <Notice tone="good">{uploaded.words}</Notice>}
          {tab === 'requests' && (
            <RequestsTab model={model} onAnswer={(answering) => setOpen({ kind: 'answer', answering })} />
          )}
          {tab === 'codes' && (
            <CodesTab
              model={model}
              version={uploaded.version}
              onAdd={(campaign) => setOpen({ kind: 'codes', campaign })}
            />
          )}
          {tab !== 'requests' && tab !== 'codes' && <Rewards model={model} {...decides} />}
        </TabPanel>
      </section>
      <RewardBulkBar model={model} {...decides} />
      <Dialogs
        {...{ model, open }}
        close={() => setOpen(null)}
        onCodes={(words) => setUploaded(({ version }) => ({ words, version: version + 1 }))}
      />
    </Page>
  )
}
