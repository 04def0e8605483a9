import type { Advocate } from '@goodword/contracts'
import { firstName, formatMoney } from '@goodword/domain'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { showPhone } from '../../shared/phone.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Dash, SortHead, Table, TableHead } from '../../shared/ui/table.tsx'
import { CampaignFilter } from '../core/campaignFilter.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { formatAgo } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SearchBox } from '../core/searchBox.tsx'
import { AdvocateTabs } from '../leaderboard/advocateTabs.tsx'
import { type AdvocatesModel, createAdvocates, readAdvocateList } from './advocates.model.ts'
import { InviteDialog } from './invite.dialog.tsx'
import './advocates.css'

/** "harborsons.example/r/ANNA7Q2": the link without its scheme. */
const shortLink = (link: string) => link.replace(/^https?:\/\//, '')

function Credit({ advocate }: { advocate: Advocate }) {
  const { available, held, currency } = advocate
  if (available === 0 && held === 0) return <Dash label="no credit" />
  return (
    <>
      <span class="strong">{formatMoney(available, currency)}</span>
      {held > 0 && <span class="sub">{formatMoney(held, currency)} on hold</span>}
    </>
  )
}

function Row({ advocate, model }: { advocate: Advocate; model: AdvocatesModel }) {
  const { toasts, now, me } = useConsole()
  const { route } = useLocation()
  const list = `/console/referrals?advocate=${advocate.id}`
  const resend = async () => {
    if (await model.resend(advocate))
      toasts.show({ icon: 'send', text: `${firstName(advocate.name)}’s invitation was sent again.` })
  }
  return (
    <tr>
      <td>
        <span class="who">
          <Avatar name={advocate.name} />
          <span>
            <a class="name" href={`/console/advocates/${advocate.id}`}>
              {advocate.name}
            </a>
            <span class="sub">{showPhone(advocate.phone) ?? advocate.email ?? 'No contact details'}</span>
          </span>
        </span>
      </td>
      <td class="campaign">{advocate.campaign.name}</td>
      <td class="link">
        <span class="mono" title={advocate.link}>
          {shortLink(advocate.link)}
        </span>
        <CopyButton iconOnly text={advocate.link} what={`the link of ${advocate.name}`} />
      </td>
      <td class="r">
        {advocate.referrals > 0 ? (
          <a href={list}>
            {countText(advocate.referrals)}
            <span class="sr-only"> referrals of {advocate.name}</span>
          </a>
        ) : (
          <span class="muted">0</span>
        )}
      </td>
      <td class="r converted">{countText(advocate.converted)}</td>
      <td class="r credit">
        <Credit advocate={advocate} />
      </td>
      <td class="r muted since">{formatAgo(advocate.createdAt, now.value, me.organization.timeZone)}</td>
      <td class="act">
        <Menu
          label={`More actions for ${advocate.name}`}
          buttonClass="btn sm quiet square"
          items={[
            { label: 'Open', icon: 'user', run: () => route(`/console/advocates/${advocate.id}`) },
            { label: 'Resend invitation', icon: 'send', run: () => void resend() },
            { label: 'Show their referrals', icon: 'inbox', run: () => route(list) },
          ]}
        >
          <Icon name="ellipsis" />
        </Menu>
      </td>
    </tr>
  )
}

function AdvocateTable({ model }: { model: AdvocatesModel }) {
  const { sort } = model.list.value
  return (
    <Table caption={sort === 'newest' ? 'Advocates, newest first' : 'Advocates, most referrals first'} name="advocates">
      <TableHead
        columns={[
          'Advocate',
          'Campaign',
          'Link',
          <SortHead
            key="referrals"
            end
            sort={sort === 'referrals' ? 'descending' : 'none'}
            onSort={() => model.change({ sort: 'referrals' })}
          >
            Referrals
          </SortHead>,
          { end: 'Converted' },
          { end: 'Credit' },
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
          <Row key={advocate.id} advocate={advocate} model={model} />
        ))}
      </tbody>
    </Table>
  )
}

function NoAdvocates({ model, onInvite }: { model: AdvocatesModel; onInvite: () => void }) {
  const { q, campaignId, archived } = model.list.value
  return q || campaignId || archived ? (
    <EmptyState
      level={2}
      icon="search"
      title={q ? `Nothing matches “${q}”` : archived ? 'No inactive links' : 'Nobody refers in this campaign yet'}
      actions={
        <Button onClick={() => model.change({ q: '', campaignId: null, archived: false })}>Show all advocates</Button>
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
  const { client, toasts, summary } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createAdvocates({ client, navigate: route }), [client])
  const query = useRouteQuery(model.cancelSearch)
  const [inviting, setInviting] = useState(query.invite === '1')
  useEffect(() => model.show(readAdvocateList(query)), [model, query])
  const total = summary.data.value?.advocates
  const { q, campaignId, archived, sort } = model.list.value
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
            label={`Show: ${archived ? 'Inactive' : 'Active'}`}
            buttonClass="btn"
            items={[
              { label: 'Active', checked: !archived, run: () => model.change({ archived: false }) },
              { label: 'Inactive', checked: archived, run: () => model.change({ archived: true }) },
            ]}
          >
            Show: <b>{archived ? 'Inactive' : 'Active'}</b>
            <Icon name="chevron-down" />
          </Menu>
          <span class="narrow-only">
            <Button onClick={() => model.change({ sort: sort === 'newest' ? 'referrals' : 'newest' })}>
              Sort: <b>{sort === 'newest' ? 'Newest' : 'Referrals'}</b>
            </Button>
          </span>
          <span class="grow" />
          {!q && !campaignId && !archived && total !== undefined && (
            <span class="muted num">{countText(total)} in all</span>
          )}
        </div>
        {model.problem.value && <Notice tone="bad">{model.problem.value}</Notice>}
        <ListBody model={model} onInvite={() => setInviting(true)} />
      </section>
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
