import type { AskedMany } from '@goodword/contracts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { SortHead, Table, TableHead } from '../../shared/ui/table.tsx'
import { CampaignFilter } from '../core/campaignFilter.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SearchBox } from '../core/searchBox.tsx'
import { AdvocateTabs } from '../leaderboard/advocateTabs.tsx'
import { AdvocateRow } from './advocateRow.tsx'
import { type AdvocatesModel, createAdvocates, readAdvocateList } from './advocates.model.ts'
import { AskAgainDialog, AskedReport } from './askAgain.tsx'
import { InviteDialog } from './invite.dialog.tsx'
import './advocates.css'

function AdvocateTable({ model }: { model: AdvocatesModel }) {
  const { sort } = model.list.value
  const withTiers = model.rows.value.some(({ tier }) => tier !== null)
  return (
    <Table caption={sort === 'newest' ? 'Advocates, newest first' : 'Advocates, most referrals first'} name="advocates">
      <TableHead
        columns={[
          'Advocate',
          'Link',
          <SortHead
            key="referrals"
            end
            sort={sort === 'referrals' ? 'descending' : 'none'}
            onSort={() => model.change({ sort: 'referrals' })}
          >
            Sent
          </SortHead>,
          { end: 'Closed' },
          { end: 'Earned' },
          'Last asked',
          ...(withTiers ? ['Next tier'] : []),
          <SortHead
            key="newest"
            end
            sort={sort === 'newest' ? 'descending' : 'none'}
            onSort={() => model.change({ sort: 'newest' })}
          >
            Since
          </SortHead>,
          { unseen: 'Actions' },
        ]}
      />
      <tbody>
        {model.rows.value.map((advocate) => (
          <AdvocateRow key={advocate.id} advocate={advocate} model={model} withTiers={withTiers} />
        ))}
      </tbody>
    </Table>
  )
}

function NoAdvocates({ model, onInvite }: { model: AdvocatesModel; onInvite: () => void }) {
  const { q, campaignId, archived, notOpened } = model.list.value
  return q || campaignId || archived || notOpened ? (
    <EmptyState
      level={2}
      icon="search"
      title={
        q
          ? `Nothing matches “${q}”`
          : archived
            ? 'No inactive links'
            : notOpened
              ? 'Nobody was asked without opening it'
              : 'Nobody refers in this campaign yet'
      }
      actions={
        <Button onClick={() => model.change({ q: '', campaignId: null, archived: false, notOpened: false })}>
          Show all advocates
        </Button>
      }
    >
      Searched names, phones, emails and codes.
    </EmptyState>
  ) : (
    <EmptyState
      level={2}
      icon="users"
      title="No advocates yet"
      actions={
        <Button look="primary" icon="send" onClick={onInvite}>
          Invite an advocate
        </Button>
      }
    >
      Everyone who shares a link shows up here, with what they earned and what you still owe.
    </EmptyState>
  )
}

function ListBody({ model, onInvite }: { model: AdvocatesModel; onInvite: () => void }) {
  return (
    <PagedBody list={model} title="Advocates" empty={<NoAdvocates model={model} onInvite={onInvite} />}>
      {() => <AdvocateTable model={model} />}
    </PagedBody>
  )
}

/** The advocates, with their links and earnings. */
export function AdvocatesPage() {
  const { client, toasts, summary, me } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createAdvocates({ client, navigate: route }), [client])
  const query = useRouteQuery(model.cancelSearch)
  const [inviting, setInviting] = useState(query.invite === '1')
  const [asking, setAsking] = useState(false)
  const [asked, setAsked] = useState<AskedMany | null>(null)
  useEffect(() => model.show(readAdvocateList(query)), [model, query])
  const total = summary.data.value?.advocates
  const { q, campaignId, archived, notOpened, sort } = model.list.value
  const shown = archived ? 'Inactive' : notOpened ? 'Asked, not opened' : 'Active'
  return (
    <Page
      title="Advocates"
      actions={
        <>
          <span class="wide-only">
            <ButtonLink icon="list" href="/console/advocates/invite">
              Invite a list
            </ButtonLink>
          </span>
          <Button look="primary" icon="user-plus" onClick={() => setInviting(true)}>
            Invite advocate
          </Button>
        </>
      }
    >
      <AdvocateTabs />
      <section class="card list first" aria-label="Advocates list" aria-busy={model.page.loading.value}>
        <div class="tools">
          <SearchBox
            label="Search advocates"
            placeholder="Name, phone, email"
            value={model.search.value}
            onInput={model.typeSearch}
            onDone={model.searchNow}
          />
          <CampaignFilter value={campaignId} onChange={(id) => model.change({ campaignId: id })} />
          <Menu
            label={`Show: ${shown}`}
            buttonClass="btn"
            items={[
              {
                label: 'Active',
                checked: shown === 'Active',
                run: () => model.change({ archived: false, notOpened: false }),
              },
              {
                label: 'Asked, not opened',
                checked: notOpened,
                run: () => model.change({ archived: false, notOpened: true }),
              },
              { label: 'Inactive', checked: archived, run: () => model.change({ archived: true, notOpened: false }) },
            ]}
          >
            Show: <b>{shown}</b>
            <Icon name="chevron-down" />
          </Menu>
          <span class="narrow-only">
            <Button onClick={() => model.change({ sort: sort === 'newest' ? 'referrals' : 'newest' })}>
              Sort: <b>{sort === 'newest' ? 'Newest' : 'Sent'}</b>
            </Button>
          </span>
          <span class="grow" />
          {notOpened && me.organization.features.includes('jobs') && model.rows.value.length > 0 && (
            <Button icon="send" onClick={() => setAsking(true)}>
              {model.rows.value.length === 1 ? 'Ask again' : `Ask these ${model.rows.value.length} again`}
            </Button>
          )}
          {!q && !campaignId && !archived && !notOpened && total !== undefined && (
            <span class="muted num">{countText(total)} in all</span>
          )}
        </div>
        {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
        {asked && <AskedReport report={asked} onClose={() => setAsked(null)} />}
        <ListBody model={model} onInvite={() => setInviting(true)} />
      </section>
      {asking && (
        <AskAgainDialog
          advocates={model.rows.value}
          onClose={() => setAsking(false)}
          onAsked={(answer) => {
            setAsking(false)
            setAsked(answer)
            void model.page.load()
          }}
        />
      )}
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(advocate) => {
            setInviting(false)
            toasts.show({ icon: 'send', text: `${advocate.name} is an advocate now. Their code is ${advocate.code}.` })
            void summary.load()
            void model.page.load()
          }}
        />
      )}
    </Page>
  )
}
