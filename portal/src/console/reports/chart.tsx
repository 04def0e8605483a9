import type { FunnelReport } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'

const width = 720
const height = 150
const minBarHeight = 20

/** Bars of revenue with the reward cost in front. The table below has the same figures. */
export function RevenueChart({ report, label }: { report: FunnelReport; label: (day: string) => string }) {
  const { steps, currency } = report
  const costs = steps.map((step) => step.advocateRewards + step.friendRewards)
  const most = Math.max(1, ...steps.map((step) => step.revenue), ...costs)
  const room = width / steps.length
  const bar = Math.max(2, Math.min(44, room * 0.64))
  const tall = (amount: number) => (amount === 0 ? 0 : Math.max(2, (amount / most) * (height - minBarHeight - 14)))
  const every = Math.ceil(steps.length / 8)
  return (
    <figure class="revenue">
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <text class="scale" x="0" y="10">
          {formatMoney(most, currency, { whole: true })}
        </text>
        <line class="axis" x1="0" x2={width} y1={height - minBarHeight} y2={height - minBarHeight} />
        {steps.map((step, index) => {
          const x = index * room + (room - bar) / 2
          const cost = tall(costs[index] ?? 0)
          return (
            <g key={step.start}>
              <rect
                class="bar"
                x={x}
                y={height - minBarHeight - tall(step.revenue)}
                width={bar}
                height={tall(step.revenue)}
                rx="2"
              />
              <rect class="bar now" x={x} y={height - minBarHeight - cost} width={bar} height={cost} rx="1" />
              {index % every === 0 && (
                <text class="tick" x={x + bar / 2} y={height - 5}>
                  {label(step.start)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
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
          <b class="num">{n.toLocaleString('en-US')}</b>
          <span class="share muted">{share}</span>
        </li>
      ))}
    </ol>
  )
}
