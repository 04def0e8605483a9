import type { TopAdvocatesReport } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { countText } from '../../shared/ui/count.ts'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { OtherCurrencies } from './parts.tsx'

/** The advocates with the most conversions. */
export function TopAdvocates({ report }: { report: TopAdvocatesReport }) {
  if (report.items.length === 0) {
    return (
      <EmptyState card level={2} icon="users" title="No referrals in this period">
        Choose a longer period, or invite more advocates.
      </EmptyState>
    )
  }
  const money = (amount: number) => formatMoney(amount, report.currency)
  const most = Math.max(1, ...report.items.map(({ converted }) => converted))
  const several = new Set(report.items.map(({ campaign }) => campaign.id)).size > 1
  return (
    <div class="report">
      <OtherCurrencies report={report} />
      <section class="card" aria-label="Top advocates">
        <Table caption="Top advocates, most conversions first" name="figures ranked">
          <TableHead
            columns={[
              'Advocate',
              'Converted',
              { end: 'Referrals' },
              { end: 'Visits' },
              { end: 'Revenue' },
              { end: 'Earned' },
            ]}
          />
          <tbody>
            {report.items.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <a href={`/console/advocates/${row.id}`}>{row.name}</a>
                  {several && <span class="sub">{row.campaign.name}</span>}
                </th>
                <td class="rank">
                  <span class="num">{countText(row.converted)}</span>
                  <span class="track" aria-hidden="true">
                    <i style={{ inlineSize: `${(row.converted / most) * 100}%` }} />
                  </span>
                </td>
                <td class="r">{countText(row.referrals)}</td>
                <td class="r">{countText(row.visits)}</td>
                <td class="r">{money(row.revenue)}</td>
                <td class="r">{money(row.rewards)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </section>
    </div>
  )
}
