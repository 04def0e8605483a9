import type { OutstandingReport } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { countText } from '../../shared/ui/count.ts'
import { Pager } from '../../shared/ui/pager.tsx'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { type DayFormat, OtherCurrencies } from './parts.tsx'
import type { ReportsModel } from './reports.model.ts'

/** What the organization owes its contacts, as a liability for the books. */
export function Outstanding({
  report,
  words,
  model,
}: {
  report: OutstandingReport
  words: DayFormat
  model: ReportsModel
}) {
  const money = (amount: number) => formatMoney(amount, report.currency)
  const { available, held, owed } = report.totals
  const day = words.full(report.asOf)
  if (report.contacts === 0) {
    return (
      <EmptyState card level={2} icon="receipt" title={`Nobody was owed credit on ${day}`}>
        Credit shows up here from the day its referral converts until it is used.
      </EmptyState>
    )
  }
  const all = Math.max(1, available + held)
  return (
    <div class="report">
      <section class="card owed" aria-label="Total">
        <p class="big">
          <b class="num">{money(available + held)}</b>
          <span class="muted">owed at the end of {day}</span>
        </p>
        <div class="meter tall" aria-hidden="true">
          <i style={{ inlineSize: `${(available / all) * 100}%` }} />
          <i class="soft" style={{ inlineSize: `${(held / all) * 100}%` }} />
        </div>
        <p class="split">
          <span class="key full">{money(available)} can be used now</span>
          <span class="key pale">{money(held)} on hold</span>
          {owed > 0 && <span>{money(owed)} is owed back to you and not taken off here</span>}
        </p>
      </section>
      <OtherCurrencies report={report} />
      <section class="card list" aria-labelledby="by-contact">
        <header>
          <h2 id="by-contact">
            {countText(report.contacts)} {report.contacts === 1 ? 'person' : 'people'}
          </h2>
        </header>
        <Table caption={`Credit owed on ${day}, most first`} name="figures">
          <TableHead
            columns={['Name', { end: 'Available' }, { end: 'On hold' }, ...(owed > 0 ? [{ end: 'Owed back' }] : [])]}
          />
          <tbody>
            {report.items.map((row) => (
              <tr key={row.contactId}>
                <th scope="row">
                  <a href={`/console/contacts/${row.contactId}`}>{row.name}</a>
                </th>
                <td class="r">{money(row.available)}</td>
                <td class="r">{money(row.held)}</td>
                {owed > 0 && <td class="r">{money(row.owed)}</td>}
              </tr>
            ))}
          </tbody>
        </Table>
        <Pager hasPrevious={model.hasPrevious.value} hasNext={model.hasNext.value} onTurn={model.turn} />
      </section>
    </div>
  )
}
