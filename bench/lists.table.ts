import type { ScreenResult } from './lists.measure.ts'
import { type ListsResult, type SizeResult, targetOf, troubleOf } from './lists.result.ts'

const ms = (value: number) => (Number.isNaN(value) ? 'refused' : value.toFixed(value < 10 ? 1 : 0))
const count = (value: number) => value.toLocaleString('en-US')
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[][]) =>
  [row(head), row(head.map((_, n) => (n === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n')

/** The result as Markdown: a table of the installation by size, and one of the screens, slowest at the largest size first. */
export function tablesOf(result: ListsResult): string {
  const all = [...result.sizes, ...result.shared]
  return `${[
    `# Lists, ${result.at.slice(0, 10)}, Node ${result.node}`,
    table(['', ...all.map(nameOf)], installation(result, all)),
    table(
      ['p50 / p99 in ms, × the control’s p99', ...all.map(nameOf), 'largest of smallest, p50 / p99', 'submit', 'loop'],
      screens(result, all),
    ),
    'The control is one referral read by its id, in turns with each screen. *Submit*: the slowest submit of another organization meanwhile, in ms. *Loop*: the longest time the event loop was held, in ms. **Bold** misses its target: 4 times the control, 8 for a search, 10 for the home page.',
    ...all.flatMap((size) => troubleOf(size).map((line) => `At ${nameOf(size)}: ${line}`)),
  ].join('\n\n')}\n`
}

const nameOf = ({ referrals, organizations }: SizeResult) =>
  organizations > 1 ? `${count(referrals)}, one of ${count(organizations)} organizations` : count(referrals)

function installation(result: ListsResult, all: readonly SizeResult[]): string[][] {
  const line = (name: string, value: (size: SizeResult) => string | undefined) => [
    name,
    ...all.map((size) => value(size) ?? ''),
  ]
  return [
    line('control: a referral by its id, p50 / p99', ({ screens }) => {
      const of = (read: (one: SizeResult['screens'][number]) => number) =>
        ms(middle(screens.map(read).filter((value) => !Number.isNaN(value))))
      return screens.length === 0
        ? ''
        : `${of(({ controlP50 }) => controlP50)} / ${of(({ controlP99 }) => controlP99)} ms`
    }),
    ...kinds.map(([kind, name]) => line(name, ({ screens }) => spreadOf(screens.filter((one) => one.kind === kind)))),
    line('screens within 1.5 times of the smallest size: p50, p99', (size) => withinOf(size, result.sizes[0])),
    line('slowest submit of a neighbor meanwhile: median / most', ({ screens }) => {
      const slowest = screens.map(({ submitMs }) => submitMs)
      return `${ms(middle(slowest))} / ${ms(Math.max(...slowest))} ms`
    }),
    line('bytes a referral', ({ disk }) => disk && count(Math.round(disk.perReferral))),
    line(
      'memory, idle / most under load',
      ({ idle, memoryMb }) => `${idle?.memoryMb.toFixed(0) ?? ''} / ${memoryMb.toFixed(0)} MB`,
    ),
    line(
      'ready, when empty / full / after kill -9',
      ({ starts }) => starts && `${ms(result.startEmptyMs)} / ${ms(starts.ready)} / ${ms(starts.afterKill)} ms`,
    ),
    line(
      'idle: of a core, loop held at most',
      ({ idle }) => idle && `${idle.percentOfCore.toFixed(2)} %, ${ms(idle.loopMaxMs)} ms`,
    ),
    line(
      'links at 50/s beside a console: p99, of bare Hono',
      ({ links }) => links && `${ms(links.beside.p99)} ms, ${links.ratio.toFixed(1)}×`,
    ),
    ...(['submits', 'conversions'] as const).map((name) =>
      line(`${name} at a third of their peak beside reports: p50 / p99`, ({ writes }) => {
        const one = writes?.[name]
        return one && `${one.atPerSecond.toFixed(0)}/s, ${ms(one.p50)} / ${ms(one.p99)} ms, ${one.ratio.toFixed(1)}×`
      }),
    ),
    ...(all[0]?.exports ?? []).map(({ name }) =>
      line(`${name}: first byte, whole`, ({ exports }) => {
        const one = exports?.find((other) => other.name === name)
        if (!one) return undefined
        const times = `${ms(one.firstByteMs ?? Number.NaN)}, ${ms(one.wholeMs)} ms`
        return one.brokeOff === null ? times : `${times}, broke off after ${count(one.bytes)} bytes`
      }),
    ),
  ]
}

const kinds = [
  ['home', 'home page'],
  ['list', 'lists'],
  ['detail', 'pages of one record'],
  ['count', 'counts'],
  ['search', 'searches'],
  ['report', 'reports'],
] as const

/** The middle of the screens, how many keep their target, and the worst. */
function spreadOf(screens: readonly ScreenResult[]): string | undefined {
  if (screens.length === 0) return undefined
  const ratios = screens.map(({ ofControl }) => ofControl)
  const kept = screens.filter(({ kind, ofControl }) => ofControl <= targetOf(kind)).length
  return `${middle(ratios).toFixed(1)}×, ${kept} of ${screens.length}, most ${Math.max(...ratios).toFixed(1)}×`
}

/** A response so many times as large shows more rows. */
const moreShown = 1.25

/** Of the screens that show about as much at the smallest size. */
function withinOf({ screens, organizations }: SizeResult, smallest: SizeResult | undefined): string | undefined {
  if (!smallest || screens === smallest.screens || organizations > 1) return undefined
  const pairs = screens.flatMap((screen) => {
    const before = smallest.screens.find(({ name }) => name === screen.name)
    return before && screen.bytes <= moreShown * before.bytes ? [{ screen, before }] : []
  })
  const within = (read: (one: ScreenResult) => number) =>
    pairs.filter(({ screen, before }) => read(screen) <= 1.5 * read(before)).length
  const [p50, p99] = [within((one) => one.p50), within((one) => one.p99)]
  return `${p50} and ${p99} of ${pairs.length} that show as much`
}

function screens({ sizes }: ListsResult, all: readonly SizeResult[]): string[][] {
  const [smallest, largest] = [sizes[0], sizes.at(-1)]
  return (largest?.screens.toSorted((one, other) => other.ofControl - one.ofControl) ?? []).map((screen) => {
    const { name, kind } = screen
    const before = smallest === largest ? undefined : smallest?.screens.find((one) => one.name === name)
    const cells = all.map((size) => {
      const one = size.screens.find((other) => other.name === name)
      if (!one) return ''
      const ratio = `${one.ofControl.toFixed(1)}×`
      return `${ms(one.p50)} / ${ms(one.p99)}, ${one.ofControl > targetOf(kind) ? `**${ratio}**` : ratio}`
    })
    return [name, ...cells, before ? ofSmallest(screen, before) : '', ms(screen.submitMs), ms(screen.loopMs)]
  })
}

function ofSmallest(screen: ScreenResult, before: ScreenResult): string {
  const ratio = `${(screen.p50 / before.p50).toFixed(1)}× / ${(screen.p99 / before.p99).toFixed(1)}×`
  const shown = screen.bytes / before.bytes
  return shown > moreShown ? `${ratio}, ${shown.toFixed(1)}× as many bytes` : ratio
}

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
