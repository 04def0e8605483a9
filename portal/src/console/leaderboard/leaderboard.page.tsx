import type { LeaderboardRow } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { useEffect, useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { useConsole } from '../core/console.ts'
import { Page } from '../core/page.tsx'
import { PagedBody } from '../core/pagedBody.tsx'
import { useRouteQuery } from '../core/routeQuery.ts'
import { AdvocateTabs } from './advocateTabs.tsx'
import {
  createLeaderboard,
  exportAddress,
  type LeaderboardModel,
  monthsText,
  periodLabels,
  rateOf,
  readLeaderboardList,
} from './leaderboard.model.ts'
import { PublicPageCard, WidgetCard } from './publicPage.card.tsx'

const periods = (['month', 'quarter', 'year', 'all'] as const).map((value) => ({ value, label: periodLabels[value] }))

function Row({ row }: { row: LeaderboardRow }) {
  const { place, shared, contactId, name, closed, unchecked, sent, earned, inPublic } = row
  return (
    <tr>
      <td class="num">
        <span class="strong">{place}</span>
        {shared && <span class="sub">shared</span>}
      </td>
      <td>
        <span class="who">
          <Avatar name={name} />
          <span>
            <a class="name" href={`/console/contacts/${contactId}`}>
              {name}
            </a>
          </span>
        </span>
      </td>
      <td class="r strong closed">{countText(closed)}</td>
      <td class="r sent">{countText(sent)}</td>
      <td class="r rate">{rateOf(row) ?? <Dash label="came in earlier" />}</td>
      <td class="r earned">
        {earned.length === 0 ? (
          <Dash label="nothing earned" />
        ) : (
          earned.map(({ amount, currency }) => <div key={currency}>{formatMoney(amount, currency)}</div>)
        )}
      </td>
      <td class="inpublic">
        {inPublic ? (
          <>
            <span class="strong">{inPublic.name}</span>
            <span class="sub">
              Place {inPublic.place}
              {inPublic.shared && ', shared'}
            </span>
          </>
        ) : (
          <span class="muted">Not listed</span>
        )}
        {unchecked > 0 && <span class="sub">{unchecked} flagged, not counted</span>}
      </td>
    </tr>
  )
}

function Nobody({ model }: { model: LeaderboardModel }) {
  const isAll = model.list.value.period === 'all'
  return (
    <EmptyState
      level={2}
      icon="users"
      title={isAll ? 'Nobody’s friend has booked yet' : 'No referral has closed in this period yet'}
      actions={!isAll && <Button onClick={() => model.change({ period: 'all' })}>Show all time</Button>}
    >
      Advocates appear here with their first converted referral.
    </EmptyState>
  )
}

/** The advocates of a period by converted referrals, and what everyone sees of it. */
export function LeaderboardPage() {
  const { client } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createLeaderboard({ client, navigate: route }), [client])
  const query = useRouteQuery()
  useEffect(() => model.show(readLeaderboardList(query)), [model, query])
  useEffect(() => void model.settings.load(), [model])
  const { period } = model.list.value
  const answer = model.answer.value
  const months = answer ? monthsText(answer.months) : ''
  return (
    <Page
      title="Advocates"
      actions={
        <a class="btn" href={exportAddress(period)} download="goodword-leaderboard.csv">
          <Icon name="download" />
          Export
        </a>
      }
    >
      <AdvocateTabs />
      <div class="leaders">
        <section class="card list first" aria-label="Leaderboard" aria-busy={model.page.loading.value}>
          <div class="tools">
            <Segmented
              label="Period"
              value={period}
              options={periods}
              onChange={(value) => model.change({ period: value })}
            />
            <span class="grow" />
            {answer && answer.advocates > 0 && (
              <span class="muted num">
                {months && `${months}: `}
                {countText(answer.advocates)} with a closed referral
              </span>
            )}
          </div>
          <PagedBody list={model} title="Leaderboard" empty={<Nobody model={model} />}>
            {(rows: LeaderboardRow[]) => (
              <Table caption={`Advocates by closed referrals, ${months || 'all time'}`} name="leaderboard">
                <TableHead
                  columns={[
                    'Place',
                    'Advocate',
                    { end: 'Closed' },
                    { end: 'Sent' },
                    { end: 'Rate' },
                    { end: 'Earned' },
                    'On the public page',
                  ]}
                />
                <tbody>
                  {rows.map((row) => (
                    <Row key={row.contactId} row={row} />
                  ))}
                </tbody>
              </Table>
            )}
          </PagedBody>
        </section>
        <div class="beside">
          <PublicPageCard model={model} />
          {model.settings.data.value?.isPublic && <WidgetCard />}
        </div>
      </div>
    </Page>
  )
}
