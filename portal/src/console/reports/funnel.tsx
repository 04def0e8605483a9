import type { FunnelFigures, FunnelReport } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { countText } from '../../shared/ui/count.ts'
import { EmptyState } from '../../shared/ui/state.tsx'
import { Table, TableHead } from '../../shared/ui/table.tsx'
import { FunnelBars, RevenueChart } from './chart.tsx'
import { type DayFormat, OtherCurrencies } from './parts.tsx'
import { shareText } from './reports.model.ts'

const rewardCost = (figures: FunnelFigures) => figures.advocateRewards + figures.friendRewards

/** "12 more than the 90 days before"; empty when there was nothing before. */
function Comparison({ now, before, money }: { now: number; before: number; money?: (amount: number) => string }) {
  const say = money ?? ((n: number) => countText(n))
  if (before === 0) return <>{now === 0 ? 'None before either' : 'None before'}</>
  if (now === before) return <>Same as the previous period</>
  const words = now > before ? `${say(now - before)} more` : `${say(before - now)} less`
  return (
    <span>
      {now > before ? <span class="up">{words}</span> : words} than before ({say(before)})
    </span>
  )
}

function Tiles({ report }: { report: FunnelReport }) {
  const { totals, before, currency } = report
  const money = (amount: number) => formatMoney(amount, currency)
  const tiles = [
    {
      k: 'Referrals',
      v: countText(totals.referrals),
      d: <Comparison now={totals.referrals} before={before.referrals} />,
    },
    {
      k: 'Converted',
      v: countText(totals.converted),
      d: <Comparison now={totals.converted} before={before.converted} />,
    },
    {
      k: 'Revenue',
      v: money(totals.revenue),
      d: <Comparison now={totals.revenue} before={before.revenue} money={money} />,
    },
    {
      k: 'Rewards',
      v: money(rewardCost(totals)),
      d: totals.revenue === 0 ? 'No revenue yet' : `${shareText(rewardCost(totals), totals.revenue)} of revenue`,
    },
  ]
  return (
    <div class="kpis">
      {tiles.map(({ k, v, d }) => (
        <div class="kpi" key={k}>
          <span class="k">{k}</span>
          <span class="v">{v}</span>
          <span class="d">{d}</span>
        </div>
      ))}
    </div>
  )
}

function FigureHeads({ first }: { first: string }) {
  return (
    <TableHead
      columns={[
        first,
        ...['Visits', 'Referrals', 'Converted', 'Revenue', 'Advocate rewards', 'Friend rewards'].map((end) => ({
          end,
        })),
      ]}
    />
  )
}

function FigureCells({ figures, report }: { figures: FunnelFigures; report: FunnelReport }) {
  const money = (amount: number) => formatMoney(amount, report.currency)
  return (
    <>
      <td class="r">{countText(figures.visits)}</td>
      <td class="r">{countText(figures.referrals)}</td>
      <td class="r">{countText(figures.converted)}</td>
      <td class="r">{money(figures.revenue)}</td>
      <td class="r">{money(figures.advocateRewards)}</td>
      <td class="r">{money(figures.friendRewards)}</td>
    </>
  )
}

const stepHead = { day: 'Day', week: 'Week', month: 'Month' } as const

function Steps({ report, words }: { report: FunnelReport; words: DayFormat }) {
  return (
    <section class="card" aria-labelledby="by-step">
      <header>
        <h2 id="by-step">By {report.unit}</h2>
      </header>
      <Table caption={`The funnel by ${report.unit}, the latest first`} name="figures">
        <FigureHeads first={stepHead[report.unit]} />
        <tbody>
          {[...report.steps].reverse().map((step) => (
            <tr key={step.start}>
              <th scope="row">{words.span(step.start, step.end, report.unit)}</th>
              <FigureCells figures={step} report={report} />
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

function Campaigns({ report }: { report: FunnelReport }) {
  return (
    <section class="card" aria-labelledby="by-campaign">
      <header>
        <h2 id="by-campaign">By campaign</h2>
      </header>
      <Table caption="The funnel by campaign" name="figures">
        <FigureHeads first="Campaign" />
        <tbody>
          {report.campaigns.map((campaign) => (
            <tr key={campaign.id}>
              <th scope="row">
                <a href={`/console/campaigns/${campaign.id}`}>{campaign.name}</a>
              </th>
              <FigureCells figures={campaign} report={report} />
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

/** From visits to the cost of rewards. */
export function Funnel({ report, words }: { report: FunnelReport; words: DayFormat }) {
  const { totals } = report
  if (totals.visits + totals.referrals + totals.converted === 0) {
    return (
      <EmptyState card level={2} icon="activity" title="No activity in this period">
        Choose a longer period.
      </EmptyState>
    )
  }
  const parts = [
    { label: 'Visits', n: totals.visits, share: null },
    { label: 'Referrals', n: totals.referrals, share: conversionShare(totals.referrals, totals.visits, 'of visits') },
    {
      label: 'Converted',
      n: totals.converted,
      share: conversionShare(totals.converted, totals.referrals, 'of referrals'),
    },
  ]
  return (
    <div class="report">
      <Tiles report={report} />
      <section class="card pictures" aria-label="The funnel">
        <FunnelBars parts={parts} />
        <RevenueChart report={report} label={words.tick(report.unit)} />
      </section>
      <OtherCurrencies report={report} />
      <Steps report={report} words={words} />
      <Campaigns report={report} />
      <p class="fine">
        Each figure belongs to the day it happened: a referral of May that converts in June counts in both months.
        Reversed conversions and rewards that were taken back are left out.
      </p>
    </div>
  )
}

function conversionShare(part: number, whole: number, words: string): string | null {
  const share = shareText(part, whole)
  return share === null || part > whole ? null : `${share} ${words}`
}
