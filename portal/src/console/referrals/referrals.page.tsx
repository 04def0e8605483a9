import { type Member, type ReferralRow, type ReferralStatus, referralStatuses } from '@goodword/contracts'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { statusIcons, statusLabel } from '../../shared/ui/badge.tsx'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { type Tab, TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { ConvertDialog } from '../convert/convert.dialog.tsx'
import { CampaignFilter } from '../core/campaignFilter.tsx'
import { type Console, useConsole } from '../core/console.ts'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SearchBox } from '../core/searchBox.tsx'
import { AddReferralDialog } from './addReferral.dialog.tsx'
import { useAdvocateName, useMembers } from './assignees.ts'
import { BulkBar, ChangeReport } from './bulkBar.tsx'
import type { DeclineInput } from './changes.ts'
import { DeclineDialog } from './decline.dialog.tsx'
import { FilterDialog } from './filter.dialog.tsx'
import { FilterChips } from './filters.tsx'
import { useListKeys } from './keyboard.ts'
import { type Counts, Kpis, totalRows } from './kpis.tsx'
import { exportUrl, filterCount, isFiltered, noFilter, pageSize, readQuery, referralUrl } from './listQuery.ts'
import { NeedsYou } from './needsYou.tsx'
import { friendTitle } from './nextStep.ts'
import { describePage, describeRange } from './place.ts'
import type { RowActions } from './referralRow.tsx'
import { createReferrals, type ReferralsModel } from './referrals.model.ts'
import { ReferralTable, SortMenu } from './referralTable.tsx'
import { ShortcutsDialog } from './shortcuts.dialog.tsx'
import './referrals.css'

type OpenDialogState =
  | { kind: 'convert'; row: ReferralRow }
  | { kind: 'decline'; row: ReferralRow | null }
  | { kind: 'add' }
  | { kind: 'filter' }
  | { kind: 'keys' }
  | null

const tabsId = 'referral-status'

/** Under a filter they are counted for it; without one, the summary has them. */
const countsOf = (model: ReferralsModel, summary: Console['summary']): Counts | null =>
  filterCount(model.query.value) > 0 ? model.counts.data.value : summary.data.value

function StatusTabs({ model, summary }: { model: ReferralsModel; summary: Console['summary'] }) {
  const counts = countsOf(model, summary)
  const countOf = (status: ReferralStatus | null) => (counts ? totalRows(counts, status) : {})
  const tabs: Tab<ReferralStatus | 'all'>[] = [
    { value: 'all', label: 'All', ...countOf(null) },
    ...referralStatuses
      .filter((status) => status !== 'reversed' || (counts?.counts.reversed ?? 0) > 0)
      .map((status) => ({
        value: status,
        label: statusLabel(status),
        icon: statusIcons[status],
        ...countOf(status),
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

function Tools({
  model,
  showing,
  open,
  members,
  advocate,
}: {
  model: ReferralsModel
  showing: string
  open: (dialog: OpenDialogState) => void
  members: readonly Member[]
  advocate: string
}) {
  const { campaignId, q } = model.query.value
  const on = filterCount(model.query.value) - (campaignId ? 1 : 0) - (q ? 1 : 0)
  return (
    <>
      <div class="tools">
        <SearchBox
          label="Search referrals"
          placeholder="Friend, phone, advocate"
          value={model.search.value}
          onInput={model.typeSearch}
          onDone={model.searchNow}
        />
        <CampaignFilter value={campaignId} onChange={(id) => model.change({ campaignId: id })} />
        <Button icon="list" onClick={() => open({ kind: 'filter' })}>
          Filter{on > 0 && `: ${on}`}
        </Button>
        <SortMenu model={model} />
        <span class="grow" />
        <span class="muted num" role="status">
          {showing}
        </span>
        <span class="for-keys">
          <Button look="quiet" onClick={() => open({ kind: 'keys' })}>
            Shortcuts <kbd>?</kbd>
          </Button>
        </span>
      </div>
      <FilterChips model={model} advocate={advocate} members={members} />
    </>
  )
}

function NoReferrals({ model, onAdd }: { model: ReferralsModel; onAdd: () => void }) {
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
            <Button onClick={onAdd}>Add a referral</Button>
          </>
        }
      >
        The first one shows up here as soon as a friend submits the form.
      </EmptyState>
    )
  }
  const clear = () => model.change({ ...noFilter, status: null })
  return (
    <EmptyState
      icon="search"
      title={query.q ? `Nothing matches “${query.q}”` : 'No referrals here'}
      actions={<Button onClick={clear}>Show all referrals</Button>}
    >
      {query.q
        ? 'We searched friends, phone numbers, emails and advocates.'
        : 'No referrals match this status and these filters.'}
    </EmptyState>
  )
}

function ListBody({ model, does, onAdd }: { model: ReferralsModel; does: RowActions; onAdd: () => void }) {
  return (
    <PagedBody
      list={model}
      title="Referrals"
      words={describePage(model.shown(), pageSize)}
      empty={<NoReferrals model={model} onAdd={onAdd} />}
    >
      {() => <ReferralTable model={model} does={does} />}
    </PagedBody>
  )
}

function OpenDialog({
  open,
  model,
  members,
  advocate,
  close,
}: {
  open: OpenDialogState
  model: ReferralsModel
  members: readonly Member[]
  advocate: string
  close: () => void
}) {
  const { route } = useLocation()
  const console = useConsole()
  if (open?.kind === 'convert')
    return <ConvertDialog referral={open.row} onClose={close} onChanged={(referral) => model.put(referral)} />
  if (open?.kind === 'decline') {
    const { row } = open
    const chosen = row ? [row] : model.rows.value.filter(({ id }) => model.selected.value.has(id))
    const one = async (body: DeclineInput, id: string) =>
      model.put(await console.client.referrals.decline({ params: { id }, body }))
    return (
      <DeclineDialog
        names={chosen.map(friendTitle)}
        onClose={close}
        work={(declined) => (row ? one(declined, row.id) : model.bulkDecline(declined))}
      />
    )
  }
  if (open?.kind === 'keys') return <ShortcutsDialog onClose={close} />
  if (open?.kind === 'filter') {
    return (
      <FilterDialog
        filter={model.query.value}
        advocateName={model.query.value.advocateId ? advocate : null}
        members={members}
        onClose={close}
        onShow={(filter) => {
          close()
          model.change(filter)
        }}
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
          console.toasts.show({ text: `${referral.friend.name || 'The referral'} added.` })
          route(`/console/referrals/${referral.id}`)
        }}
      />
    )
  }
  return null
}

/** The console's home: the list of referrals. */
export function ReferralsPage() {
  const { client, summary, toasts } = useConsole()
  const { route } = useLocation()
  const model = useMemo(
    () => createReferrals({ client, navigate: route, onChange: () => void summary.load() }),
    [client, summary],
  )
  const [open, setOpen] = useState<OpenDialogState>(null)
  const does = useMemo<RowActions>(() => {
    const href = (row: ReferralRow) => referralUrl(row.id, model.query.value)
    const unaccept = async (row: ReferralRow) => {
      if (await model.unaccept(row)) toasts.show({ icon: 'pending', text: `${friendTitle(row)} is pending again.` })
    }
    return {
      href,
      open: (row) => route(href(row)),
      accept: async (row) => {
        if (!(await model.accept(row))) return
        toasts.show({ text: `${friendTitle(row)} accepted.`, action: { label: 'Undo', run: () => void unaccept(row) } })
      },
      unaccept,
      convert: (row) => setOpen({ kind: 'convert', row }),
      decline: (row) => setOpen({ kind: 'decline', row }),
    }
  }, [model, route, toasts])
  const query = useRouteQuery(model.leave)
  useEffect(() => model.show(readQuery(query)), [model, query])
  const help = useCallback(() => setOpen({ kind: 'keys' }), [])
  useListKeys(model, does, help)
  const members = useMembers()

  const shown = model.query.value
  const advocate = useAdvocateName(model)
  const counts = countsOf(model, summary)
  const total = counts && totalRows(counts, shown.status)
  const showing = model.page.data.value ? describeRange(model.shown(), total) : ''
  return (
    <Page
      title="Referrals"
      actions={
        <>
          <a class="btn" href={exportUrl(shown)} download="goodword-referrals.csv">
            <Icon name="download" />
            Export
          </a>
          <Button icon="user-plus" onClick={() => setOpen({ kind: 'add' })}>
            Add referral
          </Button>
        </>
      }
    >
      <Kpis summary={summary} />
      <NeedsYou />
      <section class="card list" aria-label="Referrals list" aria-busy={model.page.loading.value}>
        <StatusTabs model={model} summary={summary} />
        <TabPanel id={tabsId} value={shown.status ?? 'all'}>
          <Tools model={model} showing={showing} open={setOpen} members={members} advocate={advocate} />
          <ChangeReport model={model} />
          <ListBody model={model} does={does} onAdd={() => setOpen({ kind: 'add' })} />
        </TabPanel>
      </section>
      <BulkBar model={model} onDecline={() => setOpen({ kind: 'decline', row: null })} />
      <OpenDialog open={open} model={model} members={members} advocate={advocate} close={() => setOpen(null)} />
    </Page>
  )
}
