import type { ReferralStatus, ReferralSummary } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { Button } from '../../shared/ui/button.tsx'
import { countText } from '../../shared/ui/count.ts'
import { AfterDelay } from '../../shared/ui/skeleton.tsx'
import type { Resource } from '../core/resource.ts'
import type { Total } from './place.ts'
import { Bars, Line } from './sparkline.tsx'

/** The server counts no further. */
const waitingLongMax = 1_000

const monthName = (month: string) =>
  new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' }).format(Date.parse(`${month}-15T00:00:00Z`))

/** "3 more than April", "2 fewer than April", "As many as in April". */
function Comparison({ now, before, month }: { now: number; before: number; month: string }) {
  if (now === before) return <>As many as in {month}</>
  if (now > before) {
    return (
      <>
        <span class="up">{countText(now - before)} more</span> than {month}
      </>
    )
  }
  return (
    <>
      {countText(before - now)} fewer than {month}
    </>
  )
}

function ShareComparison({ now, before, month }: { now: number; before: number; month: string }) {
  if (before === 0) return now === 0 ? <>None in {month} either</> : <>None in {month}</>
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return <>As much as in {month}</>
  return percent > 0 ? (
    <>
      <span class="up">{countText(percent)}% up</span> on {month}
    </>
  ) : (
    <>
      {-percent}% down on {month}
    </>
  )
}

function Tiles({ summary }: { summary: ReferralSummary }) {
  const { months, currency, toFollowUp, waitingLong, owed, owedHeld } = summary
  const current = months.at(-1)
  const before = months.at(-2)
  const name = current ? monthName(current.month) : ''
  const last = before ? monthName(before.month) : ''
  return (
    <>
      <div class="kpi">
        <span class="k">To follow up</span>
        <span class="v">{countText(toFollowUp)}</span>
        <span class="d">
          {waitingLong > 0 ? (
            <span class="late">{countText(waitingLong, waitingLong >= waitingLongMax)} waiting 3 days or more</span>
          ) : (
            'Nobody has waited 3 days or more'
          )}
        </span>
      </div>
      <div class="kpi">
        <span class="k">Converted in {name}</span>
        <span class="v">{countText(current?.converted ?? 0)}</span>
        <span class="d">
          {current && before && (
            <span>
              <Comparison now={current.converted} before={before.converted} month={last} />
            </span>
          )}
        </span>
        <Bars values={months.map((month) => month.converted)} />
      </div>
      <div class="kpi">
        <span class="k">Referred revenue in {name}</span>
        <span class="v">{formatMoney(current?.revenue ?? 0, currency)}</span>
        <span class="d">
          {current && before && (
            <span>
              <ShareComparison now={current.revenue} before={before.revenue} month={last} />
            </span>
          )}
        </span>
        <Line values={months.map((month) => month.revenue)} />
      </div>
      <div class="kpi">
        <span class="k">Rewards you owe</span>
        <span class="v">{formatMoney(owed, currency)}</span>
        <span class="d">{owedHeld > 0 ? `${formatMoney(owedHeld, currency)} of it on hold` : 'Nothing on hold'}</span>
      </div>
    </>
  )
}

const names = ['To follow up', 'Converted this month', 'Referred revenue', 'Rewards you owe']

/** The four tiles above the list. Each sentence says what its chart shows. */
export function Kpis({ summary }: { summary: Resource<ReferralSummary> }) {
  const known = summary.data.value
  const failed = summary.failure.value && !known
  return (
    <section class="kpis" aria-label="This month">
      {known ? (
        <Tiles summary={known} />
      ) : (
        names.map((name, index) => (
          <div class="kpi" key={name}>
            <span class="k">{name}</span>
            {failed ? (
              <>
                <span class="v">—</span>
                <span class="d">
                  {index === 0 ? (
                    <Button size="sm" onClick={summary.load}>
                      Try again
                    </Button>
                  ) : (
                    'Did not load'
                  )}
                </span>
              </>
            ) : (
              <span class="v waiting">
                <AfterDelay>
                  <i class="skel" style={{ '--w': '64px' }} />
                  <i class="skel" style={{ '--w': '110px' }} />
                </AfterDelay>
              </span>
            )}
          </div>
        ))
      )}
    </section>
  )
}

/** The numbers of the tabs. Only those under a filter have `capped`: statuses that have that many or more. */
export type Counts = { counts: Record<ReferralStatus, number>; total: number; capped?: ReferralStatus[] }

/** The number of rows in a status, or in all. */
export function totalRows({ counts, total, capped = [] }: Counts, status: ReferralStatus | null): Total {
  return status === null
    ? { count: total, isCapped: capped.length > 0 }
    : { count: counts[status] ?? 0, isCapped: capped.includes(status) }
}
