import type { FunnelReport } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { countText } from '../../shared/ui/count.ts'

const width = 720
const height = 116

/**
 * Bars of revenue with the reward cost in front. The table below has the same figures. The bars stretch with the page;
 * the words beside them keep their size.
 */
export function RevenueChart({ report, label }: { report: FunnelReport; label: (day: string) => string }) {
  const { steps, currency } = report
  const costs = steps.map((step) => step.advocateRewards + step.friendRewards)
  const most = Math.max(1, ...steps.map((step) => step.revenue), ...costs)
  const room = width / steps.length
  const bar = Math.max(2, Math.min(44, room * 0.64))
  const tall = (amount: number) => (amount === 0 ? 0 : Math.max(2, (amount / most) * height))
  const every = Math.ceil(steps.length / 8)
  return (
    <figure class="revenue">
      <div class="scale num" aria-hidden="true">
        {formatMoney(most, currency, { whole: true })}
      </div>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {steps.map((step, index) => {
          const x = index * room + (room - bar) / 2
          const cost = tall(costs[index] ?? 0)
          const revenue = tall(step.revenue)
          return (
            <g key={step.start}>
              <rect class="bar" x={x} y={height - revenue} width={bar} height={revenue} rx="2" />
              <rect class="bar now" x={x} y={height - cost} width={bar} height={cost} rx="1" />
            </g>
          )
        })}
      </svg>
      <div class="ticks" aria-hidden="true">
        {steps.map(
          (step, index) =>
            index % every === 0 && (
              <span key={step.start} style={{ insetInlineStart: `${((index + 0.5) / steps.length) * 100}%` }}>
                {label(step.start)}
              </span>
            ),
        )}
      </div>
      <figcaption>
        <span class="key pale">Revenue</span>
        <span class="key full">Rewards</span>
      </figcaption>
    </figure>
  )
}

/** Visits, referrals and conversions as stacked bars, each with its share of the one before. */
export function FunnelBars({ parts }: { parts: { label: string; n: number; share: string | null }[] }) {
  const most = Math.max(1, ...parts.map(({ n }) => n))
  return (
    <ol class="funnel">
      {parts.map(({ label, n, share }) => (
        <li key={label}>
          <span class="what">{label}</span>
          <span class="track" aria-hidden="true">
            <i style={{ inlineSize: `${Math.max(n === 0 ? 0 : 1, (n / most) * 100)}%` }} />
          </span>
          <b class="num">{countText(n)}</b>
          <span class="share muted">{share}</span>
        </li>
      ))}
    </ol>
  )
}
