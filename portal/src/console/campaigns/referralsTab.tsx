import type { Campaign, ReferralRow } from '@goodword/contracts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { showPhone } from '../../shared/phone.ts'
import { StatusBadge } from '../../shared/ui/badge.tsx'
import { Button, ButtonLink } from '../../shared/ui/button.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { ConvertDialog } from '../convert/convert.dialog.tsx'
import { useConsole } from '../core/console.ts'
import { PagedBody } from '../core/pagedBody.tsx'
import { shortDay } from '../core/relativeDates.ts'
import { useRouteQuery } from '../core/routeQuery.ts'
import { SearchBox } from '../core/searchBox.tsx'
import { type ListQuery, referralUrl } from '../referrals/listQuery.ts'
import { friendTitle, isComplete, isLive } from '../referrals/nextStep.ts'
import { type CampaignReferrals, createCampaignReferrals, readReferralQuery } from './campaignReferrals.model.ts'

const filterOptions = [
  { value: 'pending', label: 'Pending' },
  { value: 'converted', label: 'Converted' },
  { value: 'all', label: 'All' },
] as const

/**
 * Clicking anywhere in a row follows its link, so that the leave guard runs; links and buttons inside the row keep
 * their own action.
 */
const isInteractive = (target: EventTarget | null) => target instanceof Element && target.closest('a, button') !== null

function Row({ row, list, onConvert }: { row: ReferralRow; list: Partial<ListQuery>; onConvert: () => void }) {
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  const href = referralUrl(row.id, list)
  const day = (moment: string) => shortDay(Date.parse(moment), now.value, timeZone)
  const reach = row.friend.email ?? showPhone(row.friend.phone)
  return (
    <tr
      onClick={(event) =>
        isInteractive(event.target) || event.currentTarget.querySelector<HTMLElement>('a.name')?.click()
      }
    >
      <td class="friend">
        <a class="name" href={href}>
          {friendTitle(row)}
        </a>
        {reach && <span class="sub">{reach}</span>}
      </td>
      <td class="by">
        {row.advocate && <a href={`/console/advocates/${row.advocate.id}`}>{row.advocate.name}</a>}
        {!row.advocate && (row.advocateNamed ? `“${row.advocateNamed}”` : <Dash label="nobody yet" />)}
      </td>
      <td class="status">
        <StatusBadge status={row.status} />
      </td>
      <td class="sent">{day(row.submittedAt)}</td>
      <td class="won">{row.convertedAt ? day(row.convertedAt) : <Dash label="not converted" />}</td>
      <td class="act">
        {isLive(row) && isComplete(row) && (
          <Button size="sm" onClick={onConvert}>
            Mark as converted<span class="sr-only">: {friendTitle(row)}</span>
          </Button>
        )}
        {isLive(row) && !isComplete(row) && (
          <ButtonLink size="sm" href={href}>
            {row.advocate ? 'Add details' : 'Choose advocate'}
            <span class="sr-only">: {friendTitle(row)}</span>
          </ButtonLink>
        )}
      </td>
    </tr>
  )
}

function NoReferrals({ model, campaign }: { model: CampaignReferrals; campaign: Campaign }) {
  const { status, q } = model.query.value
  if (status === 'all' && q === '') {
    return (
      <EmptyState
        icon="inbox"
        title="No referrals yet"
        actions={<ButtonLink href={`/console/advocates?campaign=${campaign.id}`}>See its advocates</ButtonLink>}
      >
        The first one shows up here as soon as a friend submits the form.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="search"
      title={
        q ? `Nothing matches “${q}”` : status === 'pending' ? 'No pending referrals' : 'No converted referrals yet'
      }
      actions={
        <Button
          onClick={() => {
            model.search.value = ''
            model.change({ status: 'all', q: '' })
          }}
        >
          Show all referrals
        </Button>
      }
    />
  )
}

type Converts = (row: ReferralRow) => void

function ListBody({
  model,
  campaign,
  onConvert,
}: {
  model: CampaignReferrals
  campaign: Campaign
  onConvert: Converts
}) {
  const { status, q } = model.query.value
  const list = { campaignId: campaign.id, status: status === 'all' ? null : status, q, sort: 'newest' } as const
  return (
    <PagedBody list={model} title="Referrals" rows={6} empty={<NoReferrals model={model} campaign={campaign} />}>
      {(items) => (
        <Table caption={`Referrals of ${campaign.name}, newest first`} name="of-campaign">
          <TableHead columns={['Friend', 'Referred by', 'Status', 'Submitted', 'Converted', { unseen: 'Actions' }]} />
          <tbody>
            {items.map((row) => (
              <Row key={row.id} row={row} list={list} onConvert={() => onConvert(row)} />
            ))}
          </tbody>
        </Table>
      )}
    </PagedBody>
  )
}

/** The referrals of this campaign with their status. */
export function ReferralsTab({ campaign }: { campaign: Campaign }) {
  const { client, summary } = useConsole()
  const { route } = useLocation()
  const [converting, setConverting] = useState<ReferralRow | null>(null)
  const model = useMemo(
    () => createCampaignReferrals({ client, campaignId: campaign.id, navigate: route }),
    [client, campaign.id],
  )
  const query = useRouteQuery(model.leave)
  const address = readReferralQuery(query)
  useEffect(() => model.show(address))
  return (
    <section class="card list first" aria-label="Referrals of this campaign" aria-busy={model.page.loading.value}>
      <div class="tools">
        <Segmented
          label="Status"
          value={model.query.value.status}
          options={filterOptions}
          onChange={(status) => model.change({ status })}
        />
        <SearchBox
          label="Search referrals"
          placeholder="Friend, phone, advocate"
          value={model.search.value}
          onInput={model.typeSearch}
          onDone={model.searchNow}
        />
      </div>
      <ListBody model={model} campaign={campaign} onConvert={setConverting} />
      {converting && (
        <ConvertDialog
          referral={converting}
          onClose={() => setConverting(null)}
          onChanged={(changed) => {
            model.put(changed)
            void summary.load()
          }}
        />
      )}
    </section>
  )
}
