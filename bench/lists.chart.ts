import type { ListsResult } from './lists.result.ts'

const left = 330
const plotWidth = 620
const top = 74
const rowHeight = 15
const colors = ['#2a9d8f', '#e09f3e', '#c8553d']

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/**
 * A row for each screen, slowest first: its p99 as a multiple of the control's, on a logarithmic scale, with a mark for
 * each size. Readable on light and dark backgrounds.
 */
export function chartOf({ sizes, at }: ListsResult): string {
  const largest = sizes.at(-1)
  if (!largest) return ''
  const rows = largest.screens.toSorted((one, other) => other.ofControl - one.ofControl)
  const most = Math.max(10, ...sizes.flatMap(({ screens }) => screens.map(({ ofControl }) => ofControl)))
  const decades = Math.ceil(Math.log10(most))
  const low = Math.log10(0.2)
  const x = (ratio: number) => left + ((Math.log10(Math.max(0.2, ratio)) - low) / (decades - low)) * plotWidth
  const height = top + rows.length * rowHeight + 24
  const right = left + plotWidth
  const ticks = [1, ...Array.from({ length: decades }, (_, n) => 10 ** (n + 1))]
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${n1(x(tick))}" x2="${n1(x(tick))}" y1="${top - 8}" y2="${height - 20}"/>` +
      `<text class="tick" x="${n1(x(tick))}" y="${top - 14}">${tick}×</text>`,
  )
  const targets = [
    [4, 'lists, reports', 'end'],
    [8, 'search', 'start'],
  ] as const
  const goals = targets.map(
    ([ratio, name, anchor]) =>
      `<line class="goal" x1="${n1(x(ratio))}" x2="${n1(x(ratio))}" y1="${top - 8}" y2="${height - 20}"/>` +
      `<text class="goalName" text-anchor="${anchor}" x="${n1(x(ratio) + (anchor === 'end' ? -3 : 3))}" y="${height - 10}">${ratio}× ${name}</text>`,
  )
  const lines = rows.map((row, n) => {
    const y = top + n * rowHeight
    const marks = sizes.flatMap(({ screens }, index) => {
      const found = screens.find(({ name }) => name === row.name)
      return found ? [{ index, ratio: found.ofControl }] : []
    })
    const values = marks.map(({ ratio }) => ratio)
    const bar = `<line class="span" x1="${n1(x(Math.min(...values)))}" x2="${n1(x(Math.max(...values)))}" y1="${y}" y2="${y}"/>`
    const dots = marks.map(
      ({ index, ratio }) =>
        `<circle cx="${n1(x(ratio))}" cy="${y}" r="4" fill="${colors[index % colors.length]}"><title>${ratio.toFixed(1)}×</title></circle>`,
    )
    return `<text class="name" x="${left - 12}" y="${y + 4}">${escaped(row.name)}</text>${bar}${dots.join('')}`
  })
  const legend = sizes.map(
    ({ referrals }, index) =>
      `<circle cx="${left + index * 130}" cy="40" r="4" fill="${colors[index % colors.length]}"/>` +
      `<text class="legend" x="${left + index * 130 + 9}" y="44">${referrals.toLocaleString('en-US')}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${right + 30} ${height}" font-family="system-ui, sans-serif">
<title>p99 of each screen as a multiple of one referral read by its id</title>
<style>
  .ground { fill: #ffffff } text { fill: #24292f; font-size: 10.5px } .name { text-anchor: end } .tick { text-anchor: middle; fill: #6e7781 }
  .head { font-size: 14px; font-weight: 600 } .grid { stroke: #d0d7de } .span { stroke: #8c959f; stroke-width: 1.5 }
  .goal { stroke: #6e7781; stroke-dasharray: 3 3 } .goalName { fill: #6e7781 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .tick, .goalName { fill: #9198a1 } .grid { stroke: #30363d } .goal { stroke: #9198a1 } .span { stroke: #6e7681 }
  }
</style>
<rect class="ground" width="100%" height="100%"/>
<text class="head" x="12" y="20">p99 of each screen, as a multiple of one referral read by its id (${at.slice(0, 10)})</text>
<text class="legend" x="12" y="44">referrals in the business</text>${legend.join('')}
${grid.join('\n')}
${goals.join('\n')}
${lines.join('\n')}
</svg>
`
}

const n1 = (value: number) => value.toFixed(1)
