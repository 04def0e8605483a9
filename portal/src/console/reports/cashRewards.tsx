import type { CashReward, CashRewardsReport } from '@goodword/contracts'
import { formatMoney, nearThresholdPercent } from '@goodword/domain'
import { countText } from '../../shared/ui/count.ts'
import { Icon } from '../../shared/ui/icon.tsx'
import { Pager } from '../../shared/ui/pager.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Dash, Table, TableHead } from '../../shared/ui/table.tsx'
import { OtherCurrencies } from './parts.tsx'
import type { ReportsModel } from './reports.model.ts'

const people = (count: number, one: string, more: string) =>
  count === 1 ? `1 person ${one}` : `${countText(count)} people ${more}`

/** "2 people reached $600.00, and 1 person is near it, from $480.00 on." */
function Threshold({ report }: { report: CashRewardsReport }) {
  const { threshold, currency, near, over, year } = report
  if (threshold === null)
    return (
      <p class="muted">
        No yearly threshold is set. <a href="/console/settings">Set one</a> to see who reaches it.
      </p>
    )
  const reached = over === 0 ? 'Nobody reached' : people(over, 'reached', 'reached')
  const close = near === 0 ? 'nobody is near it' : people(near, 'is near it', 'are near it')
  return (
    <p>
      {reached} your threshold of <b class="num">{formatMoney(threshold, currency)}</b> in {year}, and {close} (
      {nearThresholdPercent}% or more).
    </p>
  )
}

function Reach({ reach }: { reach: CashReward['reach'] }) {
  if (reach === 'none') return <Dash label="Not near the threshold" />
  return (
    <span class={`badge ${reach === 'over' ? 'pending' : 'expired'}`}>
      <Icon name={reach === 'over' ? 'alert' : 'clock'} />
      {reach === 'over' ? 'Reached' : 'Near'}
    </span>
  )
}

/** What each person got in a year that is as good as cash. */
export function CashRewards({ report, model }: { report: CashRewardsReport; model: ReportsModel }) {
  const money = (amount: number) => formatMoney(amount, report.currency)
  const { giftCards, payouts, total } = report.totals
  const fine = (
    <p class="fine">
      A gift card counts in the year it was delivered, a payout in the year it was paid. Credit used on your own
      invoices and discount codes aren’t counted, and neither are rewards that were taken back. What you have to report
      depends on where you are: ask your accountant.
    </p>
  )
  if (report.people === 0) {
    return (
      <div class="report">
        <EmptyState card level={2} icon="gift" title={`No gift cards or payouts in ${report.year}`}>
          Gift cards show up here once they are delivered, and credit once it is paid out.
        </EmptyState>
        <OtherCurrencies report={report} />
        {fine}
      </div>
    )
  }
  const parts = (row: CashReward) =>
    [row.giftCards > 0 && `${money(row.giftCards)} in gift cards`, row.payouts > 0 && `${money(row.payouts)} paid out`]
      .filter(Boolean)
      .join(', ')
  const marks = report.threshold !== null
  return (
    <div class="report">
      <section class="card owed" aria-label="Total">
        <p class="big">
          <b class="num">{money(total)}</b>
          <span class="muted">in gift cards and payouts in {report.year}</span>
        </p>
        <div class="meter tall" aria-hidden="true">
          <i style={{ inlineSize: `${(giftCards / Math.max(1, total)) * 100}%` }} />
          <i class="soft" style={{ inlineSize: `${(payouts / Math.max(1, total)) * 100}%` }} />
        </div>
        <p class="split">
          <span class="key full">{money(giftCards)} in gift cards</span>
          <span class="key pale">{money(payouts)} paid out</span>
        </p>
        <Threshold report={report} />
      </section>
      <OtherCurrencies report={report} />
      <section class="card list" aria-labelledby="by-person">
        <header>
          <h2 id="by-person">{people(report.people, '', '').trim()}</h2>
        </header>
        <Table caption={`Gift cards and payouts in ${report.year}, most first`} name="figures cash">
          <TableHead
            columns={[
              'Name',
              <th key="cards" scope="col" class="r part">
                Gift cards
              </th>,
              <th key="payouts" scope="col" class="r part">
                Payouts
              </th>,
              { end: 'Total' },
              ...(marks ? ['Threshold'] : []),
            ]}
          />
          <tbody>
            {report.items.map((row) => (
              <tr key={row.contactId}>
                <th scope="row">
                  <a href={`/console/contacts/${row.contactId}`}>{row.name}</a>
                  <span class="sub parts">{parts(row)}</span>
                </th>
                <td class="r part">{money(row.giftCards)}</td>
                <td class="r part">{money(row.payouts)}</td>
                <td class="r strong">{money(row.total)}</td>
                {marks && (
                  <td>
                    <Reach reach={row.reach} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
        <Pager hasPrevious={model.hasPrevious.value} hasNext={model.hasNext.value} onTurn={model.turn} />
      </section>
      {fine}
    </div>
  )
}
