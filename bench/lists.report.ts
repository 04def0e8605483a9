import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chartOf } from './lists.chart.ts'
import type { ScreenResult } from './lists.measure.ts'
import { type ListsResult, type SizeResult, targetOf, troubleOf } from './lists.result.ts'
import { tablesOf } from './lists.table.ts'

const folder = fileURLToPath(new URL('./results/lists', import.meta.url))
const largestParts = 25

/** As `results/lists.json` with every figure, a chart and tables of the same name, next to the benchmarks. */
export function save(result: ListsResult): void {
  mkdirSync(dirname(folder), { recursive: true })
  const rounded = JSON.stringify(result, (_, value) => (typeof value === 'number' ? round(value) : value), 2)
  writeFileSync(`${folder}.json`, `${rounded.replace(innermost, (object) => object.replace(/\s+/g, ' '))}\n`)
  writeFileSync(`${folder}.svg`, chartOf(result))
  writeFileSync(`${folder}.md`, tablesOf(result))
  console.log(`Written: ${folder}.json, .svg and .md`)
}

/** Objects without others in them, which are written on a line each. */
const innermost = /\{[^{}[\]]*\}/g

const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)))
const count = (value: number) => value.toLocaleString('en-US')
const cell = (value: number, digits = 1) => (Number.isNaN(value) ? 'refused' : value.toFixed(digits)).padStart(9)

/** The newest part of the result, slowest screens first. */
export function print(result: ListsResult): void {
  const size = result.shared.at(-1) ? null : result.sizes.at(-1)
  if (size) printSize(size, result)
  for (const one of result.shared) {
    printScreens(one, null)
    printIdle(one)
  }
}

function printSize(size: SizeResult, result: ListsResult): void {
  const smallest = result.sizes[0]
  printScreens(size, smallest === size ? null : (smallest ?? null))
  for (const one of size.exports ?? [])
    console.log(
      `${cell(one.firstByteMs ?? Number.NaN)} ms to the first byte, ${cell(one.wholeMs)} ms for ${count(one.bytes)} bytes, loop held ${cell(one.loopMs)} ms: ${one.name}${one.brokeOff === null ? '' : `, BROKE OFF: ${one.brokeOff}`}`,
    )
  const { links, writes, starts, disk } = size
  if (links)
    console.log(
      `/r/CODE at 50/s beside a console in use: p50 ${cell(links.beside.p50)}, p99 ${cell(links.beside.p99)} ms; bare Hono p99 ${cell(links.bareHono.p99)} ms; ${links.ratio.toFixed(1)} times (target: 3); ${links.consoleFailed} of its screens failed`,
    )
  for (const [name, one] of Object.entries(writes ?? {}))
    console.log(
      `${name} at ${one.atPerSecond.toFixed(0)}/s (peak ${one.peakPerSecond.toFixed(0)}/s) while reports and an export run: p50 ${cell(one.p50)}, p99 ${cell(one.p99)} ms; ${one.ratio.toFixed(1)} times (target: 6); ${one.count} requests, ${one.failed + one.failedSteady} failed, and ${one.besideFailed} reports or exports`,
    )
  if (starts)
    console.log(
      `ready after ${starts.ready.toFixed(0)} ms, after kill -9 ${starts.afterKill.toFixed(0)} ms, when empty ${result.startEmptyMs.toFixed(0)} ms (target: 1.5 times)`,
    )
  printIdle(size)
  if (disk) {
    console.log(
      `${count(disk.bytes)} bytes, ${disk.perReferral.toFixed(0)} a referral (target: 4,000). The largest parts, in bytes a referral:`,
    )
    for (const part of disk.parts.slice(0, largestParts))
      console.log(
        `${part.perReferral.toFixed(0).padStart(7)}  ${part.name === part.table ? part.name : `${part.name} (${part.table})`}`,
      )
  }
}

function printIdle({ idle, memoryMb }: SizeResult): void {
  if (idle)
    console.log(
      `idle: ${idle.percentOfCore.toFixed(2)} % of a core (target: 1), loop held at most ${idle.loopMaxMs.toFixed(1)} ms (target: 5), ${idle.memoryMb.toFixed(0)} MB; under load ${memoryMb.toFixed(0)} MB (target: 320)`,
    )
}

function printScreens({ referrals, organizations, screens, skipped }: SizeResult, smallest: SizeResult | null): void {
  const shared = organizations > 1 ? `, one of ${count(organizations)} organizations` : ''
  console.log(`\nlists and reports at ${count(referrals)} referrals${shared}, slowest first`)
  console.log(
    ['p50 ms', 'p99 ms', '× control', '× smallest', 'submit', 'loop'].map((title) => title.padStart(9)).join(' '),
  )
  const before = new Map(smallest?.screens.map((screen) => [screen.name, screen.p99]))
  const ofSmallest = ({ name, p99 }: ScreenResult) => {
    const known = before.get(name)
    return known === undefined ? ' '.repeat(9) : cell(p99 / known)
  }
  for (const screen of screens.toSorted((one, other) => other.ofControl - one.ofControl)) {
    const { p50, p99, ofControl, submitMs, loopMs, name, kind } = screen
    const missed = ofControl > targetOf(kind) ? '  ✗' : ''
    console.log(
      `${[cell(p50), cell(p99), cell(ofControl), ofSmallest(screen), cell(submitMs), cell(loopMs)].join(' ')}  ${name}${missed}`,
    )
  }
  for (const line of troubleOf({ screens, skipped })) console.log(line)
  console.log(
    'control: GET /v1/referrals/:id, in turns; ratios are of p99. submit: the slowest of another organization meanwhile, in ms. loop: the longest time the event loop was held, in ms.',
  )
}
