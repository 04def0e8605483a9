import type { Client } from '@goodword/client'
import { type Campaign, campaignStatuses } from '@goodword/contracts'
import { may } from '@goodword/domain'
import { consoleWords } from '@goodword/words/console'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { TabPanel, Tabs } from '../../shared/ui/tabs.tsx'
import { useConsole } from '../core/console.ts'
import { toFailure } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { createPagedList, pathWithQuery } from '../core/pagedList.ts'
import { formatAgo, shortDay } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { pageParams } from '../core/turning.ts'
import { CampaignTag } from './campaignTag.tsx'
import { statusLabels } from './rulesTab.tsx'
import './campaigns.css'

type Status = Campaign['status']

/** "Mar 1 – Mar 31", "From Mar 1", "Until Mar 31". */
function Dates({ campaign }: { campaign: Campaign }) {
  const { now, me } = useConsole()
  const day = (at: number) => shortDay(at, now.value, me.organization.timeZone)
  const from = campaign.startsAt && day(Date.parse(campaign.startsAt))
  const until = campaign.endsAt && day(Date.parse(campaign.endsAt) - 1)
  if (from && until) return <>{`${from} – ${until}`}</>
  if (from) return <>From {from}</>
  return until ? <>Until {until}</> : <Dash label="no dates" />
}

function Row({ campaign }: { campaign: Campaign }) {
  const { now, me } = useConsole()
  return (
    <tr>
      <td class="named">
        <a class="name" href={`/console/campaigns/${campaign.id}`}>
          {campaign.name}
        </a>
        <span class="sub">{consoleWords.headline(campaign.terms, campaign.currency)}</span>
      </td>
      <td class="tagged">
        <CampaignTag campaign={campaign} />
      </td>
      <td class="dates">
        <Dates campaign={campaign} />
      </td>
      <td class="r advocates">{countText(campaign.advocates)}</td>
      <td class="r referrals">
        <a href={`/console/campaigns/${campaign.id}?tab=referrals`}>
          {countText(campaign.referrals)}
          <span class="sr-only"> referrals of {campaign.name}</span>
        </a>
      </td>
      <td class="r converted">{countText(campaign.converted)}</td>
      <td class="r muted published">{formatAgo(campaign.updatedAt, now.value, me.organization.timeZone)}</td>
    </tr>
  )
}

function NoCampaigns({ status, writable }: { status: Status | null; writable: boolean }) {
  if (status !== null) {
    return (
      <EmptyState
        level={2}
        icon="megaphone"
        title={`No campaign is ${statusLabels[status].toLowerCase()}`}
        actions={<ButtonLink href="/console/campaigns">Show all campaigns</ButtonLink>}
      />
    )
  }
  return (
    <EmptyState
      level={2}
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

function ListBody({ model, writable }: { model: CampaignsModel; writable: boolean }) {
  return (
    <PagedBody
      list={model}
      title="Campaigns"
      rows={3}
      empty={<NoCampaigns status={model.query.value.status} writable={writable} />}
    >
      {(items) => (
        <Table caption="Campaigns, newest first" name="campaigns">
          <TableHead
            columns={[
              'Campaign',
              'Status',
              'Dates',
              { end: 'Advocates' },
              { end: 'Referrals' },
              { end: 'Converted' },
              { end: 'Published' },
            ]}
          />
          <tbody>
            {items.map((campaign) => (
              <Row key={campaign.id} campaign={campaign} />
            ))}
          </tbody>
        </Table>
      )}
    </PagedBody>
  )
}

/** A draft that was just deleted, with undo. */
function DeletedNotice({ id, onBack }: { id: string; onBack: () => void }) {
  const { client, toasts } = useConsole()
  const [busy, setBusy] = useState(false)
  const restore = async () => {
    setBusy(true)
    try {
      const { name } = await client.campaigns.restore({ params: { id } })
      toasts.show({ text: `${name} is back.` })
      onBack()
    } catch (error) {
      toasts.show({ icon: 'alert', text: toFailure(error).sentence })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Notice
      tone="info"
      action={
        <Button size="sm" icon="undo" busy={busy} onClick={() => void restore()}>
          Undo
        </Button>
      }
    >
      The draft is deleted.
    </Notice>
  )
}

const tabsId = 'campaign-status'
const path = '/console/campaigns'

type CampaignList = { status: Status | null; cursor: string | null }

/** The campaigns of one status, or all. Its state is the URL. */
function createCampaigns(client: Client, navigate: (url: string, replace?: boolean) => void) {
  return createPagedList<CampaignList, Campaign>({
    initial: { status: null, cursor: null },
    write: (query) => pathWithQuery(path, query),
    fetchPage: ({ status, cursor }, abort) =>
      client.campaigns.list(
        { query: { limit: 20, ...(status ? { status } : {}), ...pageParams(cursor) } },
        { signal: abort },
      ),
    navigate,
  })
}
type CampaignsModel = ReturnType<typeof createCampaigns>

/** All campaigns of the organization. */
export function CampaignsPage() {
  const { me, client } = useConsole()
  const { route } = useLocation()
  const query = useRouteQuery()
  const model = useMemo(() => createCampaigns(client, route), [client])
  useEffect(
    () =>
      model.show({
        status: campaignStatuses.find((one) => one === query.status) ?? null,
        cursor: query.cursor ?? null,
      }),
    [model, query],
  )
  const { status } = model.query.value
  const deleted = query.deleted ?? null
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
      {deleted && <DeletedNotice id={deleted} onBack={() => route(`${path}/${deleted}`)} />}
      <Tabs
        id={tabsId}
        label="Status"
        value={status ?? 'all'}
        tabs={[
          { value: 'all', label: 'All' },
          ...campaignStatuses.map((value) => ({ value, label: statusLabels[value] })),
        ]}
        onChange={(value) => model.change({ status: value === 'all' ? null : value })}
      />
      <TabPanel id={tabsId} value={status ?? 'all'}>
        <section class="card list" aria-label="Campaigns list" aria-busy={model.page.loading.value}>
          <ListBody model={model} writable={writable} />
        </section>
      </TabPanel>
    </Page>
  )
}
