import { type ReferralRow, type ReferralStatus, referralStatuses } from '@goodword/contracts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { statusIcons, statusWord } from '../../shared/ui/badge.tsx'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../shared/ui/state.tsx'
import { Pager } from '../../shared/ui/table.tsx'
import { type Tab, TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { ConvertDialog } from '../convert/convert.dialog.tsx'
import { CampaignFilter } from '../core/campaign-filter.tsx'
import { type Console, useConsole } from '../core/console.ts'
import { loadSentence } from '../core/failure.ts'
import { Page } from '../core/page.tsx'
import { SearchBox } from '../core/search-box.tsx'
import { AddReferralDialog } from './add-referral.dialog.tsx'
import { BulkBar, ChangeReport } from './bulk-bar.tsx'
import { DeclineDialog } from './decline.dialog.tsx'
import { useListKeys } from './keyboard.ts'
import { Kpis, showingWords, totalOf } from './kpis.tsx'
import { isFiltered, pageSize, readQuery } from './list-query.ts'
import type { RowDoes } from './referral-row.tsx'
import { ReferralTable, SortMenu } from './referral-table.tsx'
import { createReferrals, type ReferralsModel } from './referrals.model.ts'
import './referrals.css'

type Open =
  | { kind: 'convert'; row: ReferralRow }
  | { kind: 'decline'; row: ReferralRow | null }
  | { kind: 'add' }
  | null

const tabsId = 'referral-status'

function StatusTabs({ model, summary }: { model: ReferralsModel; summary: Console['summary'] }) {
  const counts = summary.data.value
  const tabs: Tab<ReferralStatus | 'all'>[] = [
    { value: 'all', label: 'All', count: counts?.total },
    ...referralStatuses
      .filter((status) => status !== 'reversed' || (counts?.counts.reversed ?? 0) > 0)
      .map((status) => ({
        value: status,
        label: statusWord(status),
        icon: statusIcons[status],
        count: counts ? (counts.counts[status] ?? 0) : undefined,
      })),
  ]
  return (
    <Tabs
      id={tabsId}
      label="Status"
      tabs={tabs}
      value={model.query.value.status ?? 'all'}
      onChange={(value) => model.change({ status: value === 'all' ? null : value })}
    />
  )
}

function Tools({ model, showing }: { model: ReferralsModel; showing: string }) {
  const { advocateId, campaignId } = model.query.value
  const advocate = model.rows.value.find((row) => row.advocate?.id === advocateId)?.advocate?.name ?? 'one advocate'
  return (
    <div class="tools">
      <SearchBox
        label="Search referrals"
        placeholder="Friend, phone, advocate"
        value={model.search.value}
        onInput={model.typeSearch}
      />
      <CampaignFilter value={campaignId} onChange={(id) => model.change({ campaignId: id })} />
      <SortMenu model={model} />
      {advocateId && (
        <Button look="tint" onClick={() => model.change({ advocateId: null })}>
          <span class="sr-only">Remove filter: </span>By {advocate}
          <Icon name="x" />
        </Button>
      )}
      <span class="grow" />
      <span class="muted num" role="status">
        {showing}
      </span>
    </div>
  )
}

function NothingThere({ model, onAdd }: { model: ReferralsModel; onAdd: () => void }) {
  const query = model.query.value
  if (!isFiltered(query)) {
    return (
      <EmptyState
        icon="inbox"
        title="No referrals yet"
        actions={
          <>
            <ButtonLink look="primary" icon="send" href="/console/advocates?invite=1">
              Invite advocates
            </ButtonLink>
            <Button onClick={onAdd}>Add one by hand</Button>
          </>
        }
      >
        The first one shows up here as soon as a friend sends the form.
      </EmptyState>
    )
  }
  const clear = () => model.change({ status: null, q: '', campaignId: null, advocateId: null })
  return (
    <EmptyState
      icon="search"
      title={query.q ? `Nothing matches “${query.q}”` : 'Nothing here'}
      actions={<Button onClick={clear}>Show all referrals</Button>}
    >
      {query.q
        ? 'Searched friends, phones, emails and advocates.'
        : 'No referral has this status and these filters right now.'}
    </EmptyState>
  )
}

function ListBody({ model, does, onAdd }: { model: ReferralsModel; does: RowDoes; onAdd: () => void }) {
  const { data, failure } = model.page
  if (failure.value) {
    return (
      <ErrorState title="Referrals did not load" onRetry={model.page.load}>
        {loadSentence(failure.value)}
      </ErrorState>
    )
  }
  if (!data.value) return <Skeleton rows={8} label="Loading referrals" />
  if (data.value.items.length === 0) return <NothingThere model={model} onAdd={onAdd} />
  return (
    <>
      <ReferralTable model={model} does={does} />
      <Pager
        words={`Page ${model.query.value.page}`}
        onPrevious={model.query.value.cursor === null ? null : model.previous}
        onNext={data.value.nextCursor === null ? null : model.next}
      />
    </>
  )
}

function OpenDialog({ open, model, close }: { open: Open; model: ReferralsModel; close: () => void }) {
  const { route } = useLocation()
  const console = useConsole()
  if (open?.kind === 'convert')
    return <ConvertDialog referral={open.row} onClose={close} onChanged={(referral) => model.put(referral)} />
  if (open?.kind === 'decline') {
    const { row } = open
    const chosen = row ? [row] : model.rows.value.filter(({ id }) => model.selected.value.has(id))
    const one = async (reason: string, id: string) =>
      model.put(await console.client.referrals.decline({ params: { id }, body: { reason } }))
    return (
      <DeclineDialog
        names={chosen.map(({ friend }) => friend.name)}
        onClose={close}
        work={(reason) => (row ? one(reason, row.id) : model.bulkDecline(reason))}
      />
    )
  }
  if (open?.kind === 'add') {
    return (
      <AddReferralDialog
        onClose={close}
        onAdded={(referral) => {
          close()
          void console.summary.load()
          console.toasts.show({ text: `${referral.friend.name} added.` })
          route(`/console/referrals/${referral.id}`)
        }}
      />
    )
  }
  return null
}

/** The home of the console: the day's list. */
export function ReferralsPage() {
  const { client, summary, toasts } = useConsole()
  const { route, query } = useLocation()
  const model = useMemo(
    () => createReferrals({ client, go: route, onChange: () => void summary.load() }),
    [client, summary],
  )
  const [open, setOpen] = useState<Open>(null)
  const does = useMemo<RowDoes>(
    () => ({
      open: (row) => route(`/console/referrals/${row.id}`),
      accept: async (row) => {
        if (await model.accept(row)) toasts.show({ text: `${row.friend.name} accepted.` })
      },
      unaccept: async (row) => {
        if (await model.unaccept(row)) toasts.show({ icon: 'pending', text: `${row.friend.name} is pending again.` })
      },
      convert: (row) => setOpen({ kind: 'convert', row }),
      decline: (row) => setOpen({ kind: 'decline', row }),
    }),
    [model, route, toasts],
  )
  useEffect(() => model.show(readQuery(query)), [model, query])
  useEffect(() => model.leave, [model])
  useListKeys(model, does)

  const shown = model.query.value
  const filtered = shown.q !== '' || shown.campaignId !== null || shown.advocateId !== null
  const total = filtered ? null : totalOf(summary.data.value, shown.status)
  const showing = model.page.data.value ? showingWords(shown.page, pageSize, model.rows.value.length, total) : ''
  return (
    <Page
      title="Referrals"
      actions={
        <Button icon="user-plus" onClick={() => setOpen({ kind: 'add' })}>
          Add referral
        </Button>
      }
    >
      <Kpis summary={summary} />
      <section class="card list" aria-label="Referrals list" aria-busy={model.page.loading.value}>
        <StatusTabs model={model} summary={summary} />
        <TabPanel id={tabsId} value={shown.status ?? 'all'}>
          <Tools model={model} showing={showing} />
          <ChangeReport model={model} />
          <ListBody model={model} does={does} onAdd={() => setOpen({ kind: 'add' })} />
        </TabPanel>
      </section>
      <BulkBar model={model} onDecline={() => setOpen({ kind: 'decline', row: null })} />
      <OpenDialog open={open} model={model} close={() => setOpen(null)} />
    </Page>
  )
}
